// Puts the items of an ordering question in order by buttons, keys and dragging. What is sent stays in the lists of
// places that the page has without this script.
(() => {
  "use strict";
  for (const list of document.querySelectorAll("[data-ordering]")) {
    const field = list.closest("fieldset"), said = field.querySelector("[data-said]");
    const items = () => [...list.querySelectorAll(":scope > [data-item]")];
    const select = (item) => item.querySelector("select");
    const numeral = (item, at) => select(item).options[at].textContent;
    const keep = field.querySelector("[data-keep]");
    const isPlaced = () => items().every((item) => select(item).value);

    const number = () => {
      const all = items();
      keep.parentElement.hidden = isPlaced();
      all.forEach((item, at) => {
        item.querySelector("[data-n]").textContent = isPlaced() ? numeral(item, at + 1) : "–";
        const [up, down] = item.querySelectorAll("[data-by]");
        up.setAttribute("aria-disabled", String(at === 0));
        down.setAttribute("aria-disabled", String(at === all.length - 1));
      });
    };
    const settle = () => {
      items().forEach((item, at) => { select(item).value = String(at + 1); });
      number();
      select(items()[0]).dispatchEvent(new Event("change", { bubbles: true }));
    };
    const tell = (item) => {
      const at = items().indexOf(item) + 1;
      said.textContent = said.dataset.said.replace("{item}", item.querySelector("[data-words]").textContent.trim())
        .replace("{place}", numeral(item, at)).replace("{total}", numeral(item, items().length));
    };
    const move = (item, by) => {
      const all = items(), to = all.indexOf(item) + by;
      if (to < 0 || to >= all.length) return;
      if (by < 0) all[to].before(item);
      else all[to].after(item);
      settle();
      tell(item);
    };

    list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-by]");
      if (!button) return;
      move(button.closest("[data-item]"), Number(button.dataset.by));
      button.focus();
    });
    list.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key], button = event.target.closest("[data-by]");
      if (!by || !button) return;
      event.preventDefault();
      move(button.closest("[data-item]"), by);
      button.focus();
    });
    keep.addEventListener("click", () => { settle(); select(items()[0]).closest("li").querySelector("[data-by='1']").focus(); });

    // The others go round it: taken out of the page for a moment, it would lose the pointer.
    const middle = (one) => { const box = one.getBoundingClientRect(); return box.top + box.height / 2; };
    let before;
    list.addEventListener("drag:start", () => { before = items(); });
    list.addEventListener("drag:move", ({ target: item, detail: { y } }) => {
      for (let next; (next = item.nextElementSibling) && y > middle(next);) item.before(next);
      for (let last; (last = item.previousElementSibling) && y < middle(last);) item.after(last);
    });
    list.addEventListener("drag:drop", ({ target: item }) => {
      if (items().every((one, at) => one === before[at])) return;
      settle();
      tell(item);
    });
    list.addEventListener("drag:cancel", () => list.append(...before));

    field.querySelectorAll("[data-n], [data-grip], [data-moves], [data-moving]").forEach((part) => { part.hidden = false; });
    field.querySelector("[data-plain]").hidden = true;
    // An answer that was kept on this device may have come back into the lists.
    list.append(...items().sort((one, other) => (Number(select(one).value) || 99) - (Number(select(other).value) || 99)));
    items().forEach((item) => { select(item).hidden = true; });
    number();
  }
})();
