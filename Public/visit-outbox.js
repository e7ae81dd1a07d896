// What has not arrived yet, always in sight and with its age; by hand it is sent again, or put right.
"use strict";

const visitOutbox = (() => {
  const box = document.getElementById("outbox");
  const paths = document.getElementById("main").dataset;
  // What the page does with a visit that has to be put right.
  let correct = () => {};
  let entries = new Set();
  let round = 0;

  const hindrances = {
    offline: "现在没有信号，有信号时自动发送。",
    signin: "登录已失效，重新登录后自动发送。",
    busy: "门户暂时收不下，稍后自动再发。",
    refused: "这个账号现在不能登记走访，请联系系统管理员。",
  };
  const states = {
    waiting: ["tag-warn", "待发出"], photos: ["tag-warn", "照片待发"],
    refused: ["tag-alert", "要改正"], done: ["tag-ok", "已送达"],
  };

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function button(text, action, className = "button button-secondary") {
    const made = element("button", text, className);
    made.type = "button";
    made.addEventListener("click", action);
    return made;
  }

  // 刚才, 5 分钟以前, 3 小时以前, 2 天以前.
  function age(at) {
    const minutes = Math.floor((Date.now() - at) / 60000);
    if (minutes < 1) return "刚才";
    if (minutes < 60) return `${minutes} 分钟以前`;
    return minutes < 2880 ? `${Math.floor(minutes / 60)} 小时以前` : `${Math.floor(minutes / 1440)} 天以前`;
  }

  async function draw() {
    if (!visitStore.account) return;
    const drawing = ++round;
    const visits = await visitStore.outbox();
    const counts = new Map();
    for (const visit of visits) counts.set(visit.key, (await visitStore.photos(visit.key)).length);
    const left = visits.filter((visit) => visit.state !== "done");
    entries = new Set(left.map((visit) => visit.entry));
    if (drawing !== round) return;
    box.replaceChildren(...summary(left, counts), list(visits, counts));
    box.hidden = false;
  }

  function summary(left, counts) {
    if (!left.length) return [element("p", "没有待发的走访。", "hint")];
    const photos = left.reduce((sum, visit) => sum + counts.get(visit.key), 0);
    const oldest = age(Math.min(...left.map((visit) => visit.at)));
    const words = element("p", `还有 ${left.length} 次走访、${photos} 张照片没有发出，最早的在${oldest}。`, "outbox-words");
    const actions = element("p", "", "actions");
    const why = visitSender.hindrance;
    if (why === "signin") {
      const link = element("a", "重新登录", "button");
      link.href = paths.login;
      actions.append(link);
    } else {
      const send = button(visitSender.sending ? "正在发送……" : "现在发送", visitSender.run, "button");
      send.disabled = visitSender.sending;
      actions.append(send);
    }
    if (why && !visitSender.sending) actions.append(element("span", hindrances[why] ?? "", "hint"));
    return [words, actions];
  }

  function list(visits, counts) {
    const items = element("ul", "", "outbox-list");
    items.append(...visits.map((visit) => item(visit, counts.get(visit.key))));
    return items;
  }

  function item(visit, photos) {
    const line = element("li");
    if (visit.unreadable) {
      line.append(
        element("span", `${age(visit.at)}填写的一次走访：退出登录后已不能读取`),
        button("删除", () => drop(visit)));
      return line;
    }
    const [look, word] = states[visit.state] ?? states.waiting;
    const pictures = photos ? `，照片 ${photos} 张` : "";
    line.append(
      element("strong", visit.place), element("span", word, `tag ${look}`),
      element("span", `${age(visit.at)}填写${pictures}`, "hint"));
    if (visit.state === "done") line.append(element("p", visit.words), button("知道了", () => drop(visit)));
    if (visit.error) line.append(element("p", visit.error, "error"));
    if (visit.state === "refused") line.append(button("改正", () => correct(visit)));
    if (visit.state === "photos" && visit.error) line.append(button("不要发不出的照片", () => giveUpPhotos(visit, photos)));
    return line;
  }

  async function drop(visit) {
    await visitStore.dropVisit(visit);
    draw();
  }

  async function giveUpPhotos(visit, photos) {
    if (!confirm(`${visit.place} 还有 ${photos} 张照片没有送达，确定不要了吗？走访本身已经送达。`)) return;
    await drop(visit);
  }

  visitSender.told.addEventListener("change", draw);
  setInterval(draw, 30000);

  return {
    draw, element, button,
    has: (entry) => entries.has(entry),
    onCorrection(action) { correct = action; },
  };
})();
