"use strict";
// Papers side by side. Which ones stands in the address, `#papers=KEY,KEY`: of a page opened from a disk nothing else of it can be changed.
// What may stand on one line is decided as model/views/side_by_side.py does it.
(() => {
  const { chosen, data, decoded, make, plain } = sphinxPapers;
  const place = document.querySelector(".sp-comparing");
  const TERMS = JSON.parse(place.querySelector("script").textContent);
  const SAID = TERMS.said; // sentences have {} where something is put in
  const MOST = Number(place.dataset.most);
  const UNKNOWN = "unknown";
  const DASH = "\u2013";
  let names = []; // key, name, title and year of every paper; loaded when somebody wants to choose
  let keys = [];
  let asked = 0;

  const addressOf = (key) => place.dataset.page.replace("KEY", encodeURIComponent(key));

  /** What is known of the paper *key*; nothing if there is no such paper. */
  async function sheetOf(key) {
    const found = await data(`compare/${key}`).catch(() => null);
    return found && { ...found[0], facts: [...found[0].facts, ...found[1]] };
  }

  // The address ----------------------------------------------------------------------------

  function wanted() {
    const found = /^#papers=(.*)$/.exec(location.hash);
    const given = found ? decoded(found[1]) : new URLSearchParams(location.search).get("papers") ?? "";
    return [...new Set(given.split(",").map((key) => key.trim()).filter((key) => /^[A-Za-z0-9][\w-]*$/.test(key)))].slice(0, MOST);
  }

  function take(some) {
    history.replaceState(null, "", `#papers=${some.join(",")}`);
    show();
  }

  // Choosing -------------------------------------------------------------------------------

  const chips = make("ul", { class: "sp-compared", "aria-label": "Papers that are compared" });
  const list = make("datalist", { id: "sp-all-papers" });
  const field = make("input", { type: "search", id: "sp-add-paper", list: list.id, autocomplete: "off", placeholder: "Name, title or key" });
  const mine = make("button", { type: "button", onclick: () => take(chosen.keys.slice(0, MOST)) });
  const said = make("p", { class: "sp-status", role: "status" });
  const form = make("form", {}, make("label", { for: field.id }, "Add a paper "), field, " ", make("button", {}, "Add"), " ", mine);
  const tables = make("div");
  place.append(chips, form, list, said, tables);

  const label = ([, name, title, year]) => `${name}: ${title} (${year})`;

  /** Offer the papers that fit what was typed: thousands of options would make each key wait. */
  async function offer() {
    names = await data("compare/index").catch(() => []);
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    const fitting = names.filter((each) => !keys.includes(each[0]) && words.every((word) => plain(`${each[0]} ${label(each)}`).includes(word)));
    list.replaceChildren(...fitting.slice(0, 20).map((each) => make("option", { value: label(each) })));
    return fitting;
  }

  field.addEventListener("focus", offer);
  field.addEventListener("input", offer);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const typed = field.value.trim();
    const fitting = typed ? await offer() : [];
    const found = fitting.find((each) => each[0] === typed || label(each) === typed) ?? fitting.find((each) => plain(each[1]) === plain(typed)) ?? fitting[0];
    if (keys.length >= MOST) {
      said.textContent = `At most ${MOST} papers stand side by side: take one out first.`;
    } else if (found) {
      field.value = "";
      take([...keys, found[0]]);
    } else {
      said.textContent = typed ? `No paper here is called \u201c${typed}\u201d, or it stands there already.` : "Type a part of a name or title.";
    }
  });

  // Showing --------------------------------------------------------------------------------

  async function show() {
    const now = (asked += 1);
    keys = wanted();
    const found = await Promise.all(keys.map(sheetOf));
    if (now !== asked) {
      return; // something else was asked for since
    }
    const sheets = found.filter(Boolean);
    const missing = keys.filter((_, place) => !found[place]);
    chips.replaceChildren(...sheets.map((sheet) => make("li", {}, paperLink(sheet), " ", make("button", { type: "button", "aria-label": `Take ${sheet.name} out`, onclick: () => take(keys.filter((key) => key !== sheet.key)) }, "\u00d7"))));
    said.textContent = missing.length ? `No page here: ${missing.join(", ")}.` : sheets.length === 1 ? "Choose one more paper." : "";
    tables.replaceChildren(...(sheets.length > 1 ? compared(sheets) : []));
  }

  function compared(sheets) {
    const heads = sheets.map((sheet) => sheet.name);
    const facts = sheets[0].facts.map(([label], row) => [strong(label), ...sheets.map((sheet) => runs(sheet.facts[row][1]))]);
    const parts = [title(SAID.facts), table(SAID.fact, heads, SAID.facts, [["", [[strong(SAID.page), ...sheets.map((sheet) => [paperLink(sheet)])], ...facts]]])];
    if (sheets.some((sheet) => sheet.chain.length)) {
      const rows = TERMS.stages.map((stage, row) => [strong(stage), ...sheets.map((sheet) => (sheet.chain.length ? [sheet.chain[row] || DASH] : [em(UNKNOWN)]))]);
      parts.push(title(SAID.chain), table(SAID.stage, heads, SAID.chain, [["", rows]]));
    }
    const boards = boardsOf(sheets);
    const lines = shared(sheets, boards);
    if (lines.length) {
      parts.push(title(SAID.shared), table(SAID.under, heads, SAID.shared, grouped(lines, (line) => [boardName(line.board), sharedRow(line)])));
    }
    const rest = apart(sheets, boards, lines);
    if (rest.length) {
      const groups = rest.map((each) => [each.group ? `${boardName(each.board)}: ${inSentence(each.group)}` : boardName(each.board), each.numbers.map(([place, number]) => apartRow(sheets[place], number, each.differing))]);
      parts.push(title(SAID.apart), table(SAID.paper, [SAID.result, SAID.differs, SAID.note], SAID.apart, groups));
    }
    const alone = sheets.map((sheet, place) => [sheet, [...boards].filter(([, places]) => places.length === 1 && places[0] === place)]);
    const items = alone.filter(([, its]) => its.length).map(([sheet, its]) => make("li", {}, ...filled(SAID.alone, paperLink(sheet), its.map(([board]) => boardName(board)).join("; "))));
    return items.length ? [...parts, make("ul", { class: "sp-alone" }, ...items)] : parts;
  }

  /** The places of the papers that report on each board, the boards first on which most do. */
  function boardsOf(sheets) {
    const boards = new Map();
    for (const [place, sheet] of sheets.entries()) {
      for (const board of new Set(sheet.results.map((number) => number.board))) {
        boards.set(board, [...(boards.get(board) ?? []), place]);
      }
    }
    return new Map([...boards].sort(([, one], [, other]) => other.length - one.length));
  }

  /** The numbers that share their conditions, as at least two papers have one each. */
  function shared(sheets, boards) {
    const found = new Map();
    for (const [place, sheet] of sheets.entries()) {
      for (const number of sheet.results.filter((each) => each.alike)) {
        const name = `${number.board} ${number.alike}`;
        if (!found.has(name)) {
          found.set(name, { board: number.board, alike: number.alike, group: number.group, stated: number.stated, cells: sheets.map(() => []) });
        }
        found.get(name).cells[place].push(number);
      }
    }
    const order = [...boards.keys()];
    const count = (line) => line.cells.filter((cell) => cell.length).length;
    return [...found.values()]
      .filter((line) => count(line) > 1)
      .sort((one, other) => order.indexOf(one.board) - order.indexOf(other.board) || count(other) - count(one) || Object.keys(other.stated).length - Object.keys(one.stated).length);
  }

  /** All other numbers on boards on which several papers report, those together that were trained with the same. */
  function apart(sheets, boards, lines) {
    const onLine = new Set(lines.map((line) => `${line.board} ${line.alike}`));
    const groups = new Map();
    for (const [place, sheet] of sheets.entries()) {
      for (const number of sheet.results.filter((each) => boards.get(each.board).length > 1)) {
        const name = `${number.board} ${number.group ?? ""}`;
        if (!groups.has(name)) {
          groups.set(name, { board: number.board, group: number.group ?? "", all: [] });
        }
        groups.get(name).all.push([place, number]);
      }
    }
    const order = [...boards.keys()];
    const papers = (each) => new Set(each.numbers.map(([place]) => place)).size;
    for (const each of groups.values()) {
      each.numbers = each.all.filter(([, number]) => !number.alike || !onLine.has(`${each.board} ${number.alike}`));
      const stated = new Set(each.all.flatMap(([, number]) => Object.keys(number.stated)));
      each.differing = [...stated].filter((name) => new Set(each.all.map(([, number]) => number.stated[name])).size > 1);
    }
    return [...groups.values()]
      .filter((each) => each.numbers.length)
      .sort((one, other) => order.indexOf(one.board) - order.indexOf(other.board) || papers(other) - papers(one));
  }

  function sharedRow({ board, group, stated, cells }) {
    const numbers = cells.flat();
    const values = numbers.map((number) => number.value);
    const under = [group, ...Object.entries(stated).map(([name, text]) => named(TERMS.conditions[name], text))].filter(Boolean).join(", ");
    const open = [...new Set(numbers.flatMap((number) => number.open))].map((name) => TERMS.conditions[name]);
    const tells = new Set(values).size > 1 && !open.length && !numbers.some((number) => number.variant);
    const best = tells ? (TERMS.boards[board][1] ? Math.min : Math.max)(...values) : null;
    return [
      [under || SAID.nothing, ...(open.length ? [em(filled(SAID.open, open.join(", ")).join(""))] : [])],
      ...cells.map((cell) => (cell.length ? cell.flatMap((number, place) => [place ? "; " : "", ...numberRuns(number, best)]) : [DASH])),
    ];
  }

  function apartRow(sheet, number, differing) {
    const told = differing.map((name) => (name in number.stated ? named(TERMS.conditions[name], number.stated[name]) : `${TERMS.conditions[name]}: ${UNKNOWN}`));
    return [[paperLink(sheet)], numberRuns(number, null), [told.join("; ") || DASH], [number.note || DASH]];
  }

  function numberRuns(number, best) {
    return [number.value === best ? strong(number.text) : number.text, number.variant ? ` (${number.variant})` : ""];
  }

  /** What a value is of, unless it says so itself, as *With CRF* does. */
  function named(name, text) {
    return text.toLowerCase().includes(name.toLowerCase()) ? text : `${name}: ${text}`;
  }

  /** Return the pieces of *sentence*, and between them what is *given*. */
  function filled(sentence, ...given) {
    return sentence.split("{}").flatMap((piece, place) => (place ? [given[place - 1], piece] : [piece]));
  }

  function inSentence(name) {
    const second = name.slice(1, 2);
    return second !== second.toLowerCase() ? name : name.slice(0, 1).toLowerCase() + name.slice(1);
  }

  const boardName = (board) => TERMS.boards[board]?.[0] ?? board;
  const strong = (text) => make("strong", {}, text);
  const em = (text) => make("em", {}, text);
  const title = (text) => make("h2", {}, text);
  const paperLink = (sheet) => make("a", { href: addressOf(sheet.key) }, sheet.name);

  function runs(some) {
    return some.map((run) => {
      if (typeof run === "string") {
        return run === UNKNOWN ? em(run) : run;
      }
      const [text, kind, to] = run;
      const web = kind === "url" && /^https?:/.test(to);
      return web || kind === "paper" ? make("a", { href: web ? to : addressOf(to) }, text) : text;
    });
  }

  /** Return [heading, rows] of each group, from items that *part* turns into [heading, row]. */
  function grouped(items, part) {
    const groups = new Map();
    for (const [heading, row] of items.map(part)) {
      groups.set(heading, [...(groups.get(heading) ?? []), row]);
    }
    return [...groups];
  }

  function table(first, heads, caption, groups) {
    const head = make("tr", {}, ...[first, ...heads].map((text) => make("th", { scope: "col" }, text)));
    const bodies = groups.map(([heading, rows]) => {
      const over = heading ? [make("tr", { class: "sp-group" }, make("th", { colspan: String(heads.length + 1), scope: "rowgroup" }, heading))] : [];
      return make("tbody", {}, ...over, ...rows.map((row) => make("tr", {}, ...row.map((cell) => make("td", {}, ...[cell].flat())))));
    });
    return make("div", { class: "sp-beside", role: "region", "aria-label": caption, tabindex: "0" }, make("table", {}, make("caption", {}, caption), make("thead", {}, head), ...bodies));
  }

  chosen.watch(() => {
    mine.hidden = chosen.size < 2;
    mine.textContent = chosen.size > MOST ? `Take the first ${MOST} of the selection` : `Take the selection (${chosen.size})`;
  });
  addEventListener("hashchange", show);
  show();
})();
