// What scripts add to the pages: nothing here is needed to read them.
// One module, loaded by every page; each part looks for what it improves and does nothing without it.

// The tables of this page, in order. What another part needs to know of a table:
// - table.region: its element; "papers-shown" is dispatched there, and bubbles, when other rows are shown
// - table.keys: keys of the papers that the filters leave, each once, in the order shown
// - await table.load(): from then on keys are those of all pages of a long table
// - table.decorate(row => ...): called once with each row's element, when it is first put on the page
const TABLES = [];

const SITE = new URL(document.documentElement.dataset.content_root || "./", location.href);
const FETCHED = new Map(); // pages of this site that were asked for, by address

for (const enhance of [tables, copying, bar, previews, searching, guessing]) {
  enhance(document);
}

// Tables: filter, sort, count ---------------------------------------------------------------

function tables(root) {
  for (const region of root.querySelectorAll(".sp-table")) {
    TABLES.push(new PaperTable(region));
  }
}

// Classes are not there before their line is run, functions are: hence the function around this one.
function PaperTable(region) {
  const rows = [...region.querySelectorAll("tr[data-key]")];
  return {
    region,
    get keys() {
      return [...new Set(rows.map((row) => row.dataset.key))];
    },
    async load() {},
    decorate(change) {
      rows.forEach(change);
    },
  };
}

// Copying: keys, BibTeX and references to the clipboard ------------------------------------

function copying() {}

// The bar: on a phone its sections scroll sideways, and the one that is open should be seen -----

function bar(document) {
  const current = document.querySelector(".site-bar [aria-current]");
  if (current) current.parentElement.scrollLeft = current.offsetLeft - 16;
}

// Pages of this site: fetched once, read for what they say of themselves ---------------------

function page(url) {
  const address = url.href.replace(/#.*/, "");
  if (!FETCHED.has(address)) {
    const read = async () => {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`${answer.status}`);
      return new DOMParser().parseFromString(await answer.text(), "text/html");
    };
    FETCHED.set(address, read().catch(() => null));
  }
  return FETCHED.get(address);
}

