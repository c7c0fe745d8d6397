// Notes how far the reader is, so that she resumes there on any device. Without it she resumes at the lesson.
(() => {
  const article = document.querySelector("[data-place]");
  if (!article) return;
  let sent = "";
  const block = () => {
    const passed = [...article.querySelectorAll(":scope > [id]")].filter((e) => e.getBoundingClientRect().top < innerHeight / 3);
    return passed.length ? "#" + passed[passed.length - 1].id : "";
  };
  const send = () => {
    const place = `lesson/${article.dataset.lesson}${block()}`;
    if (place === sent) return;
    sent = place;
    fetch(article.dataset.place, {
      method: "PUT", keepalive: true, body: JSON.stringify({ place }),
      headers: { "Content-Type": "application/json", "X-CSRFToken": article.dataset.token },
    }).catch(() => { sent = ""; });
  };
  // Ticks of checklists are hers alone: the browser keeps them, by their place.
  for (const list of article.querySelectorAll("[data-ticks]")) {
    const name = `ticks:${article.dataset.place}:${article.dataset.lesson}:${list.id}`;
    const boxes = [...list.querySelectorAll("input")];
    try {
      const kept = JSON.parse(localStorage.getItem(name) || "[]");
      boxes.forEach((box, n) => { box.checked = kept.includes(n); });
      list.addEventListener("change", () => {
        localStorage.setItem(name, JSON.stringify(boxes.flatMap((box, n) => (box.checked ? [n] : []))));
      });
    } catch { /* a closed store */ }
  }
  let timer;
  addEventListener("scroll", () => { clearTimeout(timer); timer = setTimeout(send, 1500); }, { passive: true });
  addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") send(); });
  setTimeout(send, 3000);
})();
