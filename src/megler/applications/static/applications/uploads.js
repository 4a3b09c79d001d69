// Files to be sent: what was chosen, how far it is. The form works without this.
(function () {
  "use strict";

  function size(bytes) {
    const megabytes = bytes / 1048576;
    const shown = megabytes >= 1 ? megabytes.toFixed(1) + " MB" : Math.max(1, Math.round(bytes / 1024)) + " kB";
    return shown;
  }

  function showChosen(input) {
    const list = input.form.querySelector(".drop-files");
    if (!list) return;
    list.replaceChildren(...Array.from(input.files, (file) => {
      const line = document.createElement("li");
      const name = document.createElement("span");
      name.textContent = file.name;
      const big = document.createElement("span");
      big.className = "text-secondary figures";
      big.textContent = size(file.size);
      line.append(name, big);
      return line;
    }));
  }

  function state(form, words, share) {
    const place = form.querySelector(".drop-state");
    const bar = form.querySelector("progress");
    if (place) place.textContent = words;
    if (!bar) return;
    bar.hidden = !words;
    if (share === null) bar.removeAttribute("value");
    else bar.value = share;
  }

  document.addEventListener("change", (event) => {
    const input = event.target.closest?.(".drop-area input[type=file]");
    if (!input) return;
    showChosen(input);
    if (input.files.length && input.form.hasAttribute("data-sends-files")) input.form.requestSubmit();
  });
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const area = event.target.closest?.(".drop-area");
      area?.classList.toggle("over", kind === "dragenter" || kind === "dragover");
    });
  }
  document.addEventListener("htmx:xhr:progress", (event) => {
    const form = event.target.closest?.("form.drop") || document.querySelector("form.drop");
    if (!form || !event.detail.lengthComputable) return;
    const share = event.detail.loaded / event.detail.total;
    if (share < 1) state(form, form.dataset.sending, share);
    else state(form, form.dataset.reading, null);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = document.querySelector("form.drop");
    if (form && (event.target === form || event.target.closest?.("[data-uses-files]"))) state(form, form.dataset.sending, 0);
  });
  document.addEventListener("htmx:afterRequest", () => {
    const form = document.querySelector("form.drop");
    if (form) state(form, "", 0);
  });
})();
