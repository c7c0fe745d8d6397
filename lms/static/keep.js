// A form that is sent as a whole keeps what is typed on the device until the server has it: a session that ends or a
// line that breaks loses nothing. `data-keep` names it, `data-over` the field that says over what it was written: what
// others saved since is shown by the server, not written over. Without this script it is a form.
(() => {
  "use strict";
  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const DAY = 24 * 60 * 60 * 1000;
  const OURS = "keep:";
  const key = OURS + form.dataset.keep;
  const over = form.elements[form.dataset.over];
  const chip = form.querySelector("[data-saved]");
  const isBox = (field) => ["radio", "checkbox"].includes(field.type);
  const fields = [...form.elements].filter((field) => field.name && !["hidden", "submit", "file"].includes(field.type));
  const read = (name) => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };
  const forget = (name) => { try { localStorage.removeItem(name); } catch { /* a closed store */ } };

  function typed() {
    const found = {};
    for (const field of fields) {
      const values = found[field.name] ||= [];
      if (!isBox(field) || field.checked) values.push(field.value);
    }
    return found;
  }

  function keep(sent) {
    const found = { over: over.value, sent, at: Date.now(), typed: typed() };
    try { localStorage.setItem(key, JSON.stringify(found)); } catch { /* a full or closed store */ }
  }

  function say() {
    if (!chip) return;
    chip.hidden = false;
    chip.className = "saved saved-device";
    chip.textContent = chip.dataset.device;
  }

  function bringBack(mine) {
    const left = structuredClone(mine.typed);
    over.value = mine.over;
    for (const field of fields.filter((one) => left[one.name])) {
      if (isBox(field)) field.checked = left[field.name].includes(field.value);
      else if (left[field.name].length) field.value = left[field.name].shift();
    }
    say();
  }

  // What was sent has arrived where the form is now written over something else; so had, of another form, what was
  // sent a day ago.
  const isDone = (mine) => (mine.sent && mine.over !== over.value) || JSON.stringify(mine.typed) === JSON.stringify(typed());
  const mine = read(key);
  if (mine && isDone(mine)) forget(key);
  else if (mine) bringBack(mine);
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(OURS) && one !== key)) {
    const other = read(name);
    if (other && other.sent && Date.now() - other.at > DAY) forget(name);
  }

  form.addEventListener("input", () => { keep(false); say(); });
  form.addEventListener("submit", () => keep(true));
})();
