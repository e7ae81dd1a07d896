// The form of a visit, on the desk and on a phone: what is asked only sometimes, the signature, where it was written.
"use strict";

const visitForm = (() => {
  // Parts that are asked only where another answer calls for them: data-when="home_use=empty".
  function showParts(form) {
    for (const part of form.querySelectorAll("[data-when]")) {
      const [name, value] = part.dataset.when.split("=");
      part.hidden = new FormData(form).get(name) !== value;
    }
  }

  function prepare(form) {
    showParts(form);
    form.addEventListener("change", () => showParts(form));
    for (const box of form.querySelectorAll("[data-signature]")) prepareSignature(form, box);
    preparePlace(form);
  }

  function prepareSignature(form, box) {
    const canvas = box.querySelector("canvas");
    const pen = canvas.getContext("2d");
    box.hidden = false;
    let from = null;
    const point = (event) => {
      const frame = canvas.getBoundingClientRect();
      return [
        (event.clientX - frame.left) * canvas.width / frame.width,
        (event.clientY - frame.top) * canvas.height / frame.height,
      ];
    };
    const clear = () => {
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      delete canvas.dataset.signed;
      from = null;
    };
    clear();
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      from = point(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!from) return;
      const to = point(event);
      pen.lineWidth = 3.5;
      pen.lineCap = "round";
      pen.strokeStyle = "#000";
      pen.beginPath();
      pen.moveTo(...from);
      pen.lineTo(...to);
      pen.stroke();
      from = to;
      canvas.dataset.signed = "true";
    });
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, () => {
        from = null;
        form.dispatchEvent(new Event("signed"));
      });
    }
    box.querySelector("[data-clear]").addEventListener("click", () => {
      clear();
      form.dispatchEvent(new Event("signed"));
    });
  }

  // The signature as a picture; nothing where nobody signed.
  function signature(form) {
    const canvas = form.querySelector("[data-signature] canvas");
    if (!canvas?.dataset.signed) return null;
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  }

  // Only where somebody ticks it does the phone say where it is.
  function preparePlace(form) {
    if (!("geolocation" in navigator) || !form.elements.latitude) return;
    const box = document.createElement("div");
    box.className = "field choice";
    box.innerHTML = '<input type="checkbox" id="with-place"><label for="with-place">记录位置</label>'
      + '<p class="hint" role="status"></p>';
    const [tick, words] = [box.querySelector("input"), box.querySelector("p")];
    tick.checked = Boolean(form.elements.latitude.value);
    const set = (north, east) => {
      form.elements.latitude.value = north;
      form.elements.longitude.value = east;
      form.dispatchEvent(new Event("change", { bubbles: true }));
    };
    tick.addEventListener("change", () => {
      set("", "");
      words.textContent = tick.checked ? "正在取得位置……" : "";
      if (!tick.checked) return;
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        if (!tick.checked) return;
        set(coords.latitude.toFixed(5), coords.longitude.toFixed(5));
        words.textContent = `已记录位置，误差约 ${Math.round(coords.accuracy)} 米`;
      }, (error) => {
        tick.checked = false;
        words.textContent = error.code === error.PERMISSION_DENIED
          ? "手机不允许取得位置，可以不记录" : "没有取得位置，可以稍后再试，也可以不记录";
      }, { enableHighAccuracy: true, timeout: 20000 });
    });
    form.querySelector(".signature, .actions").before(box);
  }

  return { prepare, signature, showParts };
})();

// On the desk a signature goes along as one more file.
for (const form of document.querySelectorAll("form:has([data-signature])")) {
  visitForm.prepare(form);
  const file = document.createElement("input");
  file.type = "file";
  file.name = form.querySelector("[data-signature]").dataset.signature;
  file.hidden = true;
  form.append(file);
  form.addEventListener("signed", async () => {
    const picture = await visitForm.signature(form);
    const files = new DataTransfer();
    if (picture) files.items.add(new File([picture], "signature.png", { type: "image/png" }));
    file.files = files.files;
  });
}
