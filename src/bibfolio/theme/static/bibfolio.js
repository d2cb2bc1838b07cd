/* On every page: the mode switch, and the way to the search, whose code and index load when asked. */
"use strict";

(() => {
  const word = (text) => window.bibfolioWords?.[text] ?? text; // see bibfolio/theme/components.py
  const root = document.documentElement;
  const here = document.currentScript.src.replace(/[^/]*$/, "");

  // -- Light, dark or as the system says; the only thing this site stores. --------------------
  const labels = { auto: word("automatic"), light: word("light"), dark: word("dark") };
  const order = ["auto", "light", "dark"];
  const system = matchMedia("(prefers-color-scheme: dark)");
  // There may be none of them, or several: owners choose the components of the header.
  const buttons = document.querySelectorAll(".site-header-mode");

  const show = (mode) => {
    if (mode === "auto") delete root.dataset.mode;
    else root.dataset.mode = mode;
    root.dataset.theme = mode === "dark" || (mode === "auto" && system.matches) ? "dark" : "light";
    const next = order[(order.indexOf(mode) + 1) % order.length];
    for (const button of buttons) {
      button.hidden = false;
      button.title = word("Colours: {mode}; switch to {next}")
        .replace("{mode}", labels[mode])
        .replace("{next}", labels[next]);
      button.lastElementChild.textContent = button.title;
    }
  };

  const change = () => {
    const mode = order[(order.indexOf(root.dataset.mode || "auto") + 1) % order.length];
    try {
      if (mode === "auto") localStorage.removeItem("mode");
      else localStorage.setItem("mode", mode);
    } catch {
      // Storage is switched off: the choice lasts as long as the page.
    }
    show(mode);
  };

  for (const button of buttons) button.addEventListener("click", change);
  system.addEventListener("change", () => show(root.dataset.mode || "auto"));
  show(root.dataset.mode || "auto");

  // -- Search ----------------------------------------------------------------------------------
  const page = document.querySelector("section.site-search");
  const links = document.querySelectorAll(".site-header-search");
  let dialog;
  let loaded;

  // A sheet goes before that of the page, whose rules are stronger.
  const load = (tag, values) =>
    new Promise((onload, onerror) => {
      document.head.prepend(Object.assign(document.createElement(tag), { onload, onerror, ...values }));
    });

  const start = (element) => {
    const status = element.querySelector("[role=status]");
    status.textContent = word("Loading…");
    const search = `${here}bibfolio-search`;
    loaded ??= Promise.all([
      load("link", { rel: "stylesheet", href: `${search}.css` }),
      load("script", { src: `${search}.js` }),
      load("script", { src: `${here}bibfolio-index.js` }),
    ]);
    loaded.then(
      () => window.siteSearch.attach(element),
      () => (status.textContent = word("The search could not be loaded")),
    );
  };

  const makeDialog = () => {
    const element = document.createElement("dialog");
    element.className = "site-search";
    element.setAttribute("aria-label", word("Search"));
    element.tabIndex = -1; // what can be scrolled is a stop of its own in some browsers
    element.innerHTML = `<form role="search"><input type="search" name="query" autocomplete="off" spellcheck="false"></form><p class="site-search-status" role="status"></p><ol class="site-search-results" tabindex="-1"></ol>`;
    const input = element.querySelector("input");
    if (links.length) input.form.action = links[0].href; // until the search has loaded
    input.setAttribute("aria-label", word("Search"));
    input.placeholder = word("Title, author, topic, DOI");
    // A click beside the dialog closes it, and Escape, which by itself would only empty the field.
    element.addEventListener("click", (event) => event.target === element && element.close());
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      element.close();
    });
    document.body.append(element);
    start(element);
    return element;
  };

  const openSearch = () => {
    if (page) return page.querySelector("input").focus();
    dialog ??= makeDialog();
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input").select();
  };

  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      openSearch();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (!links.length && !page) return; // the owner wants no search
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (slash || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      openSearch();
    }
  });

  if (page) {
    page.querySelector("form").hidden = false;
    const isLost = page.matches(".site-search-lost");
    if (!isLost && new URLSearchParams(location.search).get("query")) start(page);
    else page.addEventListener("focusin", () => start(page), { once: true });
  }
})();
