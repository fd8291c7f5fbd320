"use strict";
// Search: the page that was asked for comes first, and says in a sentence what it is.
(() => {
  const { decoded, make, page, paperFacts } = sphinxPapers;

  const results = document.getElementById("search-results");
  if (!results || typeof Search === "undefined" || typeof Scorer === "undefined") return;
  const query = (new URLSearchParams(location.search).get("q") || "").toLowerCase();
  const asked = splitQuery(query);
  let known = null;

  // The words that pages give for themselves: index entries that lead to a whole page.
  function selfDescriptions(index) {
    const words = new Map();
    for (const [entry, places] of Object.entries(index.indexentries)) {
      for (const [file, anchor] of places) {
        if (anchor) continue;
        const docname = index.docnames[file];
        if (!words.has(docname)) words.set(docname, new Set());
        splitQuery(entry).forEach((word) => words.get(docname).add(word));
      }
    }
    return words;
  }

  Scorer.score = (result) => {
    const [docname, title, , , score, , kind] = result;
    // A page found by its own heading is that page: Sphinx drops what it found twice.
    if (kind === "title" && !title.includes(" > ")) result[2] = "";
    known ??= selfDescriptions(Search._index);
    const words = known.get(docname);
    if (!words) return score;
    const fits = (word) => words.has(word) || (word.length > 3 && [...words].some((each) => each.startsWith(word)));
    return score + (100 * asked.filter(fits).length) / asked.length;
  };

  // Sphinx fetches every page it found, however many; here only those that are looked at.
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
  const inView = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      inView.unobserve(target);
      describe(target);
    }
  });
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) if (node.nodeName === "LI") inView.observe(node);
    }
  }).observe(results, { childList: true, subtree: true });

  async function describe(item) {
    const url = new URL(item.querySelector("a").href);
    const found = await page(url);
    const facts = paperFacts(found);
    if (facts) {
      item.append(make("p", { class: "context" }, facts.summary), make("p", { class: "sp-found-place" }, facts.place));
    } else if (found) {
      item.append(make("p", { class: "context" }, passage(found, decoded(url.hash.slice(1)))));
    }
  }

  // The sentence or two of running text in which the words stand, or which the anchor names.
  function passage(found, anchor) {
    const named = anchor && found.getElementById(anchor);
    if (named?.nodeName === "DT") return shortened(named.parentElement.querySelector(`#${CSS.escape(anchor)} ~ dd`), 0);
    const from = named || found.querySelector("[role=main]");
    const texts = [...from.querySelectorAll("p, li, dd")].filter((each) => !each.closest("nav, table, .edit-page"));
    const place = (text) => Math.max(...asked.map((word) => text.textContent.toLowerCase().indexOf(word)));
    const best = texts.find((text) => place(text) >= 0) || texts[0];
    return best ? shortened(best, place(best)) : "";
  }

  function shortened(text, place) {
    const all = text.textContent.replace(/\s+/g, " ").trim();
    if (all.length <= 240) return all;
    const start = place > 160 ? all.indexOf(" ", place - 120) + 1 : 0;
    const part = all.slice(start, start + 240);
    return `${start ? "… " : ""}${part.slice(0, part.lastIndexOf(" "))} …`;
  }
})();
