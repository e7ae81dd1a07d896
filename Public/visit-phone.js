// The page of whoever enters homes with a phone: opens with signal or without, says what hinders it, and puts its parts
// together.
"use strict";

(() => {
  const main = document.getElementById("main");
  const note = document.getElementById("visit-note");
  const leave = document.querySelector("form[data-leave]");
  const hour = 3600000;

  function say(kind, text, link) {
    const box = visitOutbox.element("div", "", `notice notice-${kind}`);
    const words = visitOutbox.element("p", text);
    if (link) {
      const made = visitOutbox.element("a", link.text);
      made.href = link.address;
      words.append(" ", made);
    }
    box.append(words);
    note.replaceChildren(...(text ? [box] : []));
  }

  // What the phone has of whoever used it last; nothing where there is no key.
  async function showKept() {
    const { name = "" } = await visitStore.facts();
    document.querySelector("[data-name]").textContent = name;
    await visitOutbox.draw();
    await visitHomes.restore();
  }

  async function connect() {
    const session = await visitSender.openStore();
    const { loadedAt = 0 } = await visitStore.facts();
    await visitStore.keepFacts({ name: session.name, colleagues: session.colleagues, loadedAt });
    visitSender.hindrance = "";
    leave.elements.csrf.value = session.csrf;
    leave.hidden = false;
    await showKept();
    keepOffline();
    await visitSender.run();
    if (Date.now() - loadedAt > hour || !visitHomes.count) await load();
  }

  async function load() {
    await visitHomes.load();
    const facts = await visitStore.facts();
    await visitStore.keepFacts({ ...facts, loadedAt: Date.now() });
  }

  // The browser is asked not to clear what is kept here when the phone runs full.
  function keepOffline() {
    navigator.serviceWorker.register(main.dataset.worker, { scope: main.dataset.page })
      .catch((error) => console.warn(error));
    navigator.storage?.persist?.();
  }

  function hindered(error) {
    if (!error.why) throw error;
    visitSender.hindrance = error.why;
    if (!visitStore.account && error.why === "signin") {
      location.href = main.dataset.login;
      return;
    }
    visitOutbox.draw();
    if (!visitStore.account) {
      return say("warn", "这部手机上还没有可用的名单。请在有信号的地方登录，打开这一页一次。");
    }
    if (error.why === "signin") {
      say("warn", "登录已失效，名单和没有发出的走访都还在。", { text: "重新登录", address: main.dataset.login });
    } else if (error.why === "offline") {
      say("neutral", "没有信号，照常填写，有信号时自动发送。");
    }
  }

  async function start() {
    if (!globalThis.isSecureContext || !navigator.serviceWorker || !navigator.locks) {
      return say("alert", "这个浏览器或网址（不是 https）不能在没有信号时使用，请从走访名单打开每一户登记。");
    }
    try {
      if (await visitStore.reopen()) await showKept();
      await connect();
    } catch (error) {
      hindered(error);
    }
  }

  // There is signal again, though it was opened without.
  addEventListener("online", () => {
    say("", "");
    if (!visitSender.session) start();
  });
  main.querySelector("[data-reload]").addEventListener("click", async () => {
    try {
      say("", "");
      await (visitSender.session ? load() : connect());
    } catch (error) {
      hindered(error);
    }
  });
  leave.addEventListener("submit", async (event) => {
    if (leave.dataset.left) return;
    event.preventDefault();
    if (!navigator.onLine) return say("warn", "没有信号，现在不能退出。请在有信号时再退出。");
    const { beforeSigningOut } = await import(main.dataset.leaving);
    beforeSigningOut(leave, main.dataset.page);
  });

  function open(home, refused) {
    say("", "");
    visitHomes.show(false);
    visitEntry.open(home, refused);
  }
  visitHomes.onOpen((home) => open(home));
  visitOutbox.onCorrection((visit) => open(visitHomes.find(visit.entry), visit));
  visitEntry.onWords(say);
  visitEntry.onClose(async () => {
    visitHomes.show(true);
    await visitOutbox.draw();
    await visitHomes.draw();
  });
  start();
})();
