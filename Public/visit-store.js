// What a phone keeps of visits: in the browser's own store, sealed with a key that the portal gives and signing out ends.
"use strict";

const visitStore = (() => {
  const stores = {
    keys: { keyPath: "account" },
    facts: { keyPath: "account" },
    homes: { keyPath: ["account", "part"] },
    drafts: { keyPath: ["account", "entry"] },
    // In the order of the phone, whatever its clock says.
    outbox: { keyPath: "order", autoIncrement: true },
    photos: { keyPath: ["account", "visit", "hash"] },
  };
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  let database = null;
  // Whose store is open: the account and its key.
  let owner = null;

  function open() {
    database ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("portal-visits", 1);
      request.onupgradeneeded = () => {
        for (const [name, options] of Object.entries(stores)) {
          request.result.createObjectStore(name, options);
        }
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return database;
  }

  // One transaction: all or nothing. The answer is that of the last request, once it stands on the disk.
  async function within(names, mode, work) {
    const opened = await open();
    return new Promise((resolve, reject) => {
      const transaction = opened.transaction(names, mode, { durability: "strict" });
      const request = work((name) => transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }
  const change = (names, work) => within(names, "readwrite", work);
  const read = (name, work) => within([name], "readonly", (store) => work(store(name)));

  // Everything of an account in a store whose key begins with it.
  const own = (...more) => IDBKeyRange.bound([owner.account, ...more], [owner.account, ...more, []]);

  // What is sealed says where it belongs, so that nothing opens in another's place.
  const sealing = (iv, place) => ({
    name: "AES-GCM", iv, additionalData: encoder.encode(`${owner.account}|${place}`),
  });

  async function seal(content, place) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = content instanceof ArrayBuffer ? content : encoder.encode(JSON.stringify(content));
    const sealed = await crypto.subtle.encrypt(sealing(iv, place), owner.key, plain);
    const whole = new Uint8Array(12 + sealed.byteLength);
    whole.set(iv);
    whole.set(new Uint8Array(sealed), 12);
    return whole;
  }

  const unsealBytes = (sealed, place) =>
    crypto.subtle.decrypt(sealing(sealed.subarray(0, 12), place), owner.key, sealed.subarray(12));

  // Nothing where it was sealed with a key that has ended.
  async function unseal(sealed, place) {
    try {
      return JSON.parse(decoder.decode(await unsealBytes(sealed, place)));
    } catch {
      return null;
    }
  }

  // The key of an account that this browser was signed out of is gone, even where no script ran then.
  async function endKeys() {
    const gone = /portal_phone=[0-9a-f-]{36}_(\d+)/.exec(document.cookie)?.[1];
    if (gone) await change(["keys"], (store) => store("keys").delete(gone));
  }

  // Opens the store of whoever used it last, without signal; false where there is no key of theirs.
  async function reopen() {
    await endKeys();
    const keys = await read("keys", (store) => store.getAll());
    const last = keys.sort((one, other) => other.at - one.at)[0];
    if (last) owner = { account: last.account, key: last.key };
    return Boolean(last);
  }

  // Opens the store of who is signed in. Others' keys go: what they have not sent stays sealed until they are back.
  async function openFor(account, bytes) {
    const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    owner = { account, key };
    const homes = await read("homes", (store) => store.getAllKeys());
    await change(["keys", "homes", "facts"], (store) => {
      store("keys").clear();
      for (const place of homes.filter(([whose]) => whose !== account)) store("homes").delete(place);
      return store("keys").put({ account, key, at: Date.now() });
    });
  }

  async function keepFacts(facts) {
    const sealed = await seal(facts, "facts");
    await change(["facts"], (store) => store("facts").put({ account: owner.account, sealed }));
  }

  async function facts() {
    const row = await read("facts", (store) => store.get(owner.account));
    return (row && await unseal(row.sealed, "facts")) ?? {};
  }

  // In parts, so that one is cheap to change.
  async function keepHomes(parts) {
    const rows = await Promise.all(parts.map(async (homes, part) => (
      { account: owner.account, part, sealed: await seal(homes, `homes ${part}`) })));
    await change(["homes"], (store) => {
      store("homes").delete(own());
      for (const row of rows) store("homes").put(row);
    });
  }

  async function homes() {
    const rows = await read("homes", (store) => store.getAll(own()));
    const parts = await Promise.all(rows.map((row) => unseal(row.sealed, `homes ${row.part}`)));
    return parts.flatMap((part) => part ?? []);
  }

  async function keepDraft(entry, draft) {
    const sealed = await seal(draft, `draft ${entry}`);
    await change(["drafts"], (store) => store("drafts").put({ account: owner.account, entry, sealed }));
  }

  async function draft(entry) {
    const row = await read("drafts", (store) => store.get([owner.account, entry]));
    return row ? unseal(row.sealed, `draft ${entry}`) : null;
  }

  async function draftEntries() {
    return (await read("drafts", (store) => store.getAllKeys(own()))).map(([, entry]) => entry);
  }

  const dropDraft = (entry) => change(["drafts"], (store) => store("drafts").delete([owner.account, entry]));

  async function keepPhoto(visit, file, kind) {
    const bytes = await file.arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const sealed = await seal(bytes, `photo ${visit} ${hash}`);
    const row = {
      account: owner.account, visit, hash, kind, type: file.type, at: Date.now(), size: file.size, sealed,
    };
    await change(["photos"], (store) => store("photos").put(row));
    return hash;
  }

  // Those of a visit, the oldest first; without what they hold.
  async function photos(visit) {
    const rows = await read("photos", (store) => store.getAll(own(visit)));
    return rows.sort((one, other) => one.at - other.at)
      .map(({ hash, kind, size }) => ({ hash, kind, size }));
  }

  async function photo(visit, hash) {
    const row = await read("photos", (store) => store.get([owner.account, visit, hash]));
    if (!row) return null;
    const bytes = await unsealBytes(row.sealed, `photo ${visit} ${hash}`);
    return { kind: row.kind, file: new Blob([bytes], { type: row.type }) };
  }

  const dropPhoto = (visit, hash) =>
    change(["photos"], (store) => store("photos").delete([owner.account, visit, hash]));

  // Written in full: from now on it is to be sent, and is no draft any more.
  async function finish(visit) {
    const { order, account, at, unreadable, ...content } = visit;
    const row = { account: owner.account, at: at ?? Date.now(), state: content.state, key: content.key };
    if (order) row.order = order;
    row.sealed = await seal(content, `visit ${content.key}`);
    return change(["outbox", "drafts"], (store) => {
      store("drafts").delete([owner.account, content.entry]);
      return store("outbox").put(row);
    });
  }

  async function outbox() {
    const rows = await read("outbox", (store) => store.getAll());
    const mine = rows.filter((row) => row.account === owner.account);
    return Promise.all(mine.map(async (row) => {
      const content = await unseal(row.sealed, `visit ${row.key}`);
      return { ...(content ?? { unreadable: true, key: row.key }), order: row.order, at: row.at };
    }));
  }

  const dropVisit = (visit) => change(["outbox", "photos"], (store) => {
    store("photos").delete(own(visit.key));
    return store("outbox").delete(visit.order);
  });

  return {
    reopen, openFor, keepFacts, facts, keepHomes, homes, keepDraft, draft, draftEntries, dropDraft,
    keepPhoto, photos, photo, dropPhoto, finish, outbox, dropVisit,
    get account() { return owner?.account; },
    // Unsealed, the key serves no more in this page.
    close() { owner = null; },
  };
})();
