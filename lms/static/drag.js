// Carries a thing ([data-item]) by its handle ([data-grip]) with a mouse, a pen or a finger. What that means is for
// those to say who listen: "drag:start", "drag:move", "drag:drop" and "drag:cancel" bubble from the thing.
(() => {
  "use strict";
  const EDGE = 72, SLACK = 5, FASTEST = 18, ABOVE = 28;
  let held = null;

  // False where a listener wants the page to stay.
  const tell = (name) => held.item.dispatchEvent(new CustomEvent(`drag:${name}`, {
    bubbles: true, cancelable: true, detail: { x: held.x, y: held.y, under: document.elementFromPoint(held.x, held.y) },
  }));

  // What is seen under the pointer while the thing itself stays in its place.
  const ghostOf = (item) => {
    const words = item.querySelector("[data-words]"), ghost = document.createElement("div");
    for (const name of ["lang", "dir"]) ghost.setAttribute(name, words.closest(`[${name}]`).getAttribute(name));
    ghost.className = "ghost";
    ghost.setAttribute("aria-hidden", "true");
    ghost.textContent = words.textContent.trim();
    document.body.append(ghost);
    return ghost;
  };
  const show = ({ ghost, x, y }) => {
    const { width, height } = ghost.getBoundingClientRect();
    const within = (at, most) => Math.max(0, Math.min(at, most));
    ghost.style.left = `${within(x - width / 2, document.documentElement.clientWidth - width)}px`;
    ghost.style.top = `${within(y - height - ABOVE, innerHeight - height)}px`;
  };

  const speed = (y) => {
    const beyond = y < EDGE ? y - EDGE : Math.max(0, y - innerHeight + EDGE);
    return Math.max(-FASTEST, Math.min(FASTEST, beyond / 4));
  };
  const follow = () => {
    if (held.ghost) show(held);
    if (tell("move")) scrollBy({ top: speed(held.y), behavior: "instant" });
    held.frame = requestAnimationFrame(follow);
  };

  const begin = () => {
    held.begun = true;
    held.focused = document.activeElement;
    document.documentElement.classList.add("dragging");
    held.item.classList.add("held");
    if ("ghost" in held.item.dataset) held.ghost = ghostOf(held.item);
    tell("start");
    follow();
  };
  const end = (name) => {
    if (!held) return;
    const { item, grip, pointer, begun, frame, ghost, focused } = held;
    cancelAnimationFrame(frame);
    if (begun) {
      if (name === "drop") tell("move");
      document.documentElement.classList.remove("dragging");
      item.classList.remove("held");
      ghost?.remove();
      tell(name);
    }
    held = null;
    if (grip.hasPointerCapture(pointer)) grip.releasePointerCapture(pointer);
    // What was moved in the page has lost it.
    if (begun && focused !== document.activeElement) focused.focus({ preventScroll: true });
    if (!begun && grip.tabIndex >= 0) grip.focus();
  };

  // A finger on the words scrolls the page; a mouse carries by them too.
  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest(event.pointerType === "touch" ? "[data-grip]" : "[data-grip], [data-whole]");
    if (!grip || held || event.button) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    const { pointerId: pointer, clientX: x, clientY: y } = event;
    held = { grip, pointer, x, y, from: { x, y }, item: grip.closest("[data-item]"), begun: false };
  });
  document.addEventListener("pointermove", (event) => {
    if (event.pointerId !== held?.pointer) return;
    held.x = event.clientX;
    held.y = event.clientY;
    if (!held.begun && Math.hypot(held.x - held.from.x, held.y - held.from.y) > SLACK) begin();
  });
  for (const [type, name] of [["pointerup", "drop"], ["pointercancel", "cancel"], ["lostpointercapture", "cancel"]]) {
    document.addEventListener(type, (event) => { if (event.pointerId === held?.pointer) end(name); });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !held) return;
    event.preventDefault();
    end("cancel");
  });
  document.addEventListener("contextmenu", (event) => { if (held) event.preventDefault(); });
  addEventListener("blur", () => end("cancel"));
})();
