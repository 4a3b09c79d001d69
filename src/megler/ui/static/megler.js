// Small behaviour of every page. Works without inline scripts; every page also works without this.
(function () {
  "use strict";
  const busyLine = document.getElementById("progress-line");
  let waiting = 0;

  function busy(change) {
    waiting = Math.max(0, waiting + change);
    if (waiting) window.setTimeout(() => busyLine.classList.toggle("busy", waiting > 0), 150);
    else busyLine.classList.remove("busy");
  }

  function toast(text, bad) {
    const note = document.createElement("div");
    note.className = "toast-note" + (bad ? " bad" : "");
    note.textContent = text;
    document.getElementById("toasts").append(note);
    window.setTimeout(() => note.remove(), bad ? 9000 : 5000);
  }

  function release(button) {
    button.classList.remove("waiting");
    button.removeAttribute("aria-disabled");
  }

  function focusWrong(root) {
    const place = root.querySelector("[data-focus]") || root.querySelector("[aria-invalid=true]");
    if (place) place.focus();
  }

  // Requests of htmx carry the CSRF token, show progress, and say when they fail.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = document.body.dataset.csrf;
  });
  document.addEventListener("htmx:beforeRequest", () => busy(1));
  document.addEventListener("htmx:afterRequest", (event) => {
    busy(-1);
    event.target.querySelectorAll?.(".btn.waiting").forEach(release);
  });
  document.addEventListener("htmx:sendError", () => toast(words("offline"), true));
  document.addEventListener("htmx:responseError", (event) => {
    toast(words(event.detail.xhr.status === 404 ? "gone" : "failed"), true);
  });
  // What the reader opened stays open when a newer answer takes its place.
  let opened = [];
  document.addEventListener("htmx:beforeSwap", (event) => {
    const open = event.detail.target?.querySelectorAll?.("details[id][open]") || [];
    opened = Array.from(open, (one) => one.id);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    for (const id of opened.splice(0)) document.getElementById(id)?.setAttribute("open", "");
    const place = event.target.querySelector?.("[autofocus]");
    if (place) place.focus();
    else if (event.detail.xhr?.status === 422) focusWrong(event.target);
  });
  document.addEventListener("toast", (event) => toast(event.detail.value || event.detail));

  function words(name) {
    return document.getElementById("toasts").dataset[name] || name;
  }

  // A form is sent once: its button waits until the answer is here.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (event.defaultPrevented && !form.matches("[hx-post],[hx-put],[hx-patch],[hx-delete]")) return;
    if (form.method === "dialog" || form.hasAttribute("data-again")) return;
    if (button?.classList.contains("waiting")) {
      event.preventDefault();
      return;
    }
    if (button && form.method === "post") {
      button.classList.add("waiting");
      button.setAttribute("aria-disabled", "true");
      if (!form.matches("[hx-post],[hx-put],[hx-patch],[hx-delete]")) busy(1);
    }
  }, true);
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    waiting = 0;
    busyLine.classList.remove("busy");
    document.querySelectorAll(".btn.waiting").forEach(release);
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-opens]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.opens);
      dialog?.showModal();
    }
    const copier = event.target.closest?.("[data-copies]");
    if (copier) {
      const text = document.getElementById(copier.dataset.copies).textContent.trim();
      navigator.clipboard?.writeText(text).then(() => toast(words("copied")));
    }
    if (event.target.closest?.("[data-prints]")) window.print();
    if (event.target.closest?.("[data-goes-back]")) window.history.back();
  });
  document.addEventListener("change", (event) => {
    if (event.target.closest?.("[data-sends-form]")) event.target.form.requestSubmit();
  });
  document.addEventListener("shown.bs.modal", (event) => event.target.querySelector("[autofocus]")?.focus());

  // "/" goes to the search box, as everywhere.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input,textarea,select,[contenteditable]")) return;
    const box = document.querySelector("[data-search-key]");
    if (box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });

  document.addEventListener("DOMContentLoaded", () => focusWrong(document.getElementById("content") || document));
  if (document.readyState !== "loading") focusWrong(document.getElementById("content") || document);
})();
