// Small comforts on top of pages that work without any script.
(() => {
  "use strict";

  // A menu that was opened closes with Escape and when the focus leaves it.
  for (const menu of document.querySelectorAll("details.menu")) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
  }

  // Printing is the one thing that HTML has no button for.
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // Leaving a form half filled asks first.
  let typed = false;
  for (const form of document.querySelectorAll("form.form")) {
    form.addEventListener("input", () => { typed = true; });
    form.addEventListener("submit", () => { typed = false; });
  }
  window.addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });
})();
