// Filling in: what is typed is saved as it is typed, others' changes appear, and nothing is lost.
(function () {
  "use strict";
  const RETRY_SECONDS = [2, 4, 8, 15, 30];
  const LOOK_EVERY_MS = 4000;
  const form = document.querySelector("[data-fills]");
  const look = document.querySelector("[data-looks]");
  const words = document.getElementById("filling-words")?.dataset || {};

  // Names of fields that were typed in, and at which stroke; those of later strokes are not saved yet.
  const typed = new Map();
  let stroke = 0;
  let sentAt = 0;
  let failures = 0;
  let retry = 0;
  let underWay = false;

  function tell(text) {
    const status = document.getElementById("saved");
    if (!status) return;
    status.classList.toggle("unsaved", Boolean(text));
    const kept = status.querySelector("span.kept");
    if (text && kept) kept.textContent = text;
  }

  function again() {
    window.clearTimeout(retry);
    if (typed.size) window.htmx.trigger(form, "change");
  }

  function failed(text) {
    const wait = RETRY_SECONDS[Math.min(failures, RETRY_SECONDS.length - 1)];
    failures += 1;
    tell(text);
    window.clearTimeout(retry);
    retry = window.setTimeout(again, wait * 1000);
  }

  // Whatever is done next on the page waits until what was typed is saved; refused, it is not done.
  let next = null;

  function holdsBack(event) {
    const target = event.target;
    const isSaved = !underWay && (target === form || !typed.size);
    const isClosing = (event.submitter?.formMethod || target.method) === "dialog";
    if (isSaved || target === look || isClosing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const said = event.submitter?.textContent.trim();
    next = { role: roleOf(target), action: target.getAttribute("action"), id: target.id, said };
    if (!underWay) again();
  }

  function goOn() {
    if (!next || underWay) return;
    if (typed.size) {
      again();
      return;
    }
    // Saving may have drawn the button anew, or taken it away.
    const { role, action, id, said } = next;
    next = null;
    const same = Array.from(document.forms).find(
      (one) => one.getAttribute("action") === action && one.id === id && roleOf(one) === role,
    );
    const buttons = Array.from(same?.elements || []).filter((one) => one.type === "submit");
    const button = buttons.find((one) => one.textContent.trim() === said);
    if (same && said === undefined) same.requestSubmit();
    else if (button && !button.disabled) same.requestSubmit(button);
  }

  // Forms of one address are told apart by whom they are for.
  function roleOf(one) {
    return one.elements.namedItem("role")?.value;
  }

  function isOurs(xhr) {
    return xhr && xhr.status < 300 && xhr.getResponseHeader("X-Version") !== null;
  }

  function fills() {
    form.addEventListener("input", (event) => typed.set(event.target.name, ++stroke));
    form.addEventListener("change", (event) => {
      if (event.target.name) typed.set(event.target.name, ++stroke);
    });
    // What a pause in typing would save is saved already when the field was left before.
    form.addEventListener("htmx:beforeRequest", (event) => {
      const cause = event.detail.requestConfig.triggeringEvent;
      if (cause?.type !== "input" || typed.size) return;
      event.preventDefault();
      event.stopPropagation();
    });
    form.addEventListener("htmx:beforeSend", () => { sentAt = stroke; underWay = true; });
    form.addEventListener("htmx:afterRequest", (event) => {
      const xhr = event.detail.xhr;
      underWay = false;
      window.setTimeout(isOurs(xhr) ? goOn : () => { next = null; });
      if (isOurs(xhr)) {
        for (const [name, at] of typed) if (at <= sentAt) typed.delete(name);
        failures = 0;
        window.clearTimeout(retry);
        tell("");
      } else if (xhr?.status === 422) {
        tell(words.refused);
      } else if (xhr?.status >= 200 && xhr.status < 300) {
        failed(words.signedOut);
      } else {
        failed(words.unsaved);
      }
    });
    // The status says it; the page's own notes would come with every try.
    for (const name of ["htmx:sendError", "htmx:responseError"]) {
      form.addEventListener(name, (event) => event.stopPropagation());
    }
    window.addEventListener("submit", holdsBack, true);
    form.addEventListener("submit", () => typed.clear());
    // Enter in a field saves it; it neither leaves the section nor presses another button.
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !event.target.matches("input")) return;
      event.preventDefault();
      if (event.target.getAttribute("aria-expanded") === "true") return;
      if (typed.has(event.target.name)) event.target.dispatchEvent(new Event("change", { bubbles: true }));
    });
    window.addEventListener("online", again);
    window.addEventListener("beforeunload", (event) => {
      if (typed.size && failures) event.preventDefault();
    });
    window.addEventListener("pagehide", () => {
      if (!typed.size || failures) return;
      const headers = { "HX-Request": "true" };
      fetch(form.action, { method: "POST", body: new FormData(form), headers, keepalive: true });
    });
  }

  // An answer of the server never takes the place of what was typed after the question was sent.
  let looking = false;
  let isNews = true;
  let left = null;
  let suggests = false;
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const whole = event.detail.target;
    // Whom to ask is filled in anew, but not while somebody types it.
    if (whole.matches("dialog[open] [data-asks]")) event.detail.shouldSwap = false;
    if (!form || !form.contains(whole) || !whole.classList.contains("question")) return;
    const names = Array.from(whole.querySelectorAll("[name]"), (field) => field.name);
    const since = looking ? 0 : sentAt;
    if (looking && !isNews) event.detail.shouldSwap = false;
    else if (names.some((name) => (typed.get(name) || 0) > since)) event.detail.shouldSwap = false;
    else if (whole.contains(document.activeElement)) {
      left = rowOf(document.activeElement, whole);
      suggests = document.activeElement.getAttribute("aria-expanded") === "true";
    }
  });

  // Items of a list may change places when another's come between: who is in one stays in it.
  function rowOf(field, whole) {
    const item = field.closest(".item");
    const name = /^(.+)\.(\d+)\.(.+)$/.exec(field.name || "");
    return item && name && { whole: whole.id, key: name[1], field: name[3], said: saidIn(item) };
  }

  function saidIn(item) {
    const fields = item.querySelectorAll("input, select, textarea");
    return Array.from(fields, (one) => one.value.trim().toLowerCase()).filter(Boolean);
  }

  function backToRow() {
    if (left) findRow(left);
    left = null;
    // What was being chosen from opens again.
    if (suggests && document.activeElement?.matches("[data-suggest]")) suggest(document.activeElement);
    suggests = false;
  }

  function findRow({ whole, key, field, said }) {
    const items = Array.from(document.getElementById(whole)?.querySelectorAll(".item") || []);
    const alike = items.map((item) => saidIn(item).filter((text) => said.includes(text)).length);
    const place = alike.indexOf(Math.max(...alike));
    if (alike[place] > 0) document.getElementsByName(`${key}.${place}.${field}`)[0]?.focus();
  }
  // After htmx has put the focus back by the field's name.
  document.addEventListener("htmx:oobAfterSwap", () => { if (left || suggests) window.setTimeout(backToRow); });

  function looks() {
    const since = () => Number(document.getElementById("since")?.value || 0);
    let asked = false;
    look.addEventListener("htmx:beforeRequest", () => { asked = true; });
    look.addEventListener("htmx:afterRequest", () => { asked = false; });
    look.addEventListener("htmx:beforeSwap", (event) => {
      const version = Number(event.detail.xhr.getResponseHeader("X-Version") || -1);
      if (version < since()) event.detail.shouldSwap = false;
      looking = event.detail.shouldSwap;
      isNews = version > since();
    });
    look.addEventListener("htmx:afterOnLoad", () => { looking = false; });
    for (const name of ["htmx:sendError", "htmx:responseError", "htmx:beforeRequest", "htmx:afterRequest"]) {
      look.addEventListener(name, (event) => event.stopPropagation());
    }
    look.addEventListener("submit", (event) => event.preventDefault());
    const ask = () => {
      if (!document.hidden && !asked) window.htmx.trigger(look, "look");
    };
    window.setInterval(ask, LOOK_EVERY_MS);
    document.addEventListener("visibilitychange", ask);
  }

  // Suggestions under a field: a combobox as the ARIA practices describe it.
  let asking = 0;
  const list = (box) => document.getElementById(box.getAttribute("aria-controls"));

  function close(box) {
    list(box).hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function choose(box, option) {
    box.value = option.dataset.value;
    close(box);
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function move(box, step) {
    const options = Array.from(list(box).querySelectorAll("[role=option]"));
    if (!options.length) return;
    const now = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const next = options[(now + step + options.length + (now < 0 && step < 0 ? 1 : 0)) % options.length];
    options.forEach((one) => one.setAttribute("aria-selected", String(one === next)));
    box.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  }

  function suggest(box) {
    window.clearTimeout(asking);
    const text = box.value.trim();
    if (text.length < 2) {
      close(box);
      return;
    }
    asking = window.setTimeout(async () => {
      try {
        const place = list(box);
        const address = `${box.dataset.suggest}&q=${encodeURIComponent(text)}&id=${encodeURIComponent(place.id)}`;
        const answer = await fetch(address, { headers: { "HX-Request": "true" } });
        if (!answer.ok || answer.redirected || box.value.trim() !== text || document.activeElement !== box) return;
        place.innerHTML = await answer.text();
        const found = place.querySelector("[role=option]") !== null;
        place.hidden = !found;
        box.setAttribute("aria-expanded", String(found));
      } catch {
        close(box);
      }
    }, 120);
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-suggest]")) suggest(event.target);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches?.("[data-suggest]")) close(event.target);
  });
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest?.(".combo [role=option]");
    if (!option) return;
    event.preventDefault();
    choose(option.closest(".combo").querySelector("[data-suggest]"), option);
  });
  document.addEventListener("keydown", (event) => {
    const box = event.target.closest?.("[data-suggest]");
    if (!box) return;
    const open = !list(box).hidden;
    const chosen = open && list(box).querySelector("[aria-selected=true]");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) move(box, event.key === "ArrowDown" ? 1 : -1);
      else suggest(box);
    } else if (event.key === "Enter" && chosen) {
      event.preventDefault();
      choose(box, chosen);
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      close(box);
    }
  });

  // On the telephone: yes, no, a choice, on and back by keys.
  const interview = document.querySelector("[data-interview]");

  function isText(field) {
    return field?.matches?.("textarea, select, input:not([type=radio]):not([type=checkbox])");
  }

  function press(key, event) {
    const place = interview.querySelector(`[data-key="${key}"]`);
    if (!place) return;
    event.preventDefault();
    place.click();
  }

  function talks() {
    const first = interview.querySelector("input:not([type=hidden]), textarea, select");
    (interview.querySelector("[aria-invalid=true]") || first)?.focus();
    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey && event.key !== "Enter" || event.metaKey) return;
      if (event.key === "PageDown" || event.key === "PageUp") press(event.key, event);
      else if (event.key === "Enter" && (event.ctrlKey || event.target.matches?.("input[type=radio], input[type=checkbox], body"))) press("Enter", event);
      else if (!isText(event.target)) {
        const radios = Array.from(interview.querySelectorAll("input[type=radio]"));
        const wanted = radios.find((one) => one.value.startsWith(event.key.toLowerCase()) && /^[yn]$/i.test(event.key)) || radios[Number(event.key) - 1];
        if (wanted) {
          wanted.checked = true;
          wanted.focus();
        }
      }
    });
  }

  if (interview) talks();
  if (form) fills();
  if (look) looks();
})();
