// A form that is sent as a whole keeps what is typed on the device until the server has it: a session that ends or a
// line that breaks loses nothing. `data-keep` names it, `data-over` the field that says over what it was written: what
// others saved since is shown by the server, not written over. `data-unsaved`: the page shows what it refused. Each tab
// keeps its own words. Without this script it is a form.
(() => {
  "use strict";
  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const DAY = 24 * 60 * 60 * 1000, LONGEST = 30 * DAY;
  const OURS = "keep:";
  const over = form.elements[form.dataset.over];
  const chip = form.querySelector("[data-saved]");
  const isBox = (field) => ["radio", "checkbox"].includes(field.type);
  const fields = [...form.elements].filter((field) => field.name && !["hidden", "submit", "file"].includes(field.type));
  const attempt = (deed) => { try { return deed(); } catch { return null; /* a full or closed store */ } };
  const read = (name) => attempt(() => JSON.parse(localStorage.getItem(name)));
  const forget = (name) => attempt(() => localStorage.removeItem(name));
  const names = () => (attempt(() => Object.keys(localStorage)) || []).filter((name) => name.startsWith(OURS));
  const tab = attempt(() => (sessionStorage.keepsAs ||= Math.random().toString(36).slice(2))) || "";
  const ofForm = `${OURS}${form.dataset.keep}:`, key = ofForm + tab;

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
    attempt(() => localStorage.setItem(key, JSON.stringify(found)));
  }

  function say() {
    if (!chip) return;
    chip.hidden = false;
    chip.className = "saved saved-device";
    chip.textContent = chip.dataset.device;
  }

  function bringBack(mine) {
    over.value = mine.over;
    for (const field of fields.filter((one) => mine.typed[one.name])) {
      const left = mine.typed[field.name];
      if (isBox(field)) field.checked = left.includes(field.value);
      else if (left.length) field.value = left.shift();
    }
    keep(false);
    say();
  }

  // As the server cleans it: a number may come back in other digits, and what is empty is left out.
  const digit = (one) => String.fromCharCode((one.charCodeAt(0) & 15) + 48);
  const filled = (all) => Object.entries(all).map(([name, values]) => [name, values.filter((one) => one.trim())]);
  const folded = (all) => JSON.stringify(filled(all).filter(([, values]) => values.length))
    .normalize("NFKC").replace(/[٠-٩۰-۹]/g, digit).replace(/\\[nrt]|\s+/g, "");
  // What was sent has arrived where it stands in the page, or where sending it led to this page, written over something
  // else. A verdict that was sent is done once the answer has moved on, by her or by somebody else.
  const [way] = performance.getEntriesByType("navigation");
  const isLed = Boolean(way && way.redirectCount);
  const hasMoved = (mine) => mine.sent && mine.over !== over.value && (isLed || form.dataset.over === "stage");
  const isDone = (mine) => hasMoved(mine) || folded(mine.typed) === folded(typed());

  function comeBack() {
    const found = names().filter((name) => name.startsWith(ofForm)).map((name) => [name, read(name)]);
    const open = found.filter(([name, mine]) => mine && (!isDone(mine) || forget(name)));
    const [newest] = open.sort((one, other) => other[1].at - one[1].at);
    if (!newest) return;
    if (newest[0] !== key) forget(newest[0]);
    bringBack(newest[1]);
  }

  if ("unsaved" in form.dataset) {
    keep(false);
    say();
  } else comeBack();
  // What was sent before this page came, of another form: it led here.
  const last = attempt(() => sessionStorage.keptLast);
  if (isLed && last && !last.startsWith(ofForm)) forget(last);
  for (const name of names().filter((one) => !one.startsWith(ofForm))) {
    const other = read(name);
    if (!other || Date.now() - other.at > (other.sent ? DAY : LONGEST)) forget(name);
  }

  form.addEventListener("input", () => { keep(false); say(); });
  form.addEventListener("submit", () => {
    keep(true);
    attempt(() => { sessionStorage.keptLast = key; });
  });
})();
