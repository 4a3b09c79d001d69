// The page viewer: shows a page large, and gathers what is to be done with the pages.
(function () {
  "use strict";
  const viewer = document.getElementById("viewer");
  if (!viewer) return;
  const NS = "http://www.w3.org/2000/svg";
  const stage = document.getElementById("stage");
  const list = document.getElementById("leaves");
  const place = document.getElementById("place");
  const keep = document.getElementById("keep");
  const black = viewer.querySelector("[data-view=black]");
  const state = new Map();
  let current = null;
  let zoom = 1;
  let drawing = null;
  let before = "";

  function of(leaf) {
    if (!state.has(leaf)) state.set(leaf, { turned: 0, black: [], out: false, cut: false });
    return state.get(leaf);
  }

  function leaves() {
    return Array.from(list.children);
  }

  function plan() {
    const parts = [[]];
    for (const leaf of leaves()) {
      const told = of(leaf);
      if (told.cut && parts[parts.length - 1].length) parts.push([]);
      if (told.out) continue;
      parts[parts.length - 1].push({ paper: leaf.dataset.paper, page: Number(leaf.dataset.page), turned: told.turned, black: told.black });
    }
    return JSON.stringify({ parts: parts.filter((part) => part.length) });
  }

  function changed() {
    if (!keep) return;
    const now = plan();
    keep.elements.plan.value = now;
    keep.querySelector("[type=submit]").disabled = now === before || now === '{"parts":[]}';
  }

  function made(name, attributes) {
    const one = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
    return one;
  }

  function draw() {
    const leaf = current;
    const told = of(leaf);
    const picture = new Image();
    picture.onload = () => {
      if (leaf !== current) return;
      const width = picture.naturalWidth;
      const height = picture.naturalHeight;
      const lies = told.turned % 180 === 90;
      const svg = made("svg", { viewBox: lies ? `0 0 ${height} ${width}` : `0 0 ${width} ${height}`, role: "img", "aria-label": `${viewer.dataset.sayPage} ${leaf.dataset.page}` });
      const turn = { 0: "", 90: `translate(${height} 0) rotate(90)`, 180: `translate(${width} ${height}) rotate(180)`, 270: `translate(0 ${width}) rotate(270)` }[told.turned];
      const sheet = made("g", turn ? { transform: turn } : {});
      sheet.append(made("image", { href: picture.src, width, height }));
      if (told.black.length) svg.setAttribute("role", "group");
      told.black.forEach((box, number) => sheet.append(rectangle(box, number, width, height)));
      svg.append(sheet);
      svg.dataset.width = width;
      svg.dataset.height = height;
      stage.replaceChildren(svg);
    };
    picture.src = zoom > 1 ? leaf.dataset.large : leaf.dataset.picture;
  }

  function rectangle(box, number, width, height) {
    const [left, top, right, bottom] = box;
    return made("rect", { class: "black", x: left * width, y: top * height, width: (right - left) * width, height: (bottom - top) * height, tabindex: 0, role: "img", "data-number": number, "aria-label": viewer.dataset.sayBlack });
  }

  function show(leaf) {
    if (!leaf) return;
    current?.removeAttribute("aria-current");
    current = leaf;
    leaf.setAttribute("aria-current", "true");
    place.textContent = `${leaves().indexOf(leaf) + 1} / ${leaves().length}`;
    draw();
  }

  function step(by) {
    const all = leaves();
    show(all[Math.min(Math.max(all.indexOf(current) + by, 0), all.length - 1)]);
    current.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function turn(leaf) {
    const told = of(leaf);
    leaf.classList.remove(`turned-${told.turned}`);
    told.turned = (told.turned + 90) % 360;
    if (told.turned) leaf.classList.add(`turned-${told.turned}`);
    if (leaf === current) draw();
    changed();
  }

  function size(by) {
    stage.classList.remove(`zoom-${zoom}`);
    zoom = Math.min(Math.max(zoom + by, 0), 3);
    stage.classList.add(`zoom-${zoom}`);
    draw();
  }

  function press(button, leaf, what, name) {
    const told = of(leaf);
    told[what] = !told[what];
    button.setAttribute("aria-pressed", String(told[what]));
    leaf.classList.toggle(name, told[what]);
    changed();
  }

  function move(leaf, by) {
    const beside = by < 0 ? leaf.previousElementSibling : leaf.nextElementSibling;
    if (!beside) return;
    if (by < 0) beside.before(leaf);
    else beside.after(leaf);
    changed();
    show(current);
  }

  list.addEventListener("click", (event) => {
    const leaf = event.target.closest(".leaf");
    if (!leaf) return;
    const tool = event.target.closest("[data-leaf]");
    if (!tool) return void show(leaf);
    const what = tool.dataset.leaf;
    if (what === "up") move(leaf, -1);
    else if (what === "down") move(leaf, 1);
    else if (what === "turn") turn(leaf);
    else if (what === "cut") press(tool, leaf, "cut", "begins");
    else if (what === "out") press(tool, leaf, "out", "is-out");
    tool.focus();
  });

  function blacken(on) {
    if (!black) return;
    black.setAttribute("aria-pressed", String(on));
    stage.classList.toggle("blackens", on);
  }

  viewer.addEventListener("click", (event) => {
    const what = event.target.closest("[data-view]")?.dataset.view;
    if (what === "previous") step(-1);
    else if (what === "next") step(1);
    else if (what === "in") size(1);
    else if (what === "out") size(-1);
    else if (what === "turn") turn(current);
    else if (what === "black") blacken(black.getAttribute("aria-pressed") !== "true");
    else if (what === "box") {
      of(current).black.push([0.25, 0.45, 0.75, 0.5]);
      changed();
      draw();
    }
  });

  function at(event) {
    const svg = stage.querySelector("svg");
    const sheet = svg.querySelector("g");
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(sheet.getScreenCTM().inverse());
    const share = (value, whole) => Math.min(Math.max(value / whole, 0), 1);
    return [share(point.x, svg.dataset.width), share(point.y, svg.dataset.height)];
  }

  function between([a, b], [c, d]) {
    return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)].map((side) => Math.round(side * 10000) / 10000);
  }

  stage.addEventListener("pointerdown", (event) => {
    if (!stage.classList.contains("blackens") || !event.target.closest("svg") || event.button) return;
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    drawing = { from: at(event), rect: made("rect", { class: "black" }) };
    stage.querySelector("svg g").append(drawing.rect);
  });
  stage.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    const svg = stage.querySelector("svg");
    const [left, top, right, bottom] = between(drawing.from, at(event));
    const whole = { x: left * svg.dataset.width, y: top * svg.dataset.height, width: (right - left) * svg.dataset.width, height: (bottom - top) * svg.dataset.height };
    for (const [key, value] of Object.entries(whole)) drawing.rect.setAttribute(key, value);
  });
  function ended(event) {
    if (!drawing) return;
    const box = between(drawing.from, at(event));
    drawing = null;
    if (box[2] - box[0] > 0.004 && box[3] - box[1] > 0.004) of(current).black.push(box);
    changed();
    draw();
  }
  stage.addEventListener("pointerup", ended);
  stage.addEventListener("pointercancel", () => { drawing = null; draw(); });

  function nudge(event, rect) {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const number = Number(rect.dataset.number);
    const boxes = of(current).black;
    if (event.key === "Delete" || event.key === "Backspace") boxes.splice(number, 1);
    else if (!by) return false;
    else {
      const [left, top, right, bottom] = boxes[number];
      const [dx, dy] = by.map((one) => one * 0.01);
      const moved = event.shiftKey ? [left, top, right + dx, bottom + dy] : [left + dx, top + dy, right + dx, bottom + dy];
      const fits = moved.every((side) => side >= 0 && side <= 1) && moved[0] < moved[2] - 0.004 && moved[1] < moved[3] - 0.004;
      if (fits) boxes[number] = moved.map((side) => Math.round(side * 10000) / 10000);
    }
    changed();
    const svg = stage.querySelector("svg");
    const sheet = svg.querySelector("g");
    sheet.querySelectorAll("rect").forEach((one) => one.remove());
    boxes.forEach((box, place) => sheet.append(rectangle(box, place, svg.dataset.width, svg.dataset.height)));
    (sheet.querySelectorAll("rect")[number] || stage).focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const rect = event.target.closest?.("rect.black");
    if (rect) {
      if (nudge(event, rect)) event.preventDefault();
      return;
    }
    const key = event.key.toLowerCase();
    if (key === "arrowright" || key === "pagedown") step(1);
    else if (key === "arrowleft" || key === "pageup") step(-1);
    else if (key === "+" || key === "=") size(1);
    else if (key === "-") size(-1);
    else if (key === "r") turn(current);
    else return;
    event.preventDefault();
  });

  document.getElementById("more")?.addEventListener("change", (event) => {
    leaves().filter((leaf) => leaf.dataset.added).forEach((leaf) => leaf.remove());
    const chosen = event.target.selectedOptions[0];
    for (const told of JSON.parse(chosen.dataset.leaves || "[]")) {
      const leaf = list.firstElementChild.cloneNode(true);
      leaf.className = "leaf";
      leaf.removeAttribute("aria-current");
      Object.assign(leaf.dataset, { paper: told.paper, page: told.page, picture: told.picture, large: told.large, added: "yes" });
      leaf.querySelector("img").src = told.thumb;
      leaf.querySelector(".leaf-number").textContent = `+${told.page}`;
      leaf.querySelectorAll("[aria-pressed]").forEach((button) => button.setAttribute("aria-pressed", "false"));
      list.append(leaf);
    }
    changed();
    show(current.isConnected ? current : leaves()[0]);
  });

  before = plan();
  show(leaves()[Number(viewer.dataset.page) - 1] || leaves()[0]);
})();
