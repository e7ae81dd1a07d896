// One visit being written on the phone: kept while it is typed, with its photos, and looked over before it is put among
// those to be sent.
"use strict";

const visitEntry = (() => {
  const { element, button } = visitOutbox;
  const box = document.getElementById("visit");
  const mostPhotos = 10;
  // What is being written, its form, and what is still to be kept of it.
  let visit = null;
  let form = null;
  let timer = 0;
  let keeping = Promise.resolve();
  let done = () => {};
  let say = () => {};

  async function open(home, refused) {
    const draft = refused ?? await visitStore.draft(home.entry);
    visit = draft ?? {
      key: crypto.randomUUID(), entry: home.entry, place: `${home.estate} ${home.place}`, fields: fresh(home),
    };
    form = document.getElementById("visit-form").content.cloneNode(true).querySelector("form");
    await addColleagues();
    const heading = element("h2", visit.place);
    heading.tabIndex = -1;
    box.replaceChildren(heading, form);
    if (home) heading.after(element("p", `${home.applicant}，${home.members} 人，${home.number}`, "lead"));
    if (draft && !refused) form.before(element("p", "接着上次没有写完的填写。", "hint"));
    fill();
    visitForm.prepare(form);
    listen();
    await showPhotos();
    if (refused) visitCheck.show(form, refused.errors?.length ? refused.errors : [{ field: "met", message: refused.error }]);
    box.hidden = false;
    heading.focus();
    scrollTo(0, 0);
  }

  // Today and now in the county, whatever zone the phone is set to.
  function fresh(home) {
    const [day, time] = new Date().toLocaleString("sv-SE", { timeZone: "Asia/Shanghai" }).split(" ");
    return [
      ["visited_on", day], ["visited_time", time.slice(0, 5)], ["opened_at", String(Date.now())],
      ["second", home.second ?? ""], ["second_name", home.second ? "" : home.secondName ?? ""],
    ];
  }

  async function addColleagues() {
    const { colleagues = [] } = await visitStore.facts();
    const select = form.elements.second;
    select.prepend(...colleagues.map(({ id, name }) => new Option(name, id)));
  }

  function fill() {
    for (const [name, value] of visit.fields) {
      for (const field of form.querySelectorAll(`[name="${name}"]`)) {
        if (["radio", "checkbox"].includes(field.type)) field.checked = field.value === value;
        else if (field.type !== "file") field.value = value;
        if (value) field.closest("details")?.setAttribute("open", "");
      }
    }
    form.elements.key.value = visit.key;
    if (form.elements.second.selectedIndex < 0) form.elements.second.value = "";
  }

  const typed = () => [...new FormData(form)].filter(([, value]) => typeof value === "string");

  function listen() {
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(keep, 400);
    };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    form.addEventListener("signed", () => after(keepSignature));
    form.addEventListener("submit", save);
    form.querySelector("[data-back]").addEventListener("click", async () => {
      await keep();
      close();
    });
    form.elements.photos.addEventListener("change", () => {
      const files = [...form.elements.photos.files];
      form.elements.photos.value = "";
      after(() => keepPhotos(files));
    });
  }

  // One after another; where the phone is full it is said, and what is on the screen stays there.
  function after(work) {
    keeping = keeping.then(work).catch((error) => {
      const isFull = error?.name === "QuotaExceededError";
      say("alert", isFull
        ? "手机存储空间满了，刚才的没有存下，已填写的还在屏幕上。请先发送没有发出的走访，或清理手机空间，再保存一次。"
        : "没有存下，已填写的还在屏幕上，请再试一次。");
      if (!isFull) console.warn(error);
    });
    return keeping;
  }

  function keep() {
    clearTimeout(timer);
    if (!visit || visit.order) return keeping;
    visit.fields = typed();
    const { ...draft } = visit;
    return after(() => visitStore.keepDraft(draft.entry, draft));
  }

  async function keepPhotos(files) {
    const there = (await visitStore.photos(visit.key)).filter(({ kind }) => kind === "scene").length;
    if (there + files.length > mostPhotos) say("warn", `一次走访最多 ${mostPhotos} 张照片，多出的没有加入。`);
    for (const file of files.slice(0, mostPhotos - there)) {
      await visitStore.keepPhoto(visit.key, await smaller(file), "scene");
    }
    await showPhotos();
    keep();
  }

  async function keepSignature() {
    for (const { hash, kind } of await visitStore.photos(visit.key)) {
      if (kind === "signature") await visitStore.dropPhoto(visit.key, hash);
    }
    const picture = await visitForm.signature(form);
    if (picture) await visitStore.keepPhoto(visit.key, picture, "signature");
    await showPhotos();
  }

  // What is larger than 4 MB is drawn anew, at most 2,560 pixels long: it spares the phone's store and a weak signal, and
  // what a photo of a home has to show is still there. What the browser cannot open stays as it is.
  async function smaller(file) {
    if (file.size <= 4 << 20) return file;
    try {
      const picture = await createImageBitmap(file);
      const scale = Math.min(1, 2560 / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const drawn = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
      return drawn && drawn.size < file.size ? drawn : file;
    } catch {
      return file;
    }
  }

  async function showPhotos() {
    form.querySelector(".kept-photos")?.remove();
    const grid = element("ul", "", "photo-grid kept-photos");
    grid.setAttribute("aria-label", "已存在手机上的照片");
    for (const { hash, kind, size } of await visitStore.photos(visit.key)) {
      const image = element("img");
      const stored = await visitStore.photo(visit.key, hash);
      image.src = URL.createObjectURL(stored.file);
      image.alt = kind === "signature" ? "签名" : "现场照片";
      image.addEventListener("load", () => URL.revokeObjectURL(image.src));
      const item = element("li");
      item.append(image, element("span", `${image.alt} ${Math.ceil(size / 1024)} KB`, "photo-name"),
        button("删除", () => after(async () => {
          await visitStore.dropPhoto(visit.key, hash);
          await showPhotos();
        }), "link-button"));
      grid.append(item);
    }
    form.elements.photos.after(grid);
  }

  async function save(event) {
    event.preventDefault();
    const wrong = visitCheck.problems(form);
    if (wrong.length) return visitCheck.show(form, wrong);
    clearTimeout(timer);
    visit.fields = typed();
    const finished = { ...visit, state: "waiting", error: "", errors: [] };
    let isKept = false;
    await after(async () => {
      await visitStore.finish(finished);
      isKept = true;
    });
    if (!isKept) return;
    say("ok", `${visit.place} 已保存在手机上，有信号就发送。`);
    visit = null;
    close();
    visitSender.run();
  }

  function close() {
    clearTimeout(timer);
    visit = null;
    box.hidden = true;
    box.replaceChildren();
    done();
  }

  // The browser may be gone before the pause of typing is over.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && visit) keep();
  });

  return {
    open,
    onClose(action) { done = action; },
    onWords(action) { say = action; },
  };
})();
