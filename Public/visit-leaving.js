// Who signs out of a browser that keeps visits takes its key along: what has not arrived could not be read any more, so
// they are asked first. Who signs in finds nothing of whoever was here before.

const base = "portal-visits";

function open() {
  return new Promise((resolve) => {
    const request = indexedDB.open(base);
    // It was not there: it shall not be made here.
    request.onupgradeneeded = () => request.transaction.abort();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
}

function all(database, name, what) {
  return new Promise((resolve, reject) => {
    const request = database.transaction(name)
      .objectStore(name)[what]();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// Visits and photos of the account whose key is here.
async function unsent(database) {
  const [key] = await all(database, "keys", "getAll");
  if (!key) return { visits: 0, photos: 0, drafts: 0 };
  const rows = await all(database, "outbox", "getAll");
  const photos = await all(database, "photos", "getAllKeys");
  const drafts = await all(database, "drafts", "getAllKeys");
  return {
    visits: rows.filter((row) => row.account === key.account && row.state !== "done").length,
    photos: photos.filter(([account]) => account === key.account).length,
    drafts: drafts.filter(([account]) => account === key.account).length,
  };
}

function endKeys(database) {
  return new Promise((resolve) => {
    const transaction = database.transaction(["keys", "facts", "homes"], "readwrite");
    for (const name of ["keys", "facts", "homes"]) transaction.objectStore(name).clear();
    transaction.oncomplete = transaction.onabort = resolve;
  });
}

function go(form) {
  form.dataset.left = "true";
  form.requestSubmit();
}

export async function beforeSigningIn(form) {
  const database = await open();
  if (database) await endKeys(database);
  database?.close();
  go(form);
}

export async function beforeSigningOut(form, page) {
  const database = await open();
  const left = database ? await unsent(database) : { visits: 0, photos: 0, drafts: 0 };
  const leave = async () => {
    if (database) await endKeys(database);
    database?.close();
    go(form);
  };
  if (!left.visits && !left.photos && !left.drafts) return leave();
  ask(left, page, leave);
}

function ask(left, page, leave) {
  const dialog = document.createElement("dialog");
  dialog.className = "leaving";
  dialog.setAttribute("aria-label", "还有没发出的走访");
  const drafts = left.drafts ? `，${left.drafts} 份没有写完` : "";
  const words = document.createElement("p");
  words.textContent = `这部手机上还有 ${left.visits} 次走访、${left.photos} 张照片没有发出${drafts}。退出后再也读不出来。`;
  const actions = document.createElement("p");
  actions.className = "actions";
  const button = (text, className, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.className = className;
    made.addEventListener("click", () => {
      dialog.remove();
      action();
    });
    actions.append(made);
  };
  button("先发送", "button", () => {
    if (location.pathname === page) window.dispatchEvent(new Event("online"));
    else location.href = page;
  });
  button("仍然退出", "button button-danger", leave);
  button("取消", "button button-secondary", () => {});
  dialog.append(words, actions);
  document.body.append(dialog);
  dialog.showModal();
}
