/* Adds a button that copies the BibTeX entry of a paper's page. Without it the entry is plain text. */
"use strict";

for (const entry of document.querySelectorAll("pre.paper-page-bibtex")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "paper-page-copy";
  button.textContent = "Copy BibTeX";
  // Announced by screen readers when its text changes, seen by nobody.
  const status = document.createElement("span");
  status.className = "paper-page-status";
  status.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    let done = true;
    try {
      await navigator.clipboard.writeText(entry.textContent);
    } catch {
      // No permission or no secure context: select the text, so that one key copies it.
      done = false;
      window.getSelection().selectAllChildren(entry);
    }
    button.textContent = done ? "Copied" : "Selected";
    status.textContent = done ? "BibTeX copied" : "BibTeX selected; press Control+C to copy";
    setTimeout(() => {
      button.textContent = "Copy BibTeX";
      status.textContent = "";
    }, 3000);
  });
  entry.before(button, status);
}
