// What is wrong in the form of a visit, found on the phone or sent back by the portal, shown at its fields.
"use strict";

const visitCheck = (() => {
  const { element } = visitOutbox;

  // What the portal would send back, said while one still stands at the door.
  function problems(form) {
    const value = (name) => (new FormData(form).get(name) ?? "").trim();
    const wrong = [];
    const need = (isMissing, field, message) => isMissing && wrong.push({ field, message });
    need(!value("visited_on"), "visited_on", "请填写走访日期");
    need(!/^\d{1,2}[:：]\d{2}/.test(value("visited_time")), "visited_time", "走访时间应写成 19:30 这样的时间，请核对");
    const at = Date.parse(`${value("visited_on")}T${value("visited_time").replace("：", ":").padStart(5, "0")}:00+08:00`);
    // Not to the minute: the phone's clock may be the one that is wrong, which the portal puts right.
    need(at > Date.now() + 86400000, "visited_on", "走访时间不能晚于现在，请核对日期和时间");
    need(!value("second") && !value("second_name"), "second", "走访要两个人，请选择同行人；同行人没有账号的，请填写姓名");
    need(!value("met"), "met", "请选择见到了谁");
    need(value("met") && value("met") !== "nobody" && !value("home_use"), "home_use", "请选择房屋使用情况");
    need(value("met") !== "nobody" && ["sublet", "lent"].includes(value("home_use")) && !value("occupants_words"),
      "occupants_words", "住的不是承租人，请写明实际居住人是谁、与承租人什么关系");
    need(value("empty_reason") && value("home_use") === "empty" && !value("empty_proof"),
      "empty_proof", "请写明空置原因有什么证明，如务工合同、住院证明；没有证明就不要选择原因");
    need(value("arrears") && !value("arrears_by"), "arrears_by", "请填写约定哪一天交清欠租");
    need(value("repair_kind") && !value("repair_words"), "repair_words", "请写明损坏情况");
    need(value("repair_words") && !value("repair_kind"), "repair_kind", "请选择损坏部位");
    return wrong;
  }

  // As the portal shows it: a summary whose lines lead to the fields, and the words at each.
  function show(form, wrong) {
    for (const old of form.querySelectorAll(".error-summary, .field > .error")) old.remove();
    for (const old of form.querySelectorAll(".has-error")) old.classList.remove("has-error");
    const list = element("ul");
    for (const { field, message } of wrong) {
      const place = document.getElementById(field);
      const around = place?.closest(".field");
      around?.classList.add("has-error");
      place?.closest("details")?.setAttribute("open", "");
      const control = around?.querySelector("input, select, textarea");
      const below = around === place ? control?.closest(".choice") : control;
      below?.before(element("p", message, "error"));
      const link = element("a", message);
      link.href = `#${field}`;
      const entry = element("li");
      entry.append(link);
      list.append(entry);
    }
    const summary = element("div", "", "error-summary");
    summary.setAttribute("role", "alert");
    summary.tabIndex = -1;
    summary.append(element("h2", `请先改正以下 ${wrong.length} 处`), list);
    form.prepend(summary);
    summary.focus();
  }

  return { problems, show };
})();
