// Grading by keyboard: a digit chooses a level of the criterion at hand and goes on to the next; Ctrl+Enter saves and
// opens the next answer. Without this script it is a form.
(() => {
  const form = document.querySelector("form[data-grading]");
  if (!form) return;
  const criteria = [...form.querySelectorAll("[data-criterion]")];
  const open = (at) => criteria.find((one) => one.contains(at)) || criteria.find((one) => !one.querySelector(":checked"));
  const writes = (at) => at.matches("textarea, select, input:not([type=radio])");
  // Digits of every keyboard: ۱ and ١ are 1.
  const digit = (key) => (/^\p{Nd}$/u.test(key) ? (key.codePointAt(0) - (key < "٠" ? 0x30 : key < "۰" ? 0x660 : 0x6f0)) : NaN);

  document.addEventListener("keydown", (event) => {
    if (form.closest("details:not([open])")) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.querySelector("button[type=submit]").click();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
    const criterion = open(event.target), level = criterion?.querySelectorAll("input[type=radio]")[digit(event.key) - 1];
    if (!level) return;
    event.preventDefault();
    level.checked = true;
    level.focus();
    const next = criteria[criteria.indexOf(criterion) + 1];
    (next ? next.querySelector(":checked") || next.querySelector("input") : form.elements.comment).focus();
  });
  for (const hint of form.querySelectorAll("[data-keys]")) hint.hidden = false;
})();
