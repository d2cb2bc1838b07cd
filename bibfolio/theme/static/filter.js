/* Filters the list of papers in place. What is chosen stands in the address, so that a view can be
   shared and "back" works. */
"use strict";

(() => {
  const form = document.querySelector(".paper-filter");
  if (!form) return;
  const status = document.querySelector(".paper-filter-status");
  const sections = [...document.querySelectorAll("section:has(> .paper-card-complete)")];
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const papers = [...document.querySelectorAll(".paper-card-complete > li")].map((item) => ({
    item,
    text: fold(item.textContent),
  }));
  const text = form.elements.text;
  const selects = [...form.querySelectorAll("select")];
  const controls = [text, ...selects];

  const apply = () => {
    const words = fold(text.value).split(/\s+/).filter(Boolean);
    const chosen = selects.filter((select) => select.value);
    let count = 0;
    for (const paper of papers) {
      const fits =
        words.every((word) => paper.text.includes(word)) &&
        chosen.every(({ name, value }) => paper.item.dataset[name]?.split("; ").includes(value));
      paper.item.hidden = !fits;
      count += fits;
    }
    for (const section of sections) section.hidden = !section.querySelector("li:not([hidden])");
    const all = `${papers.length} papers`;
    const some = count ? `${count} of ${all}` : "No paper matches";
    status.textContent = words.length || chosen.length ? some : all;
  };

  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const control of controls) control.value = query.get(control.name) || "";
    for (const select of selects) if (select.selectedIndex < 0) select.value = "";
    apply();
  };

  const write = (method) => {
    const query = new URLSearchParams();
    for (const { name, value } of controls) if (value) query.set(name, value);
    history[method](null, "", location.pathname + (query.size ? `?${query}` : ""));
    apply();
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
