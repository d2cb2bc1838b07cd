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
  const forEngine = document.createElement("div");
  forEngine.id = "search-results";
  forEngine.hidden = true;
  document.body.append(forEngine);
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
    .finally(() => forEngine.remove());

  const address = (page, anchor) => {
    if (DOCUMENTATION_OPTIONS.BUILDER !== "dirhtml") return `${root}${page}.html${anchor}`;
    return `${root}${`${page}/`.replace(/(^|\/)index\/$/, "$1")}${anchor}`;
  };

  // A title may be in an essay as well: the page of the paper comes first.
  const rank = ([page, , , , score]) => score + (page.startsWith("papers/") ? 10 : 0);

  // Of the address of a DOI or an arXiv paper, the index knows the number.
  const PREFIX = /https?:\/\/(?:(?:dx\.)?doi\.org|(?:www\.)?arxiv\.org\/(?:abs|pdf))\//gi;

  const find = (words) => {
    const query = Search._parseQuery(words.replace(PREFIX, ""));
    const found = Search._performSearch(...query).reverse();
    found.sort((one, other) => rank(other) - rank(one));
    const seen = new Set();
    const results = found.filter(([page]) => page !== "404" && !seen.has(page) && seen.add(page));
    return [results, patternOf([...query[1], ...query[3]])];
  };

  // -- What is shown of a hit -------------------------------------------------------------------
  const EAST_ASIAN = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;

  // Words that hold one of the *terms*, as the index is searched; short ones stand by themselves.
  const patternOf = (terms) => {
    const parts = terms.map((term) => {
      const plain = term.replace(/^y(?=\d{4}$)/, "").replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
      if (EAST_ASIAN.test(term)) return plain;
      if (term.length > 2) return `[\\p{L}\\p{N}]*${plain}[\\p{L}\\p{N}]*`;
      return `(?<![\\p{L}\\p{N}])${plain}(?![\\p{L}\\p{N}])`;
    });
    return new RegExp(parts.join("|") || "(?!)", "gu");
  };

  // Where *text* has the pattern, whatever accents it is written with.
  const hits = (text, pattern) => {
    const places = [];
    let plain = "";
    let place = 0;
    for (const letter of text) {
      const folded = (letter < "\x80" ? letter : foldLetters(letter)).toLowerCase();
      for (let n = 0; n < folded.length; n++) places.push(place);
      plain += folded;
      place += letter.length;
    }
    places.push(place);
    return [...plain.matchAll(pattern)].map((hit) =>
      [hit.index, hit.index + hit[0].length].map((n) => places[n]),
    );
  };

  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  const marked = (text, pattern) => {
    const parts = [];
    let end = 0;
    for (const [from, to] of hits(text, pattern)) {
      parts.push(text.slice(end, from), element("mark", "", text.slice(from, to)));
      end = to;
    }
    return [...parts, text.slice(end)];
  };

  // A line of 120 characters with the first hit in it, or else what the page says of itself.
  const excerpt = ({ text, about, badge }, pattern) => {
    const room = 120 - badge.length;
    const [hit] = hits(text, pattern);
    const all = hit ? text : about;
    const near = hit ? Math.max(hit[0] - 40, 0) : 0;
    const start = near && Math.min(all.indexOf(" ", near) + 1 || near, hit[0]);
    const line = all.slice(start, start + room);
    const isCut = start + room < all.length;
    return (start ? "…" : "") + (isCut ? `${line.replace(/(?<=.{80}) \S*$/u, "")}…` : line);
  };

  const pages = new Map();
  const read = (page) => {
    if (!pages.has(page)) pages.set(page, fetch(address(page, "")).then(contents, () => null));
    return pages.get(page);
  };
  const contents = async (response) => {
    if (!response.ok) return null;
    // The policy of this page is for the other one as well, whose styles it does not know.
    const html = (await response.text()).replace(/<style\b.*?<\/style>|\sstyle="[^"]*"/gs, "");
    const there = new DOMParser().parseFromString(html, "text/html");
    const main = there.querySelector("main, [role=main]") ?? there.body;
    const badge = main.querySelector(".paper-page .paper-card-badge")?.textContent ?? "";
    for (const part of main.querySelectorAll("h1, .no-search, .headerlink, script, style"))
      part.remove();
    const about = there.querySelector("meta[name=description]")?.content ?? "";
    return { text: main.textContent.trim().replace(/\s+/g, " "), about, badge };
  };

  const isPaper = ([page]) => page.startsWith("papers/");

  const counted = (results) => {
    const papers = results.filter(isPaper).length;
    const others = results.length - papers;
    // One message is for all numbers but 1, such as "Papers: {count}" in other languages.
    const parts = [
      papers === 1 ? word("1 paper") : papers && word("{count} papers").replace("{count}", papers),
      others === 1 ? word("1 page") : others && word("{count} pages").replace("{count}", others),
    ];
    return word("Found: {what}").replace("{what}", parts.filter(Boolean).join(", "));
  };

  // -- The page that is shown at wrong addresses ---------------------------------------------
  const pairs = (text) => {
    const letters = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
    return new Set(Array.from(letters.slice(1), (letter, index) => letters[index] + letter));
  };

  // The three pages whose names or titles have most in common with the end of this address.
  const likely = () => {
    const asked = pairs(/([^/]*?)(\.\w+)?\/*$/.exec(location.pathname)[1]);
    const likeness = (text) => {
      const own = pairs(text);
      return (2 * [...own].filter((pair) => asked.has(pair)).length) / (own.size + asked.size || 1);
    };
    const { docnames, titles } = Search._index;
    return docnames
      .map((page, n) => {
        const name = page.replace(/\/index$/, "").replace(/.*\//, "");
        return [page, titles[n], "", Math.max(likeness(name), likeness(titles[n]))];
      })
      .filter(([page, , , score]) => page !== "404" && score > 0.4)
      .sort((one, other) => other[3] - one[3])
      .slice(0, 3);
  };

  const attach = (place) => {
    const input = place.querySelector("input");
    const form = place.querySelector("form");
    const status = place.querySelector(".site-search-status");
    const list = place.querySelector(".site-search-results");
    const links = () => [...list.querySelectorAll("a")];
    const isLost = place.matches(".site-search-lost");
    const isPage = place.matches("section") && !isLost;
    let latest;

    // Contexts come later, into a place that is kept for them: of the first, three at a time.
    const draw = (results, pattern) => {
      const waiting = [];
      list.replaceChildren(
        ...results.map((result, n) => {
          const [page, title, anchor] = result;
          const link = element(
            "a",
            "",
            element("span", "site-search-kind", isPaper(result) ? word("Paper") : word("Page")),
            element("span", "site-search-title", ...marked(title, pattern)),
          );
          link.href = address(page, anchor || "");
          if (n < 10) {
            const context = element("span", "site-search-context");
            link.append(context);
            waiting.push([page, context]);
          }
          return element("li", "", link);
        }),
      );
      latest = waiting;
      const fill = async () => {
        while (waiting.length && latest === waiting) {
          const [page, context] = waiting.shift();
          const there = await read(page);
          if (!there) continue;
          const line = marked(excerpt(there, pattern), pattern);
          context.append(there.badge && `${there.badge} · `, ...line);
        }
      };
      for (let n = 0; n < 3; n++) fill();
    };

    const show = () => {
      const query = input.value.trim();
      if (isPage) {
        // For those who come back from a page that was found.
        const search = String(new URLSearchParams(query && { query }));
        history.replaceState(null, "", location.pathname + (search && `?${search}`));
      }
      const similar = isLost && !query ? likely() : [];
      const [results, pattern] = query ? find(query) : [similar, /(?!)/gu];
      draw(results, pattern);
      if (!query) status.textContent = similar.length ? word("Pages with a similar name") : "";
      else if (results.length) status.textContent = counted(results);
      else {
        const others = document.querySelectorAll(".site-header-pages a:not(.cv-header-file)");
        const ways = [...others].flatMap((link) => [" · ", link.cloneNode(true)]);
        status.replaceChildren(word("Nothing found"), ...ways);
      }
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
    place.addEventListener("keydown", (event) => {
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
