// Sends what the phone keeps, in its order: the visit, then its photos one by one. What is sent has arrived: a photo leaves
// the phone when the portal has said its hash, a visit when all of its photos have.
"use strict";

const visitSender = (() => {
  const paths = document.getElementById("main").dataset;
  const told = new EventTarget();
  // Why nothing is sent: "offline", "signin", "busy", or nothing.
  let hindrance = "";
  let sending = false;
  let tries = 0;
  let timer = 0;
  let session = null;

  class Hindrance extends Error {
    constructor(why) {
      super(why);
      this.why = why;
    }
  }

  const changed = () => told.dispatchEvent(new Event("change"));

  // What the portal answers. No answer, or one that is not for us, is a hindrance: nothing is lost by it.
  async function ask(path, options = {}, seconds = 30) {
    let answer = null;
    let content = null;
    try {
      answer = await fetch(path, {
        ...options, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(seconds * 1000),
        headers: { "X-Requested-With": "script" },
      });
      content = answer.type === "opaqueredirect" ? {} : await answer.json();
    } catch {
      throw new Hindrance(answer?.ok === false && answer.status < 500 ? "busy" : "offline");
    }
    // Signed out, or led to another page first, such as a new password.
    if (answer.type === "opaqueredirect" || answer.status === 401) throw new Hindrance("signin");
    if (answer.status === 429 || answer.status >= 500) throw new Hindrance("busy");
    return { status: answer.status, content };
  }

  async function post(path, body, seconds) {
    const send = () => {
      body.set("csrf", session.csrf);
      return ask(path, { method: "POST", body }, seconds);
    };
    const answer = await send();
    if (answer.status !== 403) return answer;
    // The token may be of yesterday.
    await connect();
    return send();
  }

  // Who is signed in, and the key of what this phone keeps for them.
  async function connect(isOpening) {
    const answer = await ask(paths.session);
    if (answer.status !== 200) throw new Hindrance("refused");
    session = answer.content;
    if (!isOpening && visitStore.account !== session.account) {
      // Somebody else has signed in: the page begins anew, and shows nothing of who was here.
      location.reload();
      throw new Hindrance("signin");
    }
    return session;
  }

  // Opens the store of who is signed in, with the key that the portal has of theirs for this phone.
  async function openStore() {
    await connect(true);
    const { content } = await post(paths.key, new URLSearchParams());
    await visitStore.openFor(session.account, Uint8Array.from(atob(content.key), (c) => c.charCodeAt(0)));
    return session;
  }

  async function sendVisit(visit) {
    if (!visit.visit) {
      const body = new URLSearchParams(visit.fields);
      body.set("entry", visit.entry);
      body.set("key", visit.key);
      body.set("sent_at", String(Date.now()));
      for (const photo of await visitStore.photos(visit.key)) body.append("photo_sha256", photo.hash);
      const { status, content } = await post(paths.records, body);
      if (status !== 200) {
        return visitStore.finish({
          ...visit, state: "refused", errors: content.errors ?? [],
          error: status === 404 ? "这一户不在您的范围内，请联系住建部门改派后再发" : content.error,
        });
      }
      Object.assign(visit, {
        visit: content.visit, state: "photos", words: content.words, isNoteworthy: content.isNoteworthy,
      });
      await visitStore.finish(visit);
      changed();
    }
    let error = "";
    for (const { hash } of await visitStore.photos(visit.key)) {
      error = await sendPhoto(visit, hash) || error;
      changed();
    }
    if (error) return visitStore.finish({ ...visit, state: "photos", error });
    told.dispatchEvent(new CustomEvent("arrived", { detail: visit }));
    // That somebody else was there too stays in sight until it was read.
    if (visit.isNoteworthy) return visitStore.finish({ ...visit, state: "done", error: "" });
    return visitStore.dropVisit(visit);
  }

  // What is wrong with the photo; nothing once it has arrived.
  async function sendPhoto(visit, hash) {
    const photo = await visitStore.photo(visit.key, hash);
    const body = new FormData();
    body.set("kind", photo.kind);
    body.set("photos", photo.file, "photo");
    const { status, content } = await post(paths.photos + visit.visit, body, 300);
    if (status !== 200) return content.error;
    if (content.sha256 !== hash) return "照片在路上有变化，会再发一次";
    await visitStore.dropPhoto(visit.key, hash);
    return "";
  }

  async function sendAll() {
    await connect();
    hindrance = "";
    for (const visit of await visitStore.outbox()) {
      if (!visit.unreadable && !["refused", "done"].includes(visit.state)) await sendVisit(visit);
    }
  }

  // Once at a time, in whichever tab.
  async function run() {
    if (sending || !visitStore.account) return;
    clearTimeout(timer);
    sending = true;
    changed();
    try {
      const wasFree = await navigator.locks.request(
        "visit-sending", { ifAvailable: true }, async (lock) => lock && (await sendAll(), true));
      tries = wasFree ? 0 : 1;
    } catch (error) {
      hindrance = error.why ?? "busy";
      if (!error.why) console.warn(error);
      tries += 1;
    }
    sending = false;
    changed();
    await plan();
  }

  // Again after a while that grows, while something is left.
  async function plan() {
    const left = (await visitStore.outbox()).some((visit) => !visit.unreadable && ["waiting", "photos"].includes(visit.state));
    if (left) timer = setTimeout(run, Math.min(300, 5 * 2 ** Math.min(tries, 6)) * 1000);
  }

  addEventListener("online", run);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") run();
  });

  return {
    ask, openStore, run, told, Hindrance,
    get hindrance() { return hindrance; },
    set hindrance(why) { hindrance = why; },
    get sending() { return sending; },
    get session() { return session; },
  };
})();
