// Blocks and parts are moved by dragging their handle, or with the arrow keys on it; the menu does it without script.
(() => {
  "use strict";
  const MOVED = "studio:moved";
  let dragged = null;

  function submit(form, value) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "do", value });
    form.append(field);
    form.requestSubmit();
  }

  function move(handle, direction) {
    try { sessionStorage.setItem(MOVED, handle.dataset.handle); } catch { /* a closed store */ }
    submit(handle.form, `${direction}:${handle.dataset.handle}`);
  }

  function before(item, event) {
    const box = item.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2;
  }

  // Behind which one it was dropped; none: it is the first.
  function placeAt(item, event, items) {
    const at = items.indexOf(item) - (before(item, event) ? 1 : 0);
    const found = items[at] === dragged ? items[at - 1] : items[at];
    return found ? found.dataset.item : "first";
  }

  for (const handle of document.querySelectorAll("[data-handle]")) {
    const item = handle.closest("[data-item]");
    handle.hidden = false;
    handle.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
      event.preventDefault();
      move(handle, event.key === "ArrowUp" ? "up" : "down");
    });
    handle.addEventListener("pointerdown", () => { item.draggable = true; });
    handle.addEventListener("pointerup", () => { item.draggable = false; });
    item.addEventListener("dragstart", (event) => {
      if (!item.draggable) return;
      dragged = item;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", item.dataset.item);
    });
    item.addEventListener("dragend", () => { dragged = null; item.draggable = false; });
    item.addEventListener("dragover", (event) => {
      if (!dragged || dragged === item) return;
      event.preventDefault();
      item.classList.toggle("drop-before", before(item, event));
      item.classList.toggle("drop-after", !before(item, event));
    });
    item.addEventListener("dragleave", () => item.classList.remove("drop-before", "drop-after"));
    item.addEventListener("drop", (event) => {
      if (!dragged) return;
      event.preventDefault();
      const items = [...document.querySelectorAll("[data-item]")];
      const form = handle.form;
      submit(form, `place:${dragged.dataset.item}:${placeAt(item, event, items)}`);
    });
  }

  let moved = null;
  try { moved = sessionStorage.getItem(MOVED); sessionStorage.removeItem(MOVED); } catch { /* as above */ }
  const handle = moved && document.querySelector(`[data-handle="${CSS.escape(moved)}"]`);
  // After the browser has gone to the place in the address, which takes the focus away.
  if (handle) addEventListener("load", () => setTimeout(() => handle.focus()));
})();
