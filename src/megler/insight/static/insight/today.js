// Today by keys: j and k go down and up, Enter follows the link, d does the usual act, z puts off.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const rows = [...document.querySelectorAll("[data-wait]")];
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[here];
  if (event.key === "j" || event.key === "k") {
    const next = rows[Math.min(Math.max(here + (event.key === "j" ? 1 : -1), 0), rows.length - 1)];
    next?.querySelector(".wait-what")?.focus();
    next?.scrollIntoView({ block: "nearest" });
  } else if (event.key === "d") {
    row?.querySelector("[data-usual]")?.requestSubmit();
  } else if (event.key === "z") {
    row?.querySelector("[data-put-off]")?.click();
  } else {
    return;
  }
  event.preventDefault();
});
