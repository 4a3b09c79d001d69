// Arrow keys walk from the search box through what was found and back.
(function () {
  "use strict";
  document.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const box = document.getElementById("search-box");
    const hits = Array.from(document.querySelectorAll("[data-hit]"));
    const at = hits.indexOf(document.activeElement);
    if (document.activeElement !== box && at < 0) return;
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    const target = next < 0 ? box : hits[next];
    if (!target) return;
    event.preventDefault();
    target.focus();
  });
})();
