// The homes to enter, as one walks through them: by estate and building, found by what somebody types.
"use strict";

const visitHomes = (() => {
  const { element } = visitOutbox;
  const box = document.getElementById("homes");
  const list = document.getElementById("home-list");
  const search = document.getElementById("home-search");
  const everything = document.getElementById("home-all");
  // Drawn at once: a phone is slow with thousands of lines.
  const portion = 60;
  const most = 2000;
  let homes = [];
  let drafts = new Set();
  let shown = portion;
  // Not while a visit is written, though what is drawn may change meanwhile.
  let isInSight = true;
  let open = () => {};

  // From the portal, while there is signal.
  async function load() {
    const parts = [];
    let after = "";
    do {
      const { status, content } = await visitSender.ask(
        `${document.getElementById("main").dataset.homes}?after=${after}`, {}, 120);
      if (status !== 200) throw new visitSender.Hindrance("refused");
      parts.push(content.homes);
      after = content.next;
    } while (after && parts.flat().length < most);
    homes = parts.flat().slice(0, most);
    await visitStore.keepHomes(parts);
    await draw();
  }

  async function restore() {
    homes = await visitStore.homes();
    await draw();
  }

  function wanted() {
    const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    return homes.filter((home) => {
      if (home.state === "visited" && !everything.checked && !words.length) return false;
      const text = `${home.estate} ${home.place} ${home.applicant} ${home.number}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }

  async function draw() {
    drafts = new Set(await visitStore.draftEntries());
    const found = wanted();
    const nodes = [];
    let heading = "";
    for (const home of found.slice(0, shown)) {
      const building = home.place.split("-").slice(0, -1).join("-") || home.place;
      if (heading !== `${home.estate} ${building}`) {
        heading = `${home.estate} ${building}`;
        nodes.push(element("h2", heading));
      }
      nodes.push(line(home));
    }
    if (found.length > shown) {
      nodes.push(visitOutbox.button(`再显示 ${Math.min(portion, found.length - shown)} 户`, () => {
        shown += portion;
        draw();
      }));
    }
    list.replaceChildren(...nodes);
    const waiting = homes.filter((home) => home.state !== "visited").length;
    document.getElementById("home-count").textContent = homes.length
      ? `本机有 ${homes.length} 户，其中 ${waiting} 户待走访${found.length ? "" : "；没有找到，请换个词"}`
      : "还没有分派给您的房源。";
    box.hidden = !isInSight;
  }

  function line(home) {
    const made = element("button", "", "home-line");
    made.type = "button";
    const tags = element("span", "", "home-tags");
    const tag = (word, look = "") => tags.append(element("span", word, `tag ${look}`));
    if (visitOutbox.has(home.entry)) tag("已填写，待发出", "tag-warn");
    else if (drafts.has(home.entry)) tag("没有写完", "tag-warn");
    else if (home.state === "visited") tag(`已走访 ${home.visitedOn ?? ""}`, "tag-ok");
    if (home.attempts && home.state !== "visited") tag(`${home.attempts} 次无人在家`, "tag-alert");
    for (const signal of home.signals) tag(signal, "tag-info");
    made.append(
      element("strong", home.place),
      element("span", `${home.applicant}，${home.members} 人，${home.number}`), tags);
    if (home.next) made.append(element("span", `计划再去：${home.next}`, "hint"));
    made.addEventListener("click", () => open(home));
    return made;
  }

  // Somebody was met there: until the next load this phone knows it by itself.
  async function arrived(visit) {
    const home = homes.find((one) => one.entry === visit.entry);
    const met = Object.fromEntries(visit.fields).met;
    if (!home || met === "nobody") return;
    home.state = "visited";
    await visitStore.keepHomes([homes]);
  }

  search.addEventListener("input", () => {
    shown = portion;
    draw();
  });
  everything.addEventListener("change", draw);
  visitSender.told.addEventListener("arrived", async (event) => {
    await arrived(event.detail);
    await visitOutbox.draw();
    draw();
  });

  return {
    load, restore, draw,
    get count() { return homes.length; },
    find: (entry) => homes.find((home) => home.entry === entry),
    show(isShown) {
      isInSight = isShown;
      box.hidden = !isShown;
    },
    onOpen(action) { open = action; },
  };
})();
