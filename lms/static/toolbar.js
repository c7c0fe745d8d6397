// Buttons and keys for what keyboards lack, and clean pasting. What they write can be undone as what is typed.
(() => {
  "use strict";
  const toolbar = document.querySelector("[data-toolbar]");
  const form = document.querySelector("form[data-studio]");
  if (!toolbar || !form) return;
  const ZWNJ = "\u200c";
  const isText = (field) => field.matches && field.matches("textarea[lang], input.input[lang]");
  let last = null;

  function put(field, text, from = field.selectionStart, to = field.selectionEnd) {
    field.focus();
    field.setSelectionRange(from, to);
    const typed = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (!typed) {
      field.setRangeText(text, from, to, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function wrap(field, before, after) {
    const { selectionStart: from, selectionEnd: to, value } = field;
    const inner = value.slice(from, to);
    const isWrapped = value.slice(from - before.length, from) === before && value.slice(to, to + after.length) === after;
    if (before && isWrapped) {
      put(field, inner, from - before.length, to + after.length);
      field.setSelectionRange(from - before.length, to - before.length);
      return;
    }
    put(field, before + inner + after);
    field.setSelectionRange(from + before.length, to + before.length);
  }

  function startLines(field, mark) {
    if (field.tagName !== "TEXTAREA") return;
    const { selectionStart: from, selectionEnd: to, value } = field;
    const start = value.lastIndexOf("\n", from - 1) + 1;
    const lines = value.slice(start, to).split("\n");
    const marked = lines.every((line) => line.startsWith(mark));
    put(field, lines.map((line) => (marked ? line.slice(mark.length) : mark + line)).join("\n"), start, to);
  }

  function act(field, data) {
    if (data.insert) put(field, ZWNJ);
    else if (data.line) startLines(field, data.line);
    else wrap(field, data.open, data.close);
  }

  const button = (name) => toolbar.querySelector(`[data-name=${name}]`);
  const KEYS = { b: "bold", i: "italic", k: "link" };

  form.addEventListener("focusin", (event) => { if (isText(event.target)) last = event.target; });
  form.addEventListener("keydown", (event) => {
    if (!isText(event.target) || event.altKey) return;
    const control = event.ctrlKey || event.metaKey;
    let name = "";
    if (event.code === "Space" && event.shiftKey && !control) name = "zwnj";
    else if (control && event.shiftKey) name = { Quote: "guillemets", KeyL: "ltr" }[event.code] || "";
    else if (control) name = KEYS[event.key.toLowerCase()] || KEYS[event.code.slice(3).toLowerCase()] || "";
    const pressed = name && button(name);
    if (!pressed) return;
    event.preventDefault();
    act(event.target, pressed.dataset);
  });

  form.addEventListener("paste", (event) => {
    const field = event.target;
    if (!isText(field) || !event.clipboardData) return;
    const html = event.clipboardData.getData("text/html");
    const plain = event.clipboardData.getData("text/plain");
    const { toMarkdown, clean } = globalThis.tashbikPaste;
    let text = html && field.tagName === "TEXTAREA" ? toMarkdown(html, field.lang) : clean(plain, field.lang);
    if (field.tagName !== "TEXTAREA") text = text.replace(/\s+/g, " ").trim();
    if (!text) return;
    event.preventDefault();
    put(field, text);
  });

  toolbar.hidden = false;
  // A press leaves the focus, and the selection, in the text.
  toolbar.addEventListener("mousedown", (event) => { if (event.target.closest("button")) event.preventDefault(); });
  toolbar.addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    const field = last || [...form.querySelectorAll("textarea[lang]")].find((one) => one.offsetParent);
    if (pressed && field) act(field, pressed.dataset);
  });
})();
