"use strict";
// The search: the page of its results, and suggestions in every search box. The files of its index are classic scripts
// too, which also run from a disk; formats/search/index.py says what is in them.
const papersSearch = (() => {
  const { plain } = sphinxPapers;
  const ROOT = new URL(document.documentElement.dataset.content_root || "./", location.href);
  const INDEX = new URL("_search/", ROOT);
  // How much a word counts where it stands: by layer, and by field in the order of the index.
  const WEIGHTS = { s: [10, 6, 5.5, 5, 3], w: [2, 1] };
  const PRIOR = { paper: 1, method: 1.1, board: 1.1, term: 1.1, page: 0.95, work: 0.8, author: 0.9, group: 0.75, contributing: 0.35 };
  const RERANKED = 24; // so many are looked at closely, which means to load what they are
  const STEP = 20; // results that are shown at a time
  const SUGGESTED = 8;
  const LONGEST = 12; // words of a query that are looked for

  // Words: as formats/search/words.py folds them, which tells what is written in two ways through the manifest ---

  function folded(text) {
    return manifest.spellings.reduce(
      (folding, [pattern, instead]) => folding.replace(new RegExp(pattern, "g"), instead),
      plain(text.replace(/['’]s(?![\p{L}\p{N}_])/giu, "")),
    );
  }

  /** Return the words of *text*, each with what it is joined to by hyphens. */
  function words(text) {
    const found = [];
    for (const chunk of folded(text).split(/\s+/)) {
      const doi = chunk.match(/10\.[0-9]{4,}\/\S*[\p{L}\p{N}]/u);
      found.push(...(doi ? [doi[0]] : (chunk.match(/[0-9]+(?:\.[0-9]+)+|[\p{L}\p{N}]+/gu) ?? [])));
    }
    return found;
  }

  /** Return *text* as phrases are compared: singular or plural is the same. */
  const written = (text) => ` ${words(text).map((word) => word.replace(/s$/, "")).join(" ")} `;

  /** Return how many slips of the keyboard lie between two words, at most *most* + 1; swapped neighbours are one. */
  function slips(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let [older, old] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
    for (let i = 1; i <= one.length; i++) {
      const now = [i];
      let least = i;
      for (let j = 1; j <= other.length; j++) {
        const same = one[i - 1] === other[j - 1];
        now[j] = Math.min(old[j] + 1, now[j - 1] + 1, old[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          now[j] = Math.min(now[j], older[j - 2] + 1);
        }
        least = Math.min(least, now[j]);
      }
      if (least > most) return most + 1;
      [older, old] = [old, now];
    }
    return old[other.length];
  }

  const forgiven = (word) => (/^[0-9]+$|[./]/.test(word) || word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

  // The index: the manifest, and files as they are needed ----------------------------------------

  let manifest = null;
  let begun = null; // the promise of the manifest
  const files = new Map(); // promises of files, by name
  const waiting = new Map(); // who waits for what a script brings

  function load(name, version) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(`${name}.js${version ? `?v=${version}` : ""}`, INDEX);
      waiting.set(name, { resolve, reject });
      script.onload = () => {
        script.remove();
        waiting.delete(name);
        reject(new Error(name)); // it brought something else
      };
      script.onerror = script.onload;
      document.head.append(script);
    });
  }

  function begin(version) {
    begun ??= load("index", version).then(
      (data) => (manifest = data),
      (error) => {
        begun = null;
        throw error;
      },
    );
    return begun;
  }

  function file(name) {
    if (!files.has(name)) {
      files.set(name, load(name, manifest.version).catch((error) => {
        files.delete(name);
        throw error;
      }));
    }
    return files.get(name);
  }

  /** Return the number of the last of *firsts* that is not behind *what*. */
  function at(firsts, what) {
    let [low, high] = [0, firsts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (firsts[middle] <= what) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function numbers(packed) {
    const found = [];
    let [sum, value, unit] = [0, 0, 1];
    for (const char of packed) {
      const digit = manifest.digits.indexOf(char);
      value += (digit % 32) * unit;
      unit *= 32;
      if (digit < 32) {
        found.push((sum += value));
        [value, unit] = [0, 1];
      }
    }
    return found;
  }

  /** Return the lines of *layer* whose words begin with *start*, from at most *most* files. */
  async function lines(layer, start, most = 2) {
    const firsts = manifest[layer];
    if (!firsts.length) return [];
    const [from, to] = [at(firsts, start), at(firsts, `${start}\uffff`)];
    const some = Array.from({ length: Math.min(to - from + 1, most) }, (_, n) => file(`${layer}${from + n}`));
    return (await Promise.all(some)).flatMap((text) => text.split("\n")).map((line) => {
      const cut = line.indexOf(" ");
      return [line.slice(0, cut), line.slice(cut + 1)];
    });
  }

  async function place(number) {
    const part = at(manifest.p, number);
    const rows = (await file(`p${part}`)).split("\n");
    const [address, title, note = "", summary = "", headings = []] = JSON.parse(rows[number - manifest.p[part]]);
    return { number, kind: kindOf(number), address, title, note, summary, headings };
  }

  function kindOf(number) {
    return Object.entries(manifest.kinds).findLast(([, first]) => first <= number)[0];
  }

  // The query: every word is found as it is, half typed, with another ending, mistyped --------------

  /** Return what a word may have been before it got an ending. */
  function stems(word) {
    const found = [];
    for (const [ending, instead] of [["ies", "y"], ["es", ""], ["s", ""], ["ing", ""], ["ed", ""], ["e", ""]]) {
      const stem = word.slice(0, -ending.length) + instead;
      if (word.endsWith(ending) && stem.length > 3) found.push(stem);
    }
    return found;
  }

  /** Return how well the word *known* answers *word*, from 0 to 1: less than a half if by a slip only. */
  function likeness(word, known, endings, isLast) {
    if (known === word) return 1;
    if (known.startsWith(word) && (word.length > 2 || isLast)) return 0.5 + (0.35 * word.length) / known.length;
    if (endings.some((stem) => known === stem || (known.startsWith(stem) && known.length - stem.length < 4))) return 0.75;
    const most = forgiven(word);
    const slipped = most && Math.min(slips(word, known, most), slips(word, known.slice(0, word.length), most === 2 ? 1 : 0) + 0.5);
    return most && slipped <= most ? 0.45 - 0.1 * slipped : 0;
  }

  /** Return what answers *word*: how well, by number of the place, and the words that do. */
  async function answers(word, isLast, layers) {
    const kinds = { exact: new Map(), near: new Map(), slipped: new Map() };
    const known = new Map(); // words of the index that answer, by how well
    const endings = stems(word);
    const take = (layer, found) => {
      for (const [term, packed] of found) {
        const like = likeness(word, term, endings, isLast);
        if (!like || (layer === "w" && like < 0.5)) continue;
        known.set(term, like);
        const scores = kinds[like === 1 ? "exact" : like < 0.5 ? "slipped" : "near"];
        packed.split("|").forEach((field, index) => {
          const places = numbers(field);
          const rare = like === 1 ? 1 + Math.log2(manifest.size / (places.length + 1)) / 8 : 1;
          for (const number of places) {
            const score = WEIGHTS[layer][index] * like * rare;
            if (score > (scores.get(number) ?? 0)) scores.set(number, score);
          }
        });
      }
    };
    const starts = [...new Set([word, ...endings])];
    await Promise.all(layers.flatMap((layer) => starts.map(async (start) => take(layer, await lines(layer, start)))));
    const best = Math.max(0, ...known.values());
    if (best < 0.5 && forgiven(word)) {
      // Mistyped at the beginning, perhaps: what others begin with who share the rest is in other files.
      const others = [...new Set([word[1] + word[0] + word.slice(2), word.slice(1), word[0] + word.slice(2)])];
      await Promise.all(others.map(async (start) => take("s", await lines("s", start, 1))));
    }
    // What is meant beyond doubt leaves little to what is only like it, and nothing to slips, but in long words: localisation.
    const scores = kinds.exact;
    const sure = scores.size ? 0.35 : 1;
    if (kinds.near.size + scores.size && word.length < 8) kinds.slipped.clear();
    for (const [some, share] of [[kinds.near, sure], [kinds.slipped, sure]]) {
      for (const [number, score] of some) scores.set(number, Math.max(scores.get(number) ?? 0, score * share));
    }
    return { word, scores, known };
  }

  /** Return the places that answer *query*, the best first, and what was understood. */
  async function ask(query, { typing = false } = {}) {
    try {
      return await answered(query, typing);
    } catch (error) {
      if (!error.version) throw error;
      // The site was built anew since the browser kept the manifest.
      files.clear();
      begun = null;
      await begin(error.version);
      return answered(query, typing);
    }
  }

  async function answered(query, typing) {
    await begin();
    const all = [...new Set(words(query))].slice(0, LONGEST);
    const telling = all.filter((word) => !manifest.stop.includes(word));
    const asked = telling.length ? telling : all;
    const layers = typing ? ["s"] : ["s", "w"];
    const found = await Promise.all(asked.map((word, index) => answers(word, typing && index === asked.length - 1, layers)));
    const totals = new Map();
    for (const { scores } of found) {
      for (const [number, score] of scores) {
        const total = totals.get(number) ?? [0, 0];
        totals.set(number, [total[0] + score, total[1] + 1]);
      }
    }
    const priors = Object.entries(manifest.kinds);
    const ranked = [...totals].map(([number, [score, count]]) => {
      const kind = priors.findLast(([, first]) => first <= number)[0];
      // Who asks for several things at once does not ask what one of them means.
      const prior = kind === "term" && asked.length > 2 ? PRIOR.term / 2 : PRIOR[kind];
      return { number, score: score * prior * (count / asked.length) ** 2 };
    });
    ranked.sort((a, b) => b.score - a.score || a.number - b.number);
    const head = await Promise.all(ranked.slice(0, RERANKED).map(async (each) => ({ ...(await place(each.number)), score: each.score })));
    for (const each of head) each.score += closeness(each, query.trim().toLowerCase());
    head.sort((a, b) => b.score - a.score || a.number - b.number);
    return { asked, found, places: [...head, ...ranked.slice(RERANKED)] };
  }

  /** Return what a place gains as its title, or a part of it, is what was typed. */
  function closeness({ title, note, summary, headings }, query) {
    const phrase = written(query);
    const cited = phrase.match(/^( .+ )([0-9]{4}) $/); // as papers are cited, by author and year
    if (cited && written(note).startsWith(cited[1]) && written(note).includes(` ${cited[2]} `)) return 6;
    const [name] = title.split(": ");
    const names = name === title ? [] : name.split(" / ");
    if (written(title) === phrase) return 12;
    if (names.some((each) => each.toLowerCase() === query)) return 11; // EPS, not EPS++
    if (names.some((each) => written(each) === phrase)) return 10;
    if (!phrase.trim().includes(" ")) return 0;
    if (written(title).startsWith(phrase)) return 7;
    if (headings.some(([text]) => written(text) === phrase)) return 7;
    return written(title).includes(phrase) ? 5 : written(summary).includes(phrase) ? 2 : 0;
  }

  // What is shown ------------------------------------------------------------------------------------

  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
    element.append(...children);
    return element;
  }

  /** Return *text* with the words marked that *answer* the query. */
  function marked(text, answer) {
    const parts = [];
    let end = 0;
    for (const match of text.matchAll(/[\p{L}\p{M}\p{N}'’]+(?:\.[0-9]+)*/gu)) {
      if (!words(match[0]).some((word) => answer.fits(word))) continue;
      parts.push(text.slice(end, match.index), make("mark", {}, match[0]));
      end = match.index + match[0].length;
    }
    return [...parts, text.slice(end)];
  }

  /** Return what tells which words of a text answer the query. */
  function answering({ found }) {
    const known = found.map(({ word, known }) => {
      const best = Math.max(0, ...known.values());
      return { word, terms: new Set([...known].filter(([, like]) => like >= Math.min(best, 0.5)).map(([term]) => term)) };
    });
    const fits = (word) => known.some((each) => each.terms.has(word));
    return {
      fits,
      /** Whether *text* has an answer to each word of the query. */
      covers: (text) => {
        const own = new Set(words(text));
        return known.every(({ word, terms }) => own.has(word) || [...terms].some((term) => own.has(term)));
      },
    };
  }

  /** Return the address of a place: of the heading that answers the query, where one does. */
  function addressOf({ address, title, headings }, answer) {
    const heading = !answer.covers(title) && headings.find(([text]) => answer.covers(text));
    return heading ? [new URL(`${address}#${heading[1]}`, ROOT), `${title} › ${heading[0]}`] : [new URL(address, ROOT), title];
  }

  async function results(box) {
    const query = new URLSearchParams(location.search).get("q")?.trim() ?? "";
    const ways = document.querySelector(".sp-search-ways");
    for (const input of document.querySelectorAll("form[data-suggests] input")) input.value = query;
    if (!query) return;
    ways.hidden = true;
    const status = make("p", { role: "status" }, "Searching …");
    const list = make("ul", { class: "search" });
    const more = make("button", { type: "button", class: "sp-search-more" }, "More results");
    more.hidden = true;
    box.append(make("h2", {}, "Search Results"), status, list, more);
    box.setAttribute("aria-busy", "true");
    await fill().catch(() => {
      status.textContent = "The index could not be loaded. Everything can be reached from here:";
      ways.hidden = false;
    });
    box.setAttribute("aria-busy", "false");

    async function fill() {
      const answer = await ask(query);
      const { places, found } = answer;
      const fitting = answering(answer);
      document.title = `${query} - ${document.title}`;
      if (!places.length) {
        status.textContent = `Nothing here has “${query}”.`;
        status.after(...(await nearest(found)), make("p", {}, "Or look into one of these:"));
        ways.hidden = false;
        return;
      }
      let shown = 0;
      const show = async () => {
        const next = places.slice(shown, shown + STEP);
        shown += next.length;
        more.hidden = shown >= places.length;
        const items = await Promise.all(next.map(async (each) => result(each.address ? each : await place(each.number), fitting)));
        list.append(...items);
        return items[0];
      };
      more.addEventListener("click", async () => (await show())?.querySelector("a").focus());
      await show();
      status.textContent = said(places.length, found);
    }
  }

  function said(count, found) {
    const parts = [count === 1 ? "One page." : `${count.toLocaleString("en")} pages, the best first.`];
    for (const { word, known } of found) {
      const [best, like] = [...known].reduce((one, other) => (other[1] > one[1] ? other : one), ["", 0]);
      if (!best) parts.push(`None has “${word}”.`);
      else if (like < 0.5) parts.push(`None has “${word}”: these have “${best}”.`);
    }
    return parts.join(" ");
  }

  /** Return the words of the site that are nearest to what was typed, as queries. */
  async function nearest(found) {
    const near = new Map();
    for (const { word } of found) {
      for (let length = Math.min(4, word.length); length > 0 && near.size < 12; length--) {
        for (const [term] of await lines("s", word.slice(0, length), 1)) {
          const far = slips(word, term, 4);
          if (far < Math.min(4, word.length - 1)) near.set(term, Math.min(far, near.get(term) ?? far));
        }
      }
    }
    const best = [...near].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 5);
    if (!best.length) return [];
    const links = best.map(([term]) => make("a", { href: `?${new URLSearchParams({ q: term })}` }, term));
    return [make("p", { class: "sp-nearest" }, "Words that are near: ", ...links.flatMap((link, n) => (n ? [", ", link] : [link])), ".")];
  }

  function result(each, answer) {
    const [address, title] = addressOf(each, answer);
    const item = make("li", {}, make("a", { href: address.href }, ...marked(title, answer)));
    const text = make("p", { class: "context" }, ...marked(each.summary, answer));
    if (each.summary) item.append(text);
    if (each.note) item.append(make("p", { class: "sp-found-place" }, ...marked(each.note, answer)));
    const isWhole = ["paper", "method", "page", "contributing"].includes(each.kind);
    if (isWhole && !answer.covers(`${title} ${each.summary} ${each.note}`)) inView(item, () => passage(address, text, item, answer));
    return item;
  }

  // The words stand elsewhere on the page: a passage is taken from there when the result is in sight.
  const seen = new Map();
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      seen.get(target)();
    }
  });

  function inView(item, then) {
    if (!location.protocol.startsWith("http")) return; // a page on a disk cannot be read by another
    seen.set(item, then);
    observer.observe(item);
  }

  async function passage(address, text, item, answer) {
    const got = await fetch(address).catch(() => null);
    if (!got?.ok) return;
    const page = new DOMParser().parseFromString(await got.text(), "text/html");
    const counted = [...page.querySelectorAll("[role=main] :is(p, li, dd)")]
      .filter((each) => !each.closest("nav, table, .edit-page, .sp-card") && !each.querySelector("p, li"))
      .map((each) => ({ line: each.textContent.replace(/\s+/g, " ").trim() }))
      .map(({ line }) => ({ line, count: new Set(words(line).filter(answer.fits)).size }));
    const best = counted.reduce((one, other) => (other.count > one.count ? other : one), { line: "", count: 0 });
    if (!best.count) return;
    text.replaceChildren(...marked(cut(best.line, answer), answer));
    if (!text.isConnected) item.querySelector("a").after(text);
  }

  /** Return the part of *line* in which the words stand, as long as a result shows. */
  function cut(line, answer) {
    if (line.length <= 240) return line;
    const first = [...line.matchAll(/[\p{L}\p{M}\p{N}'’.]+/gu)].find((each) => words(each[0]).some(answer.fits))?.index ?? 0;
    const start = first > 160 ? line.indexOf(" ", first - 120) + 1 : 0;
    const part = line.slice(start, start + 240);
    return `${start ? "… " : ""}${part.slice(0, Math.max(part.lastIndexOf(" "), 200))} …`;
  }

  // Suggestions: a combobox with a list, as the ARIA Authoring Practices describe it -----------------

  let boxes = 0;

  function suggesting(input) {
    const list = make("ul", { id: `sp-suggestions-${(boxes += 1)}`, role: "listbox", class: "sp-suggestions", "aria-label": "Suggestions" });
    list.hidden = true;
    input.form.append(list);
    for (const [name, value] of Object.entries({
      role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    })) {
      input.setAttribute(name, value);
    }
    let active = -1;
    let latest = 0;

    function choose(index) {
      list.children[active]?.removeAttribute("aria-selected");
      active = index;
      const option = list.children[index];
      if (!option) return input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      return input.setAttribute("aria-activedescendant", option.id);
    }

    function close() {
      latest += 1;
      choose(-1);
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
    }

    async function suggest() {
      const mine = (latest += 1);
      if (input.value.trim().length < 2) return close();
      const answer = await ask(input.value, { typing: true }).catch(() => null);
      if (mine !== latest) return undefined;
      const places = answer?.places.filter((each) => each.address && each.kind !== "contributing").slice(0, SUGGESTED) ?? [];
      if (!places.length) return close();
      const fitting = answering(answer);
      choose(-1);
      list.replaceChildren(...places.map((each, index) => {
        const option = make("li", { id: `${list.id}-${index}`, role: "option" }, make("span", {}, ...marked(each.title, fitting)));
        if (each.note) option.append(" ", make("small", {}, each.note));
        option.dataset.address = new URL(each.address, ROOT);
        return option;
      }));
      list.hidden = false;
      return input.setAttribute("aria-expanded", "true");
    }

    input.addEventListener("input", suggest);
    input.addEventListener("blur", close);
    input.form.addEventListener("submit", close);
    input.addEventListener("keydown", (event) => {
      const count = list.hidden ? 0 : list.children.length;
      if (event.isComposing) return;
      if (event.key === "ArrowDown" && !count) suggest();
      else if (event.key === "ArrowDown") choose(active + 1 < count ? active + 1 : -1);
      else if (event.key === "ArrowUp" && count) choose(active < 0 ? count - 1 : active - 1);
      else if (event.key === "Escape" && count) close();
      else if (event.key === "Enter" && active >= 0 && count) location.assign(list.children[active].dataset.address);
      else return;
      event.preventDefault();
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.address);
    });
    if (document.activeElement === input && input.value) suggest();
  }

  // Called by the files of the index.
  const brought = {
    begin: (data) => waiting.get("index")?.resolve(data),
    take(name, version, data) {
      if (version === manifest.version) waiting.get(name)?.resolve(data);
      else waiting.get(name)?.reject(Object.assign(new Error(name), { version }));
    },
  };

  document.querySelectorAll("form[data-suggests] input").forEach(suggesting);
  const box = document.getElementById("search-results");
  if (box) results(box);
  return { ...brought, ask, words, slips };
})();
