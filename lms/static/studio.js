// The studio saves each side while it is written, and keeps on the device what the server has not acknowledged, with
// what it was written over: brought back, it is written over nothing newer. Everything on the page works without it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-studio]");
  if (!form) return;
  const PAUSE = 1500;
  const PAUSE_AFTER_FAILURE = 15000;
  const LONGEST_WAIT = 4000;
  // A line that is away for hours must not fill the store.
  const MOST_UNANSWERED = 10;
  const token = form.elements.csrf_token.value;
  const chip = form.querySelector("[data-saved]");
  const signIn = form.querySelector("[data-sign-in]");
  const isMerge = "merge" in form.dataset;
  const texts = [...form.querySelectorAll("[name^=text-]")];
  const store = "studio:" + form.dataset.studio + ":";
  const waiting = new Map();
  const unanswered = new Map();
  let leaving = false;
  let sending = false;

  const primary = () => form.querySelector(".btn-primary");
  const keyOf = (text) => store + text.name;
  const seenOf = (text) => document.getElementById(text.name.replace("text-", "seen-"));
  const forget = (text) => { try { localStorage.removeItem(keyOf(text)); } catch { /* a closed store */ } };
  const kept = (text) => { try { return JSON.parse(localStorage.getItem(keyOf(text))); } catch { return null; } };

  // What went to the server it may have taken although its answer did not arrive: then it is nobody else's.
  const isOurs = (sent, words) => (sent || []).some((one) => one.trim() === words.trim());

  function keep(text, seen) {
    const found = { text: text.value, seen, sent: unanswered.get(text) };
    try { localStorage.setItem(keyOf(text), JSON.stringify(found)); } catch { /* a full or closed store */ }
  }

  function say(state, message) {
    if (!chip) return;
    chip.hidden = false;
    chip.className = "saved" + (state === "sending" ? "" : " saved-" + state);
    chip.textContent = message || chip.dataset[state] || "";
  }

  async function ask(text, value) {
    const source = document.getElementById(text.dataset.source);
    sending = true;
    try {
      return await fetch(text.dataset.save, {
        method: "PUT",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ text: value, seen: seenOf(text).value, source: source ? source.value : "" }),
      });
    } finally {
      sending = false;
    }
  }

  async function send(text) {
    const value = text.value;
    say("sending");
    const sent = unanswered.get(text) || [];
    unanswered.set(text, [...new Set([...sent, value])].slice(-MOST_UNANSWERED));
    keep(text, seenOf(text).value);
    let answer;
    try {
      answer = await ask(text, value);
    } catch {
      say("device");
      sendLater(text, PAUSE_AFTER_FAILURE);
      return;
    }
    // What stands between may tell of a fault although the words arrived.
    if (answer.status < 500) unanswered.delete(text);
    const body = await answer.json().catch(() => ({}));
    if (answer.ok) {
      acknowledge(text, value, body.seen);
    } else if (answer.status === 409 && isOurs(sent, body.text || "")) {
      seenOf(text).value = body.seen;
      await send(text);
    } else {
      refuse(text, answer.status, body);
    }
  }

  function acknowledge(text, value, seen) {
    seenOf(text).value = seen;
    if (signIn) signIn.hidden = true;
    document.querySelectorAll("[data-changes]").forEach((offer) => { offer.hidden = false; });
    // Another tab may have kept its own words since.
    const mine = kept(text);
    if (text.value !== value) keep(text, seen);
    else if (mine && mine.text === value) forget(text);
    if (!waiting.size) say("server");
  }

  function refuse(text, status, body) {
    if (signIn) signIn.hidden = status !== 401;
    if (status >= 500) {
      say("device");
      sendLater(text, PAUSE_AFTER_FAILURE);
    } else say("failed", status === 401 && chip ? chip.dataset.ended : body.message || body.title);
  }

  // One request at a time, so that a translation is saved after the source that it follows.
  let queue = Promise.resolve();
  function sendLater(text, pause = PAUSE) {
    clearTimeout(waiting.get(text));
    waiting.set(text, setTimeout(() => {
      waiting.delete(text);
      queue = queue.then(() => leaving || send(text));
    }, pause));
  }

  // Without waiting for the pause; done when the server has answered, or does not answer.
  function sendNow() {
    texts.filter((text) => waiting.has(text) || kept(text)).forEach((text) => sendLater(text, 0));
    return new Promise((done) => {
      setTimeout(() => queue.then(done));
      setTimeout(done, LONGEST_WAIT);
    });
  }

  function changed(event) {
    const text = event.target;
    if (!texts.includes(text)) return;
    // Until two versions are merged, what was seen is what was seen before.
    const mine = isMerge && kept(text);
    keep(text, mine ? mine.seen : seenOf(text).value);
    if (!isMerge) sendLater(text);
  }

  form.addEventListener("input", changed);
  // What is on its way would be taken for somebody else's change: let it arrive first.
  form.addEventListener("submit", (event) => {
    if (isMerge) texts.forEach((text) => keep(text, seenOf(text).value));
    waiting.forEach((timer) => clearTimeout(timer));
    if (sending) {
      event.preventDefault();
      queue.then(() => (event.submitter || primary()).click());
    } else leaving = true;
  });
  addEventListener("pageshow", () => { leaving = false; });
  // The page behind a link, such as the preview, shows what was typed a moment ago.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || link.target || !isPlain || !(waiting.size || sending)) return;
    event.preventDefault();
    sendNow().then(() => location.assign(link.href));
  });
  document.addEventListener("keydown", (event) => {
    if (event.code !== "KeyS" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (texts.includes(event.target) && !isMerge) sendNow();
    else primary().click();
  });
  form.addEventListener("click", (event) => { if (event.target.closest("[data-forget]")) texts.forEach(forget); });
  addEventListener("online", () => texts.filter((text) => !isMerge && kept(text)).forEach((text) => sendLater(text)));

  // What a menu shows does not lie over the bar at the foot.
  form.addEventListener("toggle", (event) => {
    const bar = form.querySelector(".actionbar");
    if (!bar || !event.target.open || !event.target.matches(".menu")) return;
    const over = event.target.lastElementChild.getBoundingClientRect().bottom - bar.getBoundingClientRect().top;
    if (over > -8) scrollBy(0, over + 8);
  }, true);

  // What the server acknowledged stands in the page; what it did not is brought back.
  function bringBack(text) {
    const mine = kept(text);
    if (!mine) return;
    if (mine.text === text.defaultValue) {
      forget(text);
      return;
    }
    if (!isOurs(mine.sent, text.defaultValue)) seenOf(text).value = mine.seen;
    text.value = mine.text;
    say("device");
    sendLater(text);
  }

  if (!isMerge) texts.forEach(bringBack);
})();
