/* Filters the list of papers in place. What is chosen stands in the address, so that a view can be
   shared and "back" works. */
"use strict";

(() => {
  const form = document.querySelector(".paper-filter");
  if (!form) return;
  const word = (text) => window.bibfolioWords?.[text] ?? text; // see bibfolio/theme/components.py
  const status = document.querySelector(".paper-filter-status");
  const sections = [...document.querySelectorAll("section:has(> .paper-card-complete)")];
  // What has no accent but a stroke, or is two letters: as in bibfolio/theme/search.py.
  const LETTERS = { ø: "o", ł: "l", đ: "d", ħ: "h", ı: "i", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe" };
  const fold = (text) =>
    text
      .toLowerCase()
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .replace(/[^\0-\x7f]/g, (letter) => LETTERS[letter] || letter);
  // An address of a DOI or an arXiv paper is found by its number.
  const NUMBER = /https?:\/\/(?:(?:dx\.)?doi\.org|(?:www\.)?arxiv\.org\/(?:abs|pdf))\//gi;

  // Title, authors and venue, numbers, and other names; not the words on buttons.
  const textOf = (item) => {
    const links = [...item.querySelectorAll(".paper-card-links a")].map(({ href }) => href);
    const numbers = links.map((href) => href.replace(NUMBER, "")).filter((number, at) => number !== links[at]);
    const parts = item.querySelectorAll(":scope > :not(.paper-card-facts), .paper-card-facts > :not(.paper-card-links)");
    const texts = [...parts].map((part) => part.textContent);
    return fold([...texts, ...numbers, item.dataset.text].join(" "));
  };
  const text = form.elements.text;
  const names = [...new Set([...form.querySelectorAll("input[type=radio]")].map(({ name }) => name))];
  // A group of chips has the value of the one that is chosen.
  const groups = names.map((name) => ({
    name,
    chips: form.elements[name],
    get value() {
      return this.chips.value;
    },
    set value(value) {
      // The first says "All". The list's own `value` cannot be set to an empty one in Chromium.
      const chips = [...this.chips];
      (chips.find((chip) => chip.value === value) ?? chips[0]).checked = true;
    },
  }));
  const papers = [...document.querySelectorAll(".paper-card-complete > li")].map((item) => ({
    item,
    text: textOf(item),
    values: Object.fromEntries(groups.map(({ name }) => [name, (item.dataset[name] || "").split("|")])),
  }));
  const controls = [text, ...groups];
  // A paper may stand under several headings.
  const all = status.textContent.replace(/\d+/, papers.length);

  const apply = () => {
    const words = fold(text.value.replace(NUMBER, "")).split(/\s+/).filter(Boolean);
    const chosen = groups.filter(({ value }) => value);
    let count = 0;
    for (const paper of papers) {
      const fits =
        words.every((word) => paper.text.includes(word)) &&
        chosen.every(({ name, value }) => paper.values[name].includes(value));
      paper.item.hidden = !fits;
      count += fits;
    }
    for (const section of sections) section.hidden = !section.querySelector("li:not([hidden])");
    const found = word("{count} of {papers}").replace("{count}", count).replace("{papers}", all);
    const some = count ? found : word("No paper matches");
    status.textContent = words.length || chosen.length ? some : all;
    form.toggleAttribute("data-chosen", controls.some(({ value }) => value));
  };

  const write = (method, hash = "") => {
    const query = String(
      new URLSearchParams(controls.filter(({ value }) => value).map(({ name, value }) => [name, value])),
    );
    history[method](null, "", location.pathname + (query && `?${query}`) + hash);
    apply();
  };

  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const control of controls) control.value = query.get(control.name) || "";
    // What is chosen behind "More" has to be seen.
    const details = form.querySelector("details");
    if (groups.some(({ chips, value }) => value && details?.contains(chips[0]))) details.open = true;
    apply();
    // A link to a paper shows it, whatever else the address says.
    const target = papers.find(({ item }) => `#${item.id}` === decodeURIComponent(location.hash));
    const isHidden = target?.item.hidden;
    if (isHidden) for (const control of controls) control.value = "";
    // What fits no choice does not stay in the address.
    if (location.search) write("replaceState", location.hash);
    if (isHidden) target.item.scrollIntoView();
  };

  // Typing is one step in the history, not one for each letter.
  let typing = false;
  text.addEventListener("input", () => {
    write(typing ? "replaceState" : "pushState");
    typing = true;
  });
  form.addEventListener("change", (event) => {
    if (event.target === text) typing = false;
    else write("pushState");
  });
  form.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") form.reset();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const control of controls) control.value = "";
    write("pushState");
    text.focus();
  });
  addEventListener("popstate", () => {
    typing = false;
    read();
  });
  read();
})();
