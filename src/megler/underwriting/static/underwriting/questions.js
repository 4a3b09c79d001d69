// The box for questions: Enter asks, and what is typed while an answer is on its way stays.
(function () {
  "use strict";
  const form = document.getElementById("ask-form");
  if (!form) return;
  const box = document.getElementById("question");
  const answer = document.getElementById("asked");
  let sent = new Map();

  function fields() {
    return Array.from(answer.querySelectorAll("input[id],select[id]"));
  }

  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[type=submit]"));
  });
  answer.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = event.target.closest("details.chip[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  answer.addEventListener("click", (event) => {
    const example = event.target.closest(".ask-example");
    if (example) box.value = example.textContent.trim();
  });

  // What was typed after the question went out is typed into the new answer's fields again.
  form.addEventListener("htmx:beforeRequest", () => {
    sent = new Map(fields().map((one) => [one.id, one.value]));
  });
  let typed = [];
  let from = "";
  answer.addEventListener("htmx:beforeSwap", () => {
    typed = fields().filter((one) => sent.has(one.id) && sent.get(one.id) !== one.value)
      .map((one) => [one.id, one.value]);
    from = document.activeElement.closest?.("details.chip")?.id || "";
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target !== answer) return;
    // A chip that was changed closes, and the keyboard goes on from it.
    for (const chip of answer.querySelectorAll("details.chip[open]:not(.chip-wrong)")) chip.open = false;
    if (from && document.activeElement === document.body) {
      document.getElementById(from)?.querySelector("summary").focus();
    }
    for (const [id, value] of typed.splice(0)) {
      const place = document.getElementById(id);
      if (!place) continue;
      place.value = value;
      place.closest("details")?.setAttribute("open", "");
    }
  });
  form.addEventListener("htmx:afterRequest", () => {
    for (const one of form.elements) {
      one.classList.remove("waiting");
      if (one.tagName === "BUTTON") one.removeAttribute("aria-disabled");
    }
  });
})();
