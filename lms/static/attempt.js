// Saves answers as they are given. What the server does not have yet is kept on this device, by person and attempt,
// and sent with the same key until there is a receipt. Without this script the page is a form with a Save button.
(() => {
  const keys = (prefix) => Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  const settled = document.querySelector("[data-settled]");
  if (settled) keys(`tashbik.${settled.dataset.settled}.`).forEach((key) => localStorage.removeItem(key));

  // On which page "Submit" was pressed, until the page that it leads to is there: what did not get through stays said.
  const store = (deed) => { try { return deed(sessionStorage); } catch { /* a closed store */ } };
  const told = document.querySelector("[data-not-submitted]");
  const pressed = `tashbik.pressed.${settled?.dataset.settled || told?.dataset.notSubmitted}`;
  const tell = () => { if (told) told.hidden = !store((kept) => kept.getItem(pressed)); };
  const forgetPress = () => { store((kept) => kept.removeItem(pressed)); tell(); };
  if (settled || (told?.dataset.page === "confirm" && store((kept) => kept.getItem(pressed)) === "attempt")) forgetPress();
  if (told) {
    told.closest("form").addEventListener("submit", (event) => {
      if (event.submitter?.matches("[data-submits]")) store((kept) => kept.setItem(pressed, told.dataset.page));
    });
    told.querySelector("button").addEventListener("click", forgetPress);
    addEventListener("pageshow", (event) => {
      tell();
      // A page that the browser kept: the answer may have been lost, and not what was submitted. The server knows.
      if (event.persisted && !told.hidden) fetch(location.href, { cache: "no-store" }).then(() => location.reload(), () => {});
    });
  }

  const form = document.querySelector("form[data-attempt]");
  if (!form) return;

  const prefix = `tashbik.${form.dataset.attempt}.`;
  const client = [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
  const unsent = new Map(), noted = new Map();
  let sequence = 0, wait = 1000, kept = true, leaving, sending, retry, typing, passing;

  const status = document.querySelector("[data-status]"), saved = status.querySelector('[data-state="server"]'), count = document.querySelector("[data-count]");
  const local = (n) => String(n).replace(/\d/g, (digit) => [...count.dataset.digits][digit]);
  const show = (state, text) => {
    for (const one of status.children) one.hidden = one.dataset.state !== state;
    if (text) status.querySelector(state === "server" ? "[data-time]" : "[data-reason]").textContent = text;
    status.querySelector("[data-sign-in]").hidden = text !== form.dataset.signedOut;
  };
  const mark = (position, answered, wrong) => {
    const step = document.querySelector(`[data-step="${position}"]`);
    step.classList.toggle("done", answered);
    step.classList.toggle("wrong", wrong);
    step.querySelector("[data-answered]").hidden = !answered;
    const done = document.querySelectorAll("[data-step].done").length;
    count.textContent = count.dataset.count.replace(local(0), local(done));
  };

  const keep = (position) => {
    try {
      localStorage.setItem(prefix + position, JSON.stringify(unsent.get(position)));
    } catch { kept = false; }
  };
  const forget = (position, one) => {
    if (unsent.get(position) === one) unsent.delete(position);
    // The next page may have been made before this answer arrived: it finds it here, and sends it again.
    if (leaving) return;
    try {
      const stored = JSON.parse(localStorage.getItem(prefix + position));
      if (stored && stored.client === one.client && stored.sequence === one.sequence) localStorage.removeItem(prefix + position);
    } catch { /* nothing was kept */ }
  };
  const waiting = () => [...unsent].filter(([, one]) => !one.refused);

  const fields = (position) => [...form.elements].filter((e) => e.name.startsWith(`q${position}.`) && !e.name.endsWith(".was"));
  const given = (position) => {
    const found = {};
    for (const field of fields(position)) {
      if (/^(radio|checkbox)$/.test(field.type) && !field.checked) continue;
      (found[field.name.split(".")[1]] ||= []).push(field.value);
    }
    return found;
  };
  const give = (position, values) => {
    for (const field of fields(position)) {
      const mine = values[field.name.split(".")[1]] || [];
      if (/^(radio|checkbox)$/.test(field.type)) field.checked = mine.includes(field.value);
      else field.value = mine[0] || "";
    }
  };

  const put = async (position, { given, client, sequence }) => {
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), 15000);
    try {
      const response = await fetch(form.dataset.responses.replace(/0$/, position), {
        method: "PUT", keepalive: true, signal: stop.signal, body: JSON.stringify({ given, client, sequence }),
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value },
      });
      return { status: response.status, body: await response.json().catch(() => ({})) };
    } catch { return { status: 0 }; } finally { clearTimeout(timer); }
  };
  const later = () => {
    show("device");
    clearTimeout(retry);
    retry = setTimeout(flush, wait);
    wait = Math.min(wait * 2, 60000);
  };
  const settle = (position, one, status, body) => {
    if (status === 200) {
      forget(position, one);
      if (one.restored && !body.accepted) return location.reload();
      if (!unsent.has(position)) mark(position, body.answered, false);
      show("server", body.time);
    } else {
      one.refused = true;
      if (status === 409 || status === 404) forget(position, one);
      mark(position, false, true);
      show("failed", `${document.querySelector(`[data-step="${position}"]`).dataset.number}: ${body.detail || status}`);
    }
  };
  const sendAll = async () => {
    for (let next; (next = waiting()[0]);) {
      const [position, one] = next;
      show("sending");
      const { status, body } = await put(position, one);
      if (status === 400 || status === 401) return show("failed", form.dataset.signedOut);
      if (!status || status === 408 || status === 429 || status >= 500) return later();
      wait = 1000;
      settle(position, one, status, body);
    }
  };
  const flush = () => (sending ||= sendAll().finally(() => { sending = undefined; }));

  const note = (position) => {
    clearTimeout(typing);
    typing = undefined;
    const now = given(position), text = JSON.stringify(now);
    if (noted.get(position) === text) return;
    noted.set(position, text);
    leaving = false;
    unsent.set(position, { given: now, client, sequence: ++sequence });
    keep(position);
    flush();
  };
  const positionOf = (event) => event.target.name?.match(/^q(\d+)\./)?.[1];
  let typed;
  form.addEventListener("change", (event) => { const at = positionOf(event); if (at) note(at); });
  form.addEventListener("input", (event) => {
    const at = positionOf(event);
    if (!at || /^(radio|checkbox)$/.test(event.target.type)) return;
    if (typing && typed !== at) note(typed);
    clearTimeout(typing);
    typed = at;
    typing = setTimeout(note, 800, at);
  });
  const noteTyped = () => { if (typing) note(typed); };

  form.addEventListener("submit", async (event) => {
    noteTyped();
    const button = event.submitter;
    // Saving needs no new page, unless there is something to be corrected, or nothing that was saved.
    const stays = () => button?.matches("[name=action][value=save]") && !unsent.size && !saved.hidden;
    if (passing || (!waiting().length && !stays())) return;
    event.preventDefault();
    await flush();
    if (stays()) return;
    if (waiting().length) tell();
    if (waiting().length) return status.querySelector('[data-state="failed"]').hidden && show("failed", form.dataset.offline);
    passing = true;
    (button || form.querySelector("[type=submit]")).click();
    passing = false;
  });
  for (const leaving of document.querySelectorAll("form[data-sign-out]")) {
    leaving.addEventListener("submit", (event) => {
      noteTyped();
      if (waiting().length && !confirm(form.dataset.unsent)) event.preventDefault();
    });
  }
  addEventListener("beforeunload", (event) => { noteTyped(); leaving = true; if (!kept && waiting().length) event.preventDefault(); });
  addEventListener("online", () => { wait = 1000; flush(); });
  addEventListener("visibilitychange", () => { noteTyped(); flush(); });

  try {
    for (const key of keys(prefix)) {
      const position = key.slice(prefix.length), one = JSON.parse(localStorage.getItem(key));
      give(position, one.given);
      unsent.set(position, { ...one, refused: false, restored: true });
    }
  } catch { kept = false; }
  // How long a text is, where a length is wished.
  for (const line of form.querySelectorAll("[data-length]")) {
    const field = line.previousElementSibling;
    const tell = () => { line.textContent = line.dataset.length.replace("{n}", local(field.value.split(/\s+/).filter(Boolean).length)); };
    field.addEventListener("input", tell);
    line.hidden = false;
    tell();
  }
  flush();
})();
