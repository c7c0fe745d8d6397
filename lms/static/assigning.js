// Gives items their places by dragging: a match to its item, an item to its group. What is sent stays in the lists and
// buttons that the page has without this script; both ways are open.
(() => {
  "use strict";
  for (const field of document.querySelectorAll("[data-assigning]")) {
    const said = field.querySelector("[data-said]"), zones = field.querySelector("[data-zones]");
    const places = () => [...field.querySelectorAll("[data-place]:not(.zones-bar *)")];
    const rows = [...field.querySelectorAll("[data-row]")];
    const words = (part) => part.querySelector("[data-words]").textContent.trim();
    const chosen = (row) => row.querySelector("select, input:checked")?.value;
    let bar, over;

    const paint = () => {
      for (const place of places()) {
        const here = rows.filter((row) => chosen(row) === place.dataset.place), list = place.querySelector("[data-inside]");
        place.classList.toggle("used", here.length > 0);
        list?.replaceChildren(...here.map((row) => Object.assign(document.createElement("li"), { textContent: words(row) })));
      }
    };
    const choose = (row, place) => {
      const value = place.dataset.place, control = row.querySelector(`select, input[value="${CSS.escape(value)}"]`);
      said.textContent = said.dataset.said.replace("{item}", words(row)).replace("{place}", words(place));
      if (chosen(row) === value) return;
      if (control.matches("select")) control.value = value;
      else control.checked = true;
      control.dispatchEvent(new Event("change", { bubbles: true }));
    };

    // Rows take places; places take rows.
    const target = (item, under) => {
      const found = under?.closest("place" in item.dataset ? "[data-row]" : "[data-place]");
      return found && field.contains(found) ? found : null;
    };
    const mark = (found) => {
      if (found === over) return;
      over?.classList.remove("over");
      over = found;
      over?.classList.add("over");
    };
    const stop = () => {
      mark(null);
      bar?.remove();
      bar = undefined;
      field.classList.remove("zones-open");
    };
    // All of it, with nothing over it.
    const isSeen = () => [...zones.children].every((zone) => {
      const { left, width, top, height } = zone.getBoundingClientRect();
      return zone.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    });

    field.addEventListener("drag:start", () => {
      field.classList.add("zones-open");
      if (!zones || isSeen()) return;
      bar = zones.cloneNode(true);
      bar.classList.add("zones-bar");
      bar.querySelectorAll("[data-inside]").forEach((list) => list.remove());
      field.append(bar);
    });
    field.addEventListener("drag:move", (event) => {
      mark(target(event.target, event.detail.under));
      if (bar && event.detail.y > bar.getBoundingClientRect().top) event.preventDefault();
    });
    field.addEventListener("drag:drop", (event) => {
      const found = over, item = event.target;
      stop();
      if (found) choose(...("place" in item.dataset ? [found, item] : [item, found]));
    });
    field.addEventListener("drag:cancel", stop);
    field.addEventListener("change", paint);
    addEventListener("pageshow", paint);

    field.querySelectorAll("[data-grip], [data-bank], [data-moving]").forEach((part) => { part.hidden = false; });
    field.querySelector("[data-plain]").hidden = true;
    paint();
  }
})();
