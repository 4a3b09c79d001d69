// Draws a signature with a finger, a pen or the mouse; without this it is typed.
(function () {
  "use strict";
  const canvas = document.getElementById("drawing");
  if (!canvas || !canvas.getContext) return;
  const form = canvas.closest("form");
  const kept = form.elements.strokes;
  const ways = form.querySelector("[data-signature-ways]");
  const pen = canvas.getContext("2d");
  const POINTS_MAX = 2900, LINES_MAX = 58, APART = 4;
  let lines = read(kept.value);
  let line = null;
  let pointer = null;

  function read(text) {
    const found = text.split(";").map((one) => one.trim().split(/\s+/)
      .map((point) => point.split(",").map(Number)));
    return found.filter((one) => one[0].length === 2 && one.flat().every(Number.isFinite));
  }

  function count() {
    return lines.reduce((sum, one) => sum + one.length, 0);
  }

  function keep() {
    kept.value = lines.map((one) => one.map((point) => point.join(",")).join(" ")).join(";");
  }

  function draw() {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.strokeStyle = "#cbd5dd";
    pen.lineWidth = 2;
    trace([[40, 240], [960, 240]]);
    pen.strokeStyle = "#14263a";
    pen.lineWidth = 6;
    pen.lineCap = pen.lineJoin = "round";
    lines.forEach(trace);
  }

  function trace(points) {
    pen.beginPath();
    pen.moveTo(points[0][0], points[0][1]);
    points.forEach(([x, y]) => pen.lineTo(x, y));
    if (points.length === 1) pen.lineTo(points[0][0] + 0.1, points[0][1]);
    pen.stroke();
  }

  function place(event) {
    const box = canvas.getBoundingClientRect();
    const x = Math.round(((event.clientX - box.left) / box.width) * 1000);
    const y = Math.round(((event.clientY - box.top) / box.height) * 300);
    return [Math.min(1000, Math.max(0, x)), Math.min(300, Math.max(0, y))];
  }

  function add(event) {
    const next = place(event);
    const last = line[line.length - 1];
    if (last && Math.hypot(next[0] - last[0], next[1] - last[1]) < APART) return;
    if (count() < POINTS_MAX) line.push(next);
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (pointer !== null || event.button !== 0 || lines.length >= LINES_MAX || count() >= POINTS_MAX) return;
    event.preventDefault();
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
    line = [];
    lines.push(line);
    add(event);
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer) return;
    const all = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
    (all.length ? all : [event]).forEach(add);
    draw();
  });
  function lift(event) {
    if (event.pointerId !== pointer) return;
    pointer = line = null;
    canvas.classList.remove("is-wrong");
    keep();
  }
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  form.querySelector("[data-clear]").addEventListener("click", () => {
    lines = [];
    keep();
    draw();
  });

  function show() {
    const way = form.elements.method.value;
    for (const part of form.querySelectorAll("[data-signature]")) part.hidden = part.dataset.signature !== way;
    if (way === "drawn") draw();
  }
  ways.hidden = false;
  ways.addEventListener("change", show);
  show();
})();
