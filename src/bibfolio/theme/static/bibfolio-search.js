/* The search itself, over the index of bibfolio/theme/search_index.py. Loaded with it by bibfolio.js
   when a reader opens the search for the first time. Nothing is asked for after that. */
"use strict";

window.siteSearch = (() => {
  const word = (text) => window.bibfolioWords?.[text] ?? text; // see bibfolio/theme/components.py
  // Not the page's own idea of it, which is wrong on the 404 page: that is shown at any address.
  const root = new URL("..", document.currentScript.src).href;

  // -- Words ------------------------------------------------------------------------------------
  const EAST_ASIAN = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}々〇ー";
  const LETTER = "[\\p{L}\\p{N}_]";
  const WORDS = new RegExp(`[${EAST_ASIAN}]+|(?:(?![${EAST_ASIAN}])${LETTER})+`, "gu");
  const IS_EAST_ASIAN = new RegExp(`^[${EAST_ASIAN}]`, "u");
  const NUMBER = /10\.\d{4,9}\/[!-~]*[a-z\d]|\d{4}\.\d{4,5}/g;
  // Of the address of a DOI or an arXiv paper, the index knows the number.
  const PREFIX = /https?:\/\/(?:(?:dx\.)?doi\.org|(?:www\.)?arxiv\.org\/(?:abs|pdf))\/|(?<=\d{4}\.\d{4,5})v\d+/gi;
  // What a question may have in it and a page not.
  const SMALL = new Set(
    "a an and are as at be but by for if in into is it near no not of on or such that the their then there these they this to was will with".split(" "),
  );

  const fold = (text) => {
    if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
    return text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .replace(/[^\0-\x7f]/g, (letter) => window.bibfolioIndex.letters[letter] || letter)
      .normalize("NFC")
      .toLowerCase();
  };
  const wordsOf = (text) => fold(text).match(WORDS) || [];
  // The words with a space around each: what a word is in, begins or is, is a part of that.
  const plain = (text) => ` ${wordsOf(text).join(" ")} `;

  // -- Forms of a word: what is asked for is cut, and the words are found that begin with the rest. --
  const ENDINGS = ["e", "es", "s", "ed", "er", "ers", "ing", "ings", ""];
  const DERIVED =
    /(?<=.)(?:at(?:e|ion(?:al)?|ive|or)|i[sz](?:e|er|ation)|(?:ful|ous|ive)?ness|e?ment|[ae]n(?:t|ce|ci)|[ai]b(?:l[ei]|il(?:iti)?)|ic(?:al|ate|iti)?|al(?:ism|iti)?|is[mt]|(?:iv)?iti|ive|ous|ful|li|[eo]r|(?<=[st])ion(?:al)?|e)$/;

  // As Porter's stemmer for English, but for what it puts in place of an ending.
  const stemOf = (word) => {
    if (!/^[a-z_]{3,}$/.test(word)) return word;
    let stem = word
      .replace(/(?<=..)ies$/, "i")
      .replace(/(?:(?<=ss|sh|ch|x|z)es|(?<=..[^su])s)$/, "");
    const verb = stem.replace(/(?<=[aeiouy].*)(?:ing|(?<!e)ed)(?:ly)?$/, "");
    if (verb !== stem) stem = verb.replace(/(?<=..)([bdfglmnprt])\1$/, "$1");
    stem = stem.replace(/(?<=.[^aeiou])y$/, "i").replace(/(?<=[aeiouy][^aeiouy].*[cdeghkmnrt]|[aeiouy][cdeghkmnrt])li$/, "");
    // Endings that make another word of one go only where enough is left.
    const [kept] = /^(?:gener|commun|arsen|.*?[aeiouy][^aeiouy]).*?[aeiouy][^aeiouy]/.exec(stem) ?? [];
    for (let before; kept && before !== stem; ) {
      before = stem;
      stem = kept.slice(0, -1) + stem.slice(kept.length - 1).replace(DERIVED, "");
    }
    return stem.replace(/(?<=[aeiouy].+)e$/, "");
  };

  // How other forms of a word begin; those of a short one are whole words, or "us" were in "useful".
  const formsOf = (word) => {
    const stem = stemOf(word);
    if (stem === word) return { begins: [], whole: [] };
    const stems = stem.endsWith("i") ? [stem, `${stem.slice(0, -1)}y`] : [stem];
    if (stem.length > 3) return { begins: stems, whole: [] };
    const endings = ENDINGS.filter((end) => end || stem.length > 2);
    const doubled = stem + stem.at(-1);
    return { begins: [], whole: [...stems, doubled].flatMap((form) => endings.map((end) => form + end)) };
  };

  // The parts of what is asked for: numbers, words of East Asia, and other words with their forms;
  // and each as a pattern, by which it is marked.
  const number = (text) => {
    const exact = plain(text).trimEnd();
    return { exact, mark: exact.trim().replaceAll(" ", "[^\\p{L}\\p{N}_]+") };
  };
  const wordAsked = (word) => {
    if (IS_EAST_ASIAN.test(word)) return { exact: word, mark: word };
    const { begins, whole } = formsOf(word);
    const marks = begins.map((form) => `(?<!${LETTER})${form}${LETTER}*`);
    if (word.length > 2) marks.push(`${LETTER}*${word}${LETTER}*`);
    else if (word.length > 1) marks.push(`(?<!${LETTER})${word}${LETTER}*`);
    marks.push(...[word, ...whole].map((form) => `(?<!${LETTER})${form}(?!${LETTER})`));
    const forms = [...begins.map((form) => ` ${form}`), ...whole.map((form) => ` ${form} `)];
    return { word, forms, mark: marks.join("|") };
  };
  const parse = (query) => {
    const asked = fold(query.replace(PREFIX, ""));
    const numbers = asked.match(NUMBER) || [];
    const all = [...new Set(wordsOf(asked.replace(NUMBER, " ")))];
    const words = all.filter((one) => !SMALL.has(one));
    return [
      ...numbers.map(number),
      ...(numbers.length || words.length ? words : all).map(wordAsked),
    ];
  };

  // How well *text*, in its plain form, has a part of what is asked for.
  const fit = (text, { exact, word, forms }) => {
    if (exact) return text.includes(exact) ? 1 : 0;
    if (text.includes(` ${word} `)) return 1;
    if (word.length > 1 && text.includes(` ${word}`)) return 0.9;
    if (forms.some((form) => text.includes(form))) return 0.8;
    return word.length > 2 && text.includes(word) ? 0.5 : 0;
  };

  // -- Pages ------------------------------------------------------------------------------------
  const WEIGHTS = { title: 100, words: 100, people: 25, sections: 12, venue: 12, text: 1 };

  let known;
  const pages = () =>
    (known ??= window.bibfolioIndex.pages.map(
      ([address, title, isPaper, venue, people, words, headings, text, language]) => {
        const sections = headings.map((heading) => heading[1]).join(" · ");
        const page = { address, title, isPaper, venue, people, words, headings, sections, text, language };
        page.plain = Object.fromEntries(Object.keys(WEIGHTS).map((name) => [name, plain(page[name])]));
        return page;
      },
    ));

  const scoreOf = (page, asked) => {
    let score = 0;
    for (const part of asked) {
      const scores = Object.entries(WEIGHTS).map(([name, weight]) => weight * fit(page.plain[name], part));
      if (!Math.max(...scores)) return 0;
      score += Math.max(...scores);
    }
    return score;
  };

  // A page that is called so goes first, then papers; of equals, those in the language of this page,
  // and then the order is that of the index.
  const find = (query) => {
    const here = pages().find((page) => page.language === document.documentElement.lang)?.language;
    const asked = parse(query);
    const name = plain(query);
    const found = pages()
      .map((page) => {
        const score = asked.length ? scoreOf(page, asked) : 0;
        const rank = 2 * (page.plain.title === name) + page.isPaper;
        return { page, score, rank, isHere: page.language === here };
      })
      .filter(({ score }) => score)
      .sort((one, other) => other.rank - one.rank || other.score - one.score || other.isHere - one.isHere);
    const pattern = new RegExp(asked.map(({ mark }) => mark).join("|") || "(?!)", "gu");
    return { asked, pattern, found: found.map(({ page }) => page) };
  };

  // The heading that says it, unless the title does.
  const headingOf = (page, asked) => {
    const says = (text) => asked.every((part) => fit(text, part) > 0.5);
    return says(page.plain.title) ? undefined : page.headings.find(([, text]) => says(plain(text)));
  };

  // -- What is shown of a hit -------------------------------------------------------------------
  // Where *text* has the pattern, whatever accents it is written with.
  const hits = (text, pattern) => {
    const places = [];
    let folded = "";
    let place = 0;
    for (const letter of text) {
      const same = letter < "\x80" ? letter.toLowerCase() : fold(letter);
      for (let n = 0; n < same.length; n++) places.push(place);
      folded += same;
      place += letter.length;
    }
    places.push(place);
    return [...folded.matchAll(pattern)].map((hit) =>
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

  // A line with the first hit in it, or else how the text begins.
  const excerpt = (page, heading, asked, pattern) => {
    const { people, title } = page.plain;
    const hasPerson = asked.some((part) => fit(people, part) && !fit(title, part));
    const parts = [hasPerson && page.people, heading?.[1], page.text.replaceAll("\n", " · ")];
    const all = parts.filter(Boolean).join(" · ");
    const [hit] = hits(all, pattern);
    const near = hit ? Math.max(hit[0] - 24, 0) : 0;
    const start = near && Math.min(all.indexOf(" ", near) + 1 || near, hit[0]);
    const line = all.slice(start, start + 120).replace(/^· /, "");
    const isCut = start + 120 < all.length;
    return (start ? "…" : "") + (isCut ? `${line.replace(/(?<=.{80}) \S*$/u, "")}…` : line);
  };

  const counted = (found) => {
    const papers = found.filter((page) => page.isPaper).length;
    const others = found.length - papers;
    // One message is for all numbers but 1, such as "Papers: {count}" in other languages.
    const parts = [
      papers === 1 ? word("1 paper") : papers && word("{count} papers").replace("{count}", papers),
      others === 1 ? word("1 page") : others && word("{count} pages").replace("{count}", others),
    ];
    const comma = word("{fact}, {next}").replace("{fact}", "").replace("{next}", "");
    return word("Found: {what}").replace("{what}", parts.filter(Boolean).join(comma));
  };

  // -- What is shown before anything is typed -----------------------------------------------------
  const newest = () => {
    const papers = pages().filter((page) => page.isPaper);
    const others = pages().filter((page) => !page.isPaper);
    return [...papers.slice(0, 4), ...others.slice(0, 8)];
  };

  const pairs = (text) => {
    const letters = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
    return new Set(Array.from(letters.slice(1), (letter, index) => letters[index] + letter));
  };

  // At a wrong address: the three pages whose names or titles have most in common with its end.
  const likely = () => {
    const name = (address) => /([^/]*?)(\.\w+)?\/*$/.exec(address)[1];
    const asked = pairs(name(location.pathname));
    const likeness = (text) => {
      const own = pairs(text);
      return (2 * [...own].filter((pair) => asked.has(pair)).length) / (own.size + asked.size || 1);
    };
    return pages()
      .map((page) => [page, Math.max(likeness(name(page.address)), likeness(page.title))])
      .filter(([, score]) => score > 0.4)
      .sort((one, other) => other[1] - one[1])
      .slice(0, 3)
      .map(([page]) => page);
  };

  // -- The search in a place of the page ----------------------------------------------------------
  const attach = (place) => {
    const input = place.querySelector("input");
    const status = place.querySelector(".site-search-status");
    const list = place.querySelector(".site-search-results");
    const links = () => [...list.querySelectorAll("a")];
    const isLost = place.matches(".site-search-lost");
    const isPage = place.matches("section") && !isLost;

    const draw = (found, asked, pattern) => {
      const drawn = found.map((page, n) => {
        const heading = asked.length ? headingOf(page, asked) : undefined;
        const link = element(
          "a",
          "",
          element("span", "site-search-kind", page.isPaper ? word("Paper") : word("Page")),
          ...(page.venue ? [element("span", "site-search-venue", ...marked(page.venue, pattern))] : []),
          element("span", "site-search-title", ...marked(page.title, pattern)),
        );
        const language = page.language ?? window.bibfolioIndex.language;
        if (language) link.lang = language;
        link.href = root + page.address + (heading?.[0] ? `#${heading[0]}` : "");
        if (asked.length && n < 50) {
          const line = marked(excerpt(page, heading, asked, pattern), pattern);
          link.append(element("span", "site-search-context", ...line));
        }
        return element("li", "", link);
      });
      list.replaceChildren(...drawn);
      list.scrollTop = 0;
    };

    const show = () => {
      const query = input.value.trim();
      if (isPage && location.protocol !== "file:") {
        // For those who come back from a page that was found.
        const search = String(new URLSearchParams(query && { query }));
        history.replaceState(null, "", location.pathname + (search && `?${search}`));
      }
      if (!query) {
        const offered = isLost ? likely() : newest();
        draw(offered, [], /(?!)/gu);
        const what = isLost ? word("Pages with a similar name") : word("The newest papers, and pages");
        status.textContent = offered.length ? what : "";
        return;
      }
      const { found, asked, pattern } = find(query);
      draw(found, asked, pattern);
      if (found.length) status.textContent = counted(found);
      else {
        const others = document.querySelectorAll(".site-header-pages a:not(.cv-header-file)");
        const ways = [...others].flatMap((link) => [" · ", link.cloneNode(true)]);
        status.replaceChildren(word("Nothing found"), ...ways);
      }
    };

    if (place.matches("dialog")) {
      const close = element("button", "site-search-close", word("Close"));
      close.type = "button";
      close.addEventListener("click", () => place.close());
      input.after(close);
      const keys = ["↑", "↓", "↵", "esc"].flatMap((key) => [element("kbd", "", key), " "]);
      place.append(element("p", "site-search-keys", ...keys));
      place.lastChild.setAttribute("aria-hidden", "true");
    }
    place.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (input.value.trim()) links()[0]?.click();
    });
    place.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.isComposing) return;
      event.preventDefault();
      const stops = [input, ...links()];
      const next = stops.indexOf(document.activeElement) + step;
      stops[Math.max(0, Math.min(next, stops.length - 1))].focus();
    });
    input.addEventListener("input", show);
    if (isPage) input.value ||= new URLSearchParams(location.search).get("query") || "";
    show();
  };

  return { attach, find: (query) => find(query).found.map((page) => page.address) };
})();
