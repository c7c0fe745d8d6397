// Which languages of the studio are shown, remembered on the device; and the cursor in what was just added.
// Without this script all of them are shown.
(() => {
  "use strict";
  const form = document.querySelector("form[data-studio]");
  const choice = document.querySelector("[data-languages]");
  if (!form || !choice) return;
  const key = "languages:" + form.dataset.studio;
  const buttons = [...choice.querySelectorAll("button")];
  const sides = [...form.querySelectorAll(".side")];
  const bars = [...document.querySelectorAll(".langs .bar")];
  const field = (side) => side.querySelector("textarea, .input");
  const read = () => { try { return localStorage.getItem(key) || ""; } catch { return ""; } };

  function show(codes) {
    const isShown = (code) => !codes.length || codes.includes(code);
    for (const button of buttons) button.setAttribute("aria-pressed", isShown(button.value));
    bars.forEach((bar, at) => { bar.hidden = !isShown(buttons[at].value); });
    // What is to be mended stays in sight.
    for (const side of sides) side.hidden = !isShown(field(side).lang) && !side.querySelector(".error");
    document.body.style.setProperty("--sides", codes.length || buttons.length);
  }

  choice.addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    if (!pressed) return;
    pressed.setAttribute("aria-pressed", pressed.getAttribute("aria-pressed") !== "true");
    const codes = buttons.filter((button) => button.getAttribute("aria-pressed") === "true").map((button) => button.value);
    try { localStorage.setItem(key, codes.join(" ")); } catch { /* a full or closed store */ }
    show(codes);
  });

  show(read().split(" ").filter(Boolean));
  choice.hidden = false;

  // An empty block that the address names, or an empty question, was just added. The browser, which goes to what the
  // address names when the page is whole, takes the cursor away before that.
  function begin() {
    // Not away from what is wrong, nor from where somebody types already.
    if (document.activeElement !== document.body) return;
    const added = form.dataset.keep ? form : location.hash && document.getElementById(location.hash.slice(1));
    const texts = added ? [...added.querySelectorAll(".side textarea, .side .input")] : [];
    if (texts.some((text) => text.value)) return;
    const visible = texts.filter((text) => text.offsetParent);
    const first = visible.find((text) => text.lang === form.dataset.source) || visible[0];
    if (first) first.focus({ preventScroll: true });
  }
  addEventListener("load", () => requestAnimationFrame(() => setTimeout(begin)));
})();
