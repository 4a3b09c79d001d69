// Keys of the receipt tray: J next, K previous, A accepts what is chosen. The page works without this.
(function () {
  "use strict";

  function cards() {
    return Array.from(document.querySelectorAll(".arrival"));
  }

  function move(by) {
    const all = cards();
    if (!all.length) return;
    const here = all.indexOf(document.activeElement.closest?.(".arrival"));
    const next = all[Math.min(Math.max(here + by, 0), all.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "start" });
  }

  function accept() {
    const all = cards();
    const card = document.activeElement.closest?.(".arrival") || all[0];
    const form = card?.querySelector("form[data-files]");
    if (!form || !form.querySelector("input[name=case]:checked")) return;
    const next = all[all.indexOf(card) + 1];
    form.requestSubmit();
    next?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const kind = event.target.type;
    if (event.target.closest("textarea, select") || (event.target.tagName === "INPUT" && kind !== "radio" && kind !== "checkbox")) return;
    const key = event.key.toLowerCase();
    if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "a") accept();
    else return;
    event.preventDefault();
  });
})();
