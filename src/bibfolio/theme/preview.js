// In previews (`bibfolio serve`) alone: shows what the last build said, until one says nothing.
(async () => {
  const root = document.documentElement.dataset.content_root;
  const answer = await fetch(`${root}preview-problems.txt`, { cache: "no-store" });
  const said = answer.ok ? (await answer.text()).trim() : "";
  if (!said) return;
  const box = document.createElement("pre");
  box.setAttribute("role", "alert");
  box.tabIndex = 0; // so that keys scroll it
  box.textContent = `The last build says:\n${said}`;
  box.style.cssText = `position: sticky; bottom: 0; max-height: 50vh; overflow: auto; margin: 0;
    padding: 1rem; border-top: 3px solid; white-space: pre-wrap; z-index: 9;
    background: var(--pst-color-target); color: var(--pst-color-text-base)`;
  document.body.append(box);
})();