// A paper's own page, but for headings and permalinks; nothing for any other page.
function paperFacts(found) {
  const card = found?.querySelector("dl.sp-card");
  if (!card) return null;
  const labels = [...card.querySelectorAll("dt")];
  const fact = (label) => labels.find((each) => each.textContent === label)?.nextElementSibling.textContent;
  const heading = found.querySelector("h1").cloneNode(true);
  heading.querySelectorAll(".headerlink").forEach((link) => link.remove());
  return {
    name: heading.textContent,
    title: fact("Title") || "",
    place: fact("Published") || fact("First public") || "",
    summary: found.querySelector(".sp-summary")?.textContent || "",
  };
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

// Previews: what a link to a paper leads to ------------------------------------------------

function previews(document) {
  const papers = new URL("papers/", SITE).pathname;
  const article = document.querySelector("[role=main]");
  if (!article) return;
  const box = element("div", "sp-preview", "");
  box.id = "sp-preview";
  box.role = "tooltip";
  box.hidden = true;
  let shown = null; // the link whose preview is shown or will be
  let timer = 0;

  function leadsToPaper(link) {
    if (!link || link.origin !== location.origin || !link.pathname.startsWith(papers)) return false;
    const rest = link.pathname.slice(papers.length);
    return /^[^/]+\/?$/.test(rest) && !/^index\./.test(rest) && link.pathname !== location.pathname;
  }

  function close() {
    clearTimeout(timer);
    shown?.removeAttribute("aria-describedby");
    shown = null;
    box.hidden = true;
  }

  function place(link) {
    const at = link.getClientRects()[0] || link.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    box.style.left = `${scrollX + Math.max(8, Math.min(at.left, width - box.offsetWidth - 8))}px`;
    const above = at.bottom + box.offsetHeight + 8 > innerHeight && at.top > box.offsetHeight + 8;
    box.style.top = `${scrollY + (above ? at.top - box.offsetHeight - 4 : at.bottom + 4)}px`;
  }

  async function open(link) {
    const facts = paperFacts(await page(new URL(link.href)));
    if (!facts || shown !== link) return;
    box.replaceChildren(
      element("p", "sp-preview-name", facts.name),
      element("p", "sp-preview-title", facts.title),
      element("p", "sp-preview-summary", facts.summary),
      element("p", "sp-preview-place", facts.place),
    );
    box.hidden = false;
    place(link);
    link.setAttribute("aria-describedby", box.id);
  }

  function ask(link, delay) {
    if (link === shown) return clearTimeout(timer);
    close();
    shown = link;
    timer = setTimeout(() => open(link), delay);
  }

  function leave() {
    clearTimeout(timer);
    timer = setTimeout(close, 200); // time to move into the preview
  }

  article.addEventListener("pointerover", (event) => {
    const link = event.target.closest("a[href]");
    if (event.pointerType === "mouse" && leadsToPaper(link)) ask(link, 350);
  });
  article.addEventListener("pointerout", (event) => {
    if (shown && event.target.closest("a[href]") === shown && !shown.contains(event.relatedTarget)) leave();
  });
  article.addEventListener("focusin", (event) => {
    const link = event.target.closest("a[href]");
    if (link?.matches(":focus-visible") && leadsToPaper(link)) ask(link, 350);
  });
  article.addEventListener("focusout", (event) => {
    if (event.target === shown) close();
  });
  box.addEventListener("pointerenter", () => clearTimeout(timer));
  box.addEventListener("pointerleave", leave);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  document.body.append(box);
}

// Search: the page that was asked for comes first, and says in a sentence what it is ---------

function searching(document) {
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
      item.append(element("p", "context", facts.summary), element("p", "sp-found-place", facts.place));
    } else if (found) {
      item.append(element("p", "context", passage(found, decodeURIComponent(url.hash.slice(1)))));
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
}

// A page that is not there: what the address may have meant ----------------------------------

async function guessing(document) {
  const place = document.getElementById("sp-guesses");
  if (!place) return;
  const wanted = decodeURIComponent(location.pathname).slice(SITE.pathname.length).replace(/(\/index)?(\.html?)?\/?$/, "");
  const words = wanted.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  document.querySelectorAll("input[name=q]").forEach((input) => (input.value = words.at(-1) || ""));
  const found = closest(wanted, await inventory());
  if (!found.length) return;
  const list = document.createElement("ul");
  for (const { title, uri } of found) {
    const link = element("a", "", title);
    link.href = new URL(uri, SITE).href;
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  place.append(element("p", "", "Perhaps you meant:"), list);
}

// The documents of the site, as its inventory for other projects lists them.
async function inventory() {
  try {
    const bytes = new Uint8Array(await (await fetch(new URL("objects.inv", SITE))).arrayBuffer());
    let start = 0;
    for (let line = 0; line < 4; line++) start = bytes.indexOf(10, start) + 1;
    const packed = new Blob([bytes.subarray(start)]).stream().pipeThrough(new DecompressionStream("deflate"));
    const lines = (await new Response(packed).text()).split("\n");
    return lines.flatMap((line) => {
      const [, docname, uri, title] = line.match(/^(\S+) std:doc \S+ (\S+) (.*)$/) || [];
      return docname ? [{ docname, uri: uri.replace("$", docname), title }] : [];
    });
  } catch {
    return []; // the links that the page has anyway remain
  }
}

function closest(wanted, documents) {
  const pairs = (text) => new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
  const likeness = (one, other) => {
    const [a, b] = [pairs(one), pairs(other)];
    const shared = [...a].filter((pair) => b.has(pair)).length;
    return a.size + b.size ? (2 * shared) / (a.size + b.size) : 0;
  };
  const last = (path) => path.split("/").at(-1);
  const name = (path) => last(path.toLowerCase().replace(/\/index$/, ""));
  return documents
    .map((each) => ({ ...each, score: likeness(name(wanted), name(each.docname)) + (each.docname.startsWith(wanted.split("/")[0]) ? 0.05 : 0) }))
    .filter(({ score }) => score > 0.45)
    .sort((a, b) => b.score - a.score || (a.docname < b.docname ? -1 : 1))
    .slice(0, 5);
}
