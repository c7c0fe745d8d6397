// Blocks and parts are moved by dragging their handle, or with the arrow keys on it; the menu does it without script.
(() => {
  "use strict";
  const MOVED = "studio:moved";

  function submit(form, value) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "do", value });
    form.append(field);
    form.requestSubmit();
  }

  function move(handle, direction) {
    try { sessionStorage.setItem(MOVED, handle.dataset.handle); } catch { /* a closed store */ }
    submit(handle.form, `${direction}:${handle.dataset.handle}`);
  }

  const items = () => [...document.querySelectorAll("[data-item]")];
  const unmark = () => items().forEach((item) => item.classList.remove("drop-before", "drop-after"));

  // The one that the pointer is nearest to, and whether what is carried goes before it.
  function targetAt(y, dragged) {
    const far = (item) => { const box = item.getBoundingClientRect(); return Math.max(box.top - y, y - box.bottom); };
    const found = items().reduce((one, other) => (far(other) < far(one) ? other : one));
    const box = found.getBoundingClientRect();
    return found === dragged ? null : { item: found, before: y < box.top + box.height / 2 };
  }

  // Behind which one it was dropped; none: it is the first.
  function placeAt({ item, before }, dragged) {
    const all = items(), at = all.indexOf(item) - (before ? 1 : 0);
    const found = all[at] === dragged ? all[at - 1] : all[at];
    return found ? found.dataset.item : "first";
  }

  document.addEventListener("drag:move", ({ target: dragged, detail: { y } }) => {
    const found = targetAt(y, dragged);
    unmark();
    found?.item.classList.add(found.before ? "drop-before" : "drop-after");
  });
  document.addEventListener("drag:cancel", unmark);
  document.addEventListener("drag:drop", ({ target: dragged, detail: { y } }) => {
    const found = targetAt(y, dragged), handle = dragged.querySelector("[data-handle]");
    unmark();
    if (found) submit(handle.form, `place:${dragged.dataset.item}:${placeAt(found, dragged)}`);
  });

  for (const handle of document.querySelectorAll("[data-handle]")) {
    handle.hidden = false;
    handle.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
      event.preventDefault();
      move(handle, event.key === "ArrowUp" ? "up" : "down");
    });
  }

  let moved = null;
  try { moved = sessionStorage.getItem(MOVED); sessionStorage.removeItem(MOVED); } catch { /* as above */ }
  const handle = moved && document.querySelector(`[data-handle="${CSS.escape(moved)}"]`);
  // After the browser has gone to the place in the address, which takes the focus away.
  if (handle) addEventListener("load", () => setTimeout(() => handle.focus()));
})();
