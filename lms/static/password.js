// Shows what stands in a field for a password, while its button says so. Without script there is no button.
for (const button of document.querySelectorAll("[data-show]")) {
  const field = document.getElementById(button.dataset.show), label = button.querySelector("span"), show = label.textContent;
  const set = (shown) => {
    field.type = shown ? "text" : "password";
    field.dir = shown ? "auto" : "ltr";
    label.textContent = shown ? button.dataset.hide : show;
  };
  Object.assign(field, { spellcheck: false, autocapitalize: "none" });
  button.hidden = false;
  button.addEventListener("click", () => { set(field.type === "password"); field.focus(); });
  // What is sent is a password again: no browser keeps it among the texts that were typed.
  field.form.addEventListener("submit", () => set(false));
}
