/* The search itself, over Sphinx's index and with Sphinx's engine (searchtools.js). Loaded by bibfolio.js
   when a reader opens the search for the first time. */
"use strict";

window.siteSearch = (() => {
  const word = (text) => window.bibfolioWords?.[text] ?? text; // see bibfolio/theme/components.py
  const here = document.currentScript.src.replace(/[^/]*$/, "");
  // Not the page's own idea of it, which is wrong on the 404 page: that is shown at any address.
  const root = new URL("..", here).href;

  // Scripts arrive in any order and run in this one.
  const load = (url) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      Object.assign(script, { src: url, async: false, onload: resolve, onerror: reject });
      document.head.append(script);
    });

  // Sphinx's engine expects this constant of a script that highlights words, which is not used here,
  // and would otherwise keep what was searched for in the browser's storage.
  window.SPHINX_HIGHLIGHT_ENABLED = false;
  // The engine looks for a page of its own, and fails without one if the address has a "q".
  const place = document.createElement("div");
  place.id = "search-results";
  place.hidden = true;
  document.body.append(place);
  const parts = ["documentation_options.js", "doctools.js", "language_data.js", "searchtools.js"];
  // Pages with scripts of others have the first two.
  if (typeof DOCUMENTATION_OPTIONS !== "undefined") parts.splice(0, 2);
  const engine = Promise.all(
    [...parts.map((name) => here + name), `${root}searchindex.js`].map(load),
  )
    .then(() => {
      // A word that only titles have is looked for as a part of others as well, and scored as one.
      const { terms, titleterms } = Search._index;
      for (const word of Object.keys(titleterms)) if (!Object.hasOwn(terms, word)) terms[word] = [];
    })
    .finally(() => place.remove());

  const address = (page, anchor) => {
    if (DOCUMENTATION_OPTIONS.BUILDER !== "dirhtml") return `${root}${page}.html${anchor}`;
    return `${root}${`${page}/`.replace(/(^|\/)index\/$/, "$1")}${anchor}`;
  };

  // A title may be in an essay as well: the page of the paper comes first.
  const rank = ([page, , , , score]) => score + (page.startsWith("papers/") ? 10 : 0);

  // Of the address of a DOI or an arXiv paper, the index knows the number.
  const PREFIX = /https?:\/\/(?:(?:dx\.)?doi\.org|(?:www\.)?arxiv\.org\/(?:abs|pdf))\//gi;

  const find = (words) => {
    const query = words.replace(PREFIX, "");
    const found = Search._performSearch(...Search._parseQuery(query)).reverse();
    found.sort((one, other) => rank(other) - rank(one));
    const seen = new Set();
    return found.filter(([page]) => page !== "404" && !seen.has(page) && seen.add(page));
  };

  const attach = (element) => {
    const input = element.querySelector("input");
    const form = element.querySelector("form");
    const status = element.querySelector(".site-search-status");
    const list = element.querySelector(".site-search-results");
    const links = () => [...list.querySelectorAll("a")];
    const isPage = element.matches("section");

    const show = () => {
      const query = input.value.trim();
      if (isPage) {
        // For those who come back from a page that was found.
        const search = String(new URLSearchParams(query && { query }));
        history.replaceState(null, "", location.pathname + (search && `?${search}`));
      }
      const results = query ? find(query) : [];
      list.replaceChildren(
        ...results.slice(0, 30).map(([page, title, anchor]) => {
          const item = document.createElement("li");
          const link = document.createElement("a");
          link.href = address(page, anchor || "");
          link.textContent = title;
          item.append(link);
          return item;
        }),
      );
      // One message is for all numbers but 1, such as "Pages found: {count}" in other languages.
      const many = word("{count} pages found").replace("{count}", results.length);
      const found = results.length === 1 ? word("1 page found") : many;
      status.textContent = !query ? "" : results.length ? found : word("Nothing found");
    };

    status.textContent = word("Loading…");
    engine.then(
      () => {
        input.addEventListener("input", show);
        if (isPage) input.value ||= new URLSearchParams(location.search).get("query") || "";
        show();
      },
      () => (status.textContent = word("The search could not be loaded")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      links()[0]?.click();
    });
    element.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.isComposing) return;
      event.preventDefault();
      const stops = [input, ...links()];
      const next = stops.indexOf(document.activeElement) + step;
      stops[Math.max(0, Math.min(next, stops.length - 1))].focus();
    });
  };

  return { attach };
})();
