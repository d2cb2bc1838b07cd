/* Adds a button that copies the BibTeX entry of a paper's page. Without it the entry is plain text. */
"use strict";

for (const entry of document.querySelectorAll("pre.paper-page-bibtex")) {
  const word = (text) => window.bibfolioWords?.[text] ?? text; // see bibfolio/theme/components.py
  const button = document.createElement("button");
  button.type = "button";
  button.className = "paper-page-copy";
  button.textContent = word("Copy BibTeX");
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
      entry.closest("details").open = true;
      window.getSelection().selectAllChildren(entry);
    }
    button.textContent = done ? word("Copied") : word("Selected");
    const said = word("BibTeX selected; press Control+C to copy");
    status.textContent = done ? word("BibTeX copied") : said;
    setTimeout(() => {
      button.textContent = word("Copy BibTeX");
      status.textContent = "";
    }, 3000);
  });
  const row = document.querySelector(".paper-page-links") ?? entry.closest("details").parentElement;
  row.append(button, status);
}
