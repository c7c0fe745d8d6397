// The studio saves each side while it is written, and keeps on the device what the server has not acknowledged.
// Everything on the page works without it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-studio]");
  if (!form) return;
  const PAUSE = 1500;
  const token = form.elements.csrf_token.value;
  const chip = form.querySelector("[data-saved]");
  const texts = [...form.querySelectorAll("textarea[name], input.input[name]")].filter((text) => text.lang);
  const store = "studio:" + form.dataset.studio + ":";
  const waiting = new Map();
  let leaving = false;
  let sending = false;

  const keyOf = (text) => store + (form.dataset.whole || location.pathname) + ":" + text.name;
  const keep = (text) => { try { localStorage.setItem(keyOf(text), text.value); } catch { /* a full or closed store */ } };
  const forget = (text) => { try { localStorage.removeItem(keyOf(text)); } catch { /* as above */ } };
  const kept = (text) => { try { return localStorage.getItem(keyOf(text)); } catch { return null; } };

  function say(state, message) {
    if (!chip) return;
    chip.hidden = false;
    chip.className = "saved" + (state === "sending" ? "" : " saved-" + state);
    chip.textContent = message || chip.dataset[state] || "";
  }

  async function send(text) {
    const seen = document.getElementById(text.name.replace("text-", "seen-"));
    const source = document.getElementById(text.dataset.source);
    const value = text.value;
    say("sending");
    sending = true;
    let answer;
    try {
      answer = await fetch(text.dataset.save, {
        method: "PUT",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ text: value, seen: seen.value, source: source ? source.value : "" }),
      });
    } catch {
      say("device");
      return;
    } finally {
      sending = false;
    }
    const body = await answer.json().catch(() => ({}));
    if (!answer.ok) {
      say("failed", body.message);
      return;
    }
    seen.value = body.seen;
    document.querySelectorAll("[data-changes]").forEach((offer) => { offer.hidden = false; });
    if (text.value === value) forget(text);
    if (!waiting.size) say("server");
  }

  // One request at a time, so that a translation is saved after the source that it follows.
  let queue = Promise.resolve();
  function sendLater(text) {
    clearTimeout(waiting.get(text));
    waiting.set(text, setTimeout(() => {
      waiting.delete(text);
      queue = queue.then(() => leaving || send(text));
    }, PAUSE));
  }

  function changed(event) {
    const text = event.target;
    if (!texts.includes(text)) return;
    keep(text);
    if (text.dataset.save) sendLater(text);
    else say("device");
  }

  form.addEventListener("input", changed);
  // What is on its way would be taken for somebody else's change: let it arrive first.
  form.addEventListener("submit", (event) => {
    leaving = true;
    waiting.forEach((timer) => clearTimeout(timer));
    if (!sending) return;
    event.preventDefault();
    queue.then(() => form.requestSubmit(event.submitter));
  });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("online", () => texts.filter((text) => text.dataset.save && kept(text) !== null).forEach(sendLater));

  // What a menu shows does not lie over the bar at the foot.
  form.addEventListener("toggle", (event) => {
    const bar = form.querySelector(".actionbar");
    if (!bar || !event.target.open || !event.target.matches(".menu")) return;
    const over = event.target.lastElementChild.getBoundingClientRect().bottom - bar.getBoundingClientRect().top;
    if (over > -8) scrollBy(0, over + 8);
  }, true);

  // A question that was saved since has another name.
  if (form.dataset.whole) {
    const whole = store + form.dataset.whole.split(".")[0] + ".";
    const current = store + form.dataset.whole + ":";
    try {
      Object.keys(localStorage).filter((key) => key.startsWith(whole) && !key.startsWith(current))
        .forEach((key) => localStorage.removeItem(key));
    } catch { /* as above */ }
  }

  // What the server acknowledged stands in the page; what it did not is brought back.
  for (const text of texts) {
    const mine = kept(text);
    if (mine === null) continue;
    if (mine === text.value) {
      forget(text);
      continue;
    }
    text.value = mine;
    say("device");
    if (text.dataset.save) sendLater(text);
  }
})();
