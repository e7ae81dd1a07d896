// Everything works without this file; it only makes some things nicer.
"use strict";

// While there is a flood, a form does some work before it is sent: it looks for a number whose hash begins with as many
// zero bits as it is told. Before everything else that happens when a form is sent.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const answer = form.dataset.work && form.elements.work_answer;
  if (!answer || answer.value) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.dataset.working) return;
  form.dataset.working = "true";
  const status = form.querySelector("[data-work-status]");
  status.textContent = "正在计算，请稍候……";
  status.scrollIntoView({ block: "nearest" });
  const challenge = form.elements.work.value.split(".")[1];
  findNumber(challenge, Number(form.dataset.work), (number) => {
    answer.value = String(number);
    delete form.dataset.working;
    status.textContent = "";
    form.requestSubmit();
  });
}, true);

// Tries numbers in small portions, so that the page stays alive.
function findNumber(challenge, bits, found) {
  const hash = oneBlockHasher();
  let number = 0;
  const portion = () => {
    const end = performance.now() + 40;
    while (performance.now() < end) {
      for (let tries = 0; tries < 500; tries += 1, number += 1) {
        if (Math.clz32(hash(`${challenge}.${number}`)) >= bits) return found(number);
      }
    }
    setTimeout(portion, 0);
  };
  portion();
}

// The first 32 bits of the SHA-256 (FIPS 180-4) of an ASCII text that fits one block.
function oneBlockHasher() {
  const primes = [];
  for (let number = 2; primes.length < 64; number += 1) {
    if (primes.every((prime) => number % prime)) primes.push(number);
  }
  const fraction = (root) => Math.floor((root - Math.floor(root)) * 4294967296) | 0;
  const constants = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
  const start = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
  const words = new Int32Array(64);
  const turned = (word, count) => (word >>> count) | (word << (32 - count));
  return (text) => {
    words.fill(0, 0, 16);
    for (let at = 0; at < text.length; at += 1) {
      words[at >> 2] |= text.charCodeAt(at) << (24 - 8 * (at & 3));
    }
    words[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
    words[15] = text.length * 8;
    for (let at = 16; at < 64; at += 1) {
      const early = words[at - 15];
      const late = words[at - 2];
      words[at] = words[at - 16] + (turned(early, 7) ^ turned(early, 18) ^ (early >>> 3))
        + words[at - 7] + (turned(late, 17) ^ turned(late, 19) ^ (late >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = start;
    for (let at = 0; at < 64; at += 1) {
      const first = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g))
        + constants[at] + words[at]) | 0;
      const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22))
        + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + first) | 0;
      d = c;
      c = b;
      b = a;
      a = (first + second) | 0;
    }
    return (start[0] + a) | 0;
  };
}

// A browser that keeps visits (see visit-store.js): who signs out is asked about what has not arrived, who signs in finds
// nothing of others.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const action = form.getAttribute("action");
  if (!["/login", "/logout"].includes(action) || form.dataset.left) return;
  if (!document.cookie.includes("portal_phone=")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const leaving = await import("/visit-leaving.js");
  if (action === "/login") leaving.beforeSigningIn(form);
  else leaving.beforeSigningOut(form, "/desk/visits/phone");
}, true);

// A form is sent once, however often the button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method")?.toLowerCase() !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  // When the answer was a file, or did not come, the page is still here.
  setTimeout(() => release(form), 15000);
});

// Coming back with the browser's "back" finds the form ready again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) release(form);
});

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
}

// After a form came back with errors, start at the summary.
document.querySelector(".error-summary")?.focus();

// Thumbnails of the photos that were chosen, before they are sent.
for (const input of document.querySelectorAll("input[type=file][multiple]")) {
  const list = document.createElement("ul");
  list.className = "photo-grid";
  list.setAttribute("aria-live", "polite");
  list.setAttribute("aria-label", "已选的照片");
  input.after(list);
  input.addEventListener("change", () => {
    for (const image of list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    list.replaceChildren(...Array.from(input.files, thumbnail));
  });
}

function thumbnail(file) {
  const item = document.createElement("li");
  const image = document.createElement("img");
  image.alt = file.name;
  image.src = URL.createObjectURL(file);
  const name = document.createElement("span");
  name.className = "photo-name";
  name.textContent = `${file.name}（${(file.size / 1048576).toFixed(1)} MB）`;
  item.append(image, name);
  return item;
}

// Buttons that need JavaScript show themselves only where it runs.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  if (!source || !navigator.clipboard) continue;
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
      button.textContent = "已复制";
    } catch {
      button.textContent = "没有复制成功，请抄下";
    }
    setTimeout(() => { button.textContent = label; }, 3000);
  });
}
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Paper has nothing to press: what is folded away on the screen is printed.
window.addEventListener("beforeprint", () => {
  for (const proof of document.querySelectorAll(".receipt-proof")) proof.open = true;
});

// Rows that lead somewhere: click anywhere in the row, go up and down with the arrow keys.
for (const table of document.querySelectorAll(".data-table")) {
  const links = Array.from(table.querySelectorAll(".row-link"));
  for (const link of links) link.closest("tr").classList.add("is-link");
  table.addEventListener("click", (event) => {
    if (event.target.closest("a, button, input, label, select, summary")) return;
    if (String(window.getSelection())) return;
    event.target.closest("tr.is-link")?.querySelector(".row-link").click();
  });
  table.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step && links[links.indexOf(document.activeElement) + step];
    if (!next || !links.includes(document.activeElement)) return;
    event.preventDefault();
    next.focus();
  });
}

// What goes on elsewhere: its part of the page is fetched anew until it is over.
const live = document.querySelector("[data-refresh]");
if (live) setTimeout(() => refresh(live), Number(live.dataset.refresh));

async function refresh(part) {
  let next = null;
  try {
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "refresh" } });
    if (!answer.ok || answer.redirected) return location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    next = page.getElementById(part.id);
  } catch {
    return setTimeout(() => refresh(part), 3000);
  }
  if (!next) return location.reload();
  part.replaceChildren(...next.childNodes);
  setTimeout(() => refresh(part), Number(part.dataset.refresh));
}

// A form whose first choice is made by its digit: 1 is the first, and so on. Enter saves, as everywhere.
for (const form of document.querySelectorAll("form[data-keys]")) {
  const choices = form.querySelectorAll(`input[type=radio][name="${form.dataset.keys}"]`);
  form.querySelector("[data-keys-hint]").hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.matches("input:not([type=radio]), textarea, select")) return;
    const choice = choices[Number(event.key) - 1];
    if (!choice) return;
    event.preventDefault();
    choice.checked = true;
    choice.focus();
  });
}

// What takes long says so as soon as it has begun.
document.addEventListener("submit", (event) => {
  const status = event.target.querySelector("[data-wait]");
  if (status && !event.defaultPrevented) status.textContent = status.dataset.wait;
});
