"use strict";
// Tables: filter, sort, count. Other scripts find the tables of a page in sphinxPapers.tables, in order:
// - table.region: its element; "papers-shown" is dispatched there, and bubbles, when other rows are shown
// - table.state: what is asked for; state.until is a month, as 2021-06: only what was public by its end is shown
// - table.keys: keys of the papers that the filters leave, each once, in the order shown
// - await table.load(): from then on keys are those of all pages of a long table
// - table.decorate(row => ...): called once with each row's element, when it is first put on the page; it may put
//   something into cells, before what is there, and must leave their number as it is
(() => {
  const { SITE, above, data: dataOf, make, number, plain, tables: TABLES } = sphinxPapers;

  const { missing, few, filters: FILTERS } = document.currentScript.dataset;
  const PREFIXES = new Set();
  const MISSING = new Set(["", ...missing.split(" ")]);
  const STEP = 50; // so many rows are put on the page at a time, as the reader comes near their end
  const FEW = Number(few); // so many rows are seen at a glance, and need no filters
  const BESTS = 3; // of so many groups it is said what was the best at a date
  const WITHIN = "Whatever needs no more";
  const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
  const MONTHS = Array.from({ length: 12 }, (_, month) => new Date(2000, month).toLocaleString("en", { month: "long" }));

  for (const region of document.querySelectorAll(".sp-table")) {
    TABLES.push(paperTable(region));
  }
  addEventListener("popstate", () => TABLES.forEach((table) => table.restore()));
  // On paper there is no scrolling.
  addEventListener("beforeprint", () => TABLES.forEach((table) => table.more()));
  TABLES.forEach((table) => table.restore());

  /** Return what the data of the page at *url* are called. */
  function nameOf(url) {
    return decodeURI(url).slice(decodeURI(SITE.href).length).replace(/(\.\w+|\/)$/, "");
  }

  /** Return *text* as it is sorted: numbers in it by their size, as ResNet-50 comes before ResNet-101. */
  function sortable(text) {
    return plain(text).replace(/\d+/g, (digits) => digits.padStart(8, "0"));
  }

  /** Make what other parts see of a table, which the head of this file describes. */
  function paperTable(region) {
    const element = region.querySelector("table");
    const heads = [...element.tHead.rows[0].cells];
    const columns = heads.map((head) => head.dataset.column);
    const finding = readFinding(region);
    const once = isOnce(finding);
    const compare = finding.board && ((row) => {
      const cell = row.element.cells[columns.indexOf("name")];
      textOf(row); // what is added here is nothing to be found or sorted by
      cell.dataset.sort ??= cell.textContent.trim();
      cell.append(comparing(table, row, known));
    });
    const groups = [];
    const changes = [];
    const state = { words: "", chosen: new Map(), apart: false, within: false, until: "", sort: null };
    let rows = null; // read when they are first needed
    let shown = null; // the rows that the filters leave, in order; none before anything was asked for
    let placed = 0; // how many of them are on the page
    let page = 0; // how many rows there are without a script
    let loaded = null;
    let tools = null;

    const table = {
      region,
      heads,
      state,
      finding,
      get size() {
        return finding.size ?? known().length;
      },
      get isAsked() {
        return Boolean(state.words.trim() || state.chosen.size || state.apart || state.within || state.until || state.sort);
      },
      /** Whether rows are left out. */
      get isNarrowed() {
        return shown !== null && shown.length < rows.length;
      },
      get keys() {
        return [...new Set((shown ?? known()).map((row) => row.key).filter(Boolean))];
      },
      get shown() {
        return shown === null ? table.size : count(shown);
      },
      /** The rows that the filters leave, in the order shown, each with its key, its place in the record and its rank in the whole table. */
      get rows() {
        return shown ?? known();
      },
      /** The month that is asked for, in words. */
      get monthName() {
        return state.until && monthName(state.until);
      },
      /** All rows that are loaded. */
      get all() {
        return known();
      },
      load() {
        loaded ??= load().catch((error) => {
          loaded = null; // it may be tried again
          throw error;
        });
        return loaded;
      },
      decorate(change) {
        changes.push(change);
        known()
          .filter((row) => row.ready)
          .forEach((row) => change(row.element));
      },
      /** Show what *wanted* asks for. */
      ask(wanted) {
        Object.assign(state, wanted);
        tools.restore();
        return table.change();
      },
      /** Show what the state asks for; it is written to the address, a new step back if *step*. */
      async change(step = true) {
        if (finding.prefix !== undefined) {
          const address = addressOf(finding, state);
          if (address !== location.pathname + location.search) {
            try {
              history[step ? "pushState" : "replaceState"](null, "", address + location.hash);
            } catch {
              // a browser may refuse that to a page from a disk, which then shows it all the same
            }
          }
        }
        await table.update();
      },
      /** Take the state from the address. */
      async restore() {
        if (finding.prefix !== undefined) {
          Object.assign(state, stateHere(finding, columns));
          tools.restore();
          if (table.isAsked || shown !== null) {
            await table.update();
          }
        }
      },
      async update() {
        if (table.isAsked && finding.pages.length) {
          tools.say(`Loading all ${number(table.size)} ${finding.noun} …`);
          const failed = await table.load().catch(() => true);
          show();
          if (failed) {
            tools.say(`The other pages of this table could not be loaded: these are ${finding.noun} of this page only.`);
          }
          return;
        }
        show();
      },
      reset() {
        Object.assign(state, { words: "", chosen: new Map(), apart: false, within: false, until: "" });
        tools?.restore();
        return table.change();
      },
      /** Put more of what is shown on the page, all of it unless told how much, and say how much is left. */
      more(some = Infinity) {
        const end = Math.min(placed + some, ends());
        for (const [group, its] of Map.groupBy(shown?.slice(placed, end) ?? [], (row) => row.group)) {
          group.body.append(...its.map(ready));
        }
        placed = Math.max(placed, end);
        return ends() - placed;
      },
    };

    /** Return how many papers or results *some* rows are. */
    function count(some) {
      return once ? new Set(some.map((row) => row.key)).size : some.length;
    }

    function known() {
      if (rows === null) {
        rows = [];
        add(element, finding.data);
        rows.forEach((row) => {
          row.ready = true;
          compare && compare(row);
        });
        page = rows.length;
      }
      return rows;
    }

    /** Read the rows of a page of the table, with what they are found by. */
    function add(page, data) {
      const words = new Map();
      let place = 0;
      for (const body of page.tBodies) {
        const heading = body.querySelector(".sp-group");
        const name = heading?.querySelector("th").firstChild.textContent ?? "";
        let group = groups.at(-1);
        if (!group || group.name !== name) {
          group = { name, body, heading, count: heading?.querySelector(".sp-count") };
          groups.push(group);
        }
        for (const line of body.rows) {
          if (line === heading) {
            continue;
          }
          const key = line.dataset.key ?? "";
          if (data && !words.has(key)) {
            words.set(key, data.words[words.size]);
          }
          rows.push({
            element: line,
            key,
            group,
            place: rows.length,
            words: words.get(key),
            text: null,
            answers: data ? data.answers.map((each) => [each[place]].flat()) : [],
            rank: columns[0] === "rank" ? Number.parseInt(line.cells[0].textContent, 10) || 0 : 0,
            moment: data?.moments?.[place],
            known: data?.known?.[place] ?? 0,
            needs: data?.needs?.[place],
            record: data?.places?.[place],
            sorts: [],
          });
          place += 1;
        }
      }
    }

    async function load() {
      known().forEach(textOf);
      const pages = await Promise.all(finding.pages.map(async (url) => [url, await dataOf(nameOf(url))]));
      for (const [url, text] of pages) {
        const other = new DOMParser().parseFromString(text, "text/html").querySelector(".sp-table");
        if (new URL(".", url).href !== new URL(".", location).href) {
          for (const link of other.querySelectorAll("a[href]")) {
            link.href = new URL(link.getAttribute("href"), url).href;
          }
        }
        const before = rows.length;
        add(other.querySelector("table"), readFinding(other).data);
        rows.slice(before).forEach(textOf);
        await new Promise((resolve) => setTimeout(resolve)); // let the reader type
      }
      finding.pages = [];
    }

    /** Return what a row is sorted by in a column; nothing where it has nothing there. */
    function sortKey(row, column) {
      if (columns[column] === "rank") {
        return row.rank;
      }
      if (row.sorts[column] === undefined) {
        const cell = row.element.cells[column];
        const text = (cell.dataset.sort ?? cell.textContent).trim();
        const value = element.classList.contains(`sp-number-${column + 1}`) ? Number.parseFloat(text) : sortable(text);
        row.sorts[column] = MISSING.has(text) || Number.isNaN(value) ? null : value;
      }
      return row.sorts[column];
    }

    function sorted(some) {
      if (!state.sort) {
        return some;
      }
      const column = columns.indexOf(state.sort.column);
      const sign = state.sort.descending ? -1 : 1;
      return [...some].sort((a, b) => {
        const [one, other] = [sortKey(a, column), sortKey(b, column)];
        if (one === null || other === null) {
          return (one === null) - (other === null) || a.place - b.place;
        }
        return sign * (one > other) - sign * (one < other) || a.place - b.place;
      });
    }

    function show() {
      const { left, counts, late, differing } = findRows(finding, known(), state);
      left.forEach((row) => (row.missed = differing.get(row)));
      rank(left);
      const before = shown;
      shown = groups.length > 1 ? groups.flatMap((group) => sorted(left.filter((row) => row.group === group))) : sorted(left);
      if (before === null && shown.length === rows.length && !state.sort) {
        shown = null; // all as the page has it
      } else {
        place();
      }
      heads.forEach((head) => {
        const direction = state.sort?.column === head.dataset.column && (state.sort.descending ? "descending" : "ascending");
        direction ? head.setAttribute("aria-sort", direction) : head.removeAttribute("aria-sort");
      });
      if (tools) {
        tools.element.classList.toggle("sp-few", !table.isAsked && table.size < FEW);
        tools.update(counts, late);
      }
      region.dispatchEvent(new CustomEvent("papers-shown", { bubbles: true, detail: table }));
    }

    /** Rank the rows of each group anew: what is tied in the whole table is tied here; mark what was the best so far. */
    function rank(left) {
      for (const some of Map.groupBy(left.filter((row) => row.rank), (row) => row.group).values()) {
        let [before, place] = [0, 0];
        some.forEach((row, index) => {
          [before, place] = [row.rank, row.rank === before ? place : index + 1];
          row.now = place;
        });
        let best = { rank: Infinity };
        for (const row of some.toSorted((a, b) => a.moment - b.moment || a.rank - b.rank)) {
          row.best = row.rank < best.rank || (row.rank === best.rank && row.moment === best.moment);
          best = row.best ? row : best;
        }
      }
    }

    /** Put the first rows on the page now, others while the reader looks at these. */
    function place() {
      if (!heads[0].style.minWidth) {
        // Columns must not jump while one types; the widest gives and takes.
        const widths = heads.map((head) => head.getBoundingClientRect().width);
        const widest = widths.indexOf(Math.max(...widths));
        heads.forEach((head, index) => (head.style.minWidth = index === widest ? "auto" : `${Math.floor(widths[index])}px`));
        addEventListener("resize", () => heads.forEach((head) => (head.style.minWidth = "")), { once: true });
      }
      const counts = new Map(groups.map((group) => [group, 0]));
      shown.forEach((row) => counts.set(row.group, counts.get(row.group) + 1));
      placed = Math.min(STEP, ends());
      const first = Map.groupBy(shown.slice(0, placed), (row) => row.group);
      for (const group of groups) {
        if (group.body.ownerDocument !== document) {
          group.body = document.adoptNode(group.body);
        }
        const now = (first.get(group) ?? []).map(ready);
        group.body.replaceChildren(...(group.heading ? [group.heading] : []), ...now);
        group.body.hidden = counts.get(group) === 0;
        if (group.count) {
          group.count.textContent = counts.get(group);
        }
        element.append(group.body);
      }
      region.hidden = shown.length === 0;
    }

    /** Return how many rows are to be seen in the end; without a question no more than the page has. */
    function ends() {
      return shown === null ? 0 : table.isAsked ? shown.length : Math.min(shown.length, page);
    }

    /** Return the element of *row* as it is to be seen now. */
    function ready(row) {
      if (row.rank) {
        const [first, year] = [row.element.cells[0], row.element.cells[columns.indexOf("year")]];
        first.lastChild.data = row.now;
        year.replaceChildren(year.textContent.slice(0, 4), ...(row.best ? [" ", make("em", {}, make("strong", {}, element.dataset.best))] : []));
      }
      row.element.querySelector(".sp-differs")?.classList.remove("sp-differs");
      if (state.apart && row.missed) {
        row.element.cells[columns.indexOf(row.missed)].classList.add("sp-differs");
      }
      if (!row.ready) {
        row.ready = true;
        compare && compare(row);
        changes.forEach((change) => change(row.element));
      }
      return row.element;
    }

    for (const [index, head] of heads.entries()) {
      if (element.classList.contains(`sp-label-${index + 1}`)) {
        // Where rows are cards, their parts are called by the head of the column.
        element.style.setProperty(`--sp-head-${index + 1}`, JSON.stringify(`${head.textContent}: `));
      }
    }
    if (element.rows.length > 3) {
      sortButtons(table);
    }
    if (finding.prefix !== undefined) {
      tools = findingTools(table, element.caption.textContent);
      tools.element.classList.toggle("sp-few", table.size < FEW);
      above(region, tools.element, ".sp-tools");
      region.after(tools.empty, tools.more);
      if (finding.board) {
        region.append(tools.more); // it scrolls by itself, so that its end is within it
      }
    }
    return table;
  }

  /** Put a button into each head; a second click turns the order round, a third takes it back. */
  function sortButtons(table) {
    for (const head of table.heads) {
      const column = head.dataset.column;
      const numeric = head.closest("table").classList.contains(`sp-number-${head.cellIndex + 1}`);
      const falling = numeric && column !== "rank"; // great numbers are asked for first
      const sort = () => {
        const now = table.state.sort?.column === column ? table.state.sort.descending : null;
        table.state.sort = now === !falling ? null : { column, descending: now === null ? falling : !falling };
        table.change();
      };
      head.replaceChildren(make("button", { type: "button", class: "sp-sort", onclick: sort }, head.textContent));
    }
  }

  /** What a table is found by: words and answers of its rows, the filters, the address that holds the state. */
  function readFinding(region) {
    let next = region.nextElementSibling;
    while (next && !next.matches(".sp-finding, .sp-table")) {
      next = next.nextElementSibling;
    }
    const data = next?.matches(".sp-finding") ? JSON.parse(next.textContent) : null;
    if (!data?.filters) {
      return { data, filters: [], pages: [], noun: "rows" };
    }
    const filters = data.filters.map(([id, name, every, choices], place) => {
      return { id, name, every, place, choices: choices.map(([id, name, rows]) => ({ id, name, rows })) };
    });
    let prefix = data.prefix ? `${data.prefix}.` : "";
    while (PREFIXES.has(prefix)) {
      prefix = `${prefix}more.`;
    }
    PREFIXES.add(prefix);
    const pager = next.nextElementSibling?.matches(".sp-pages") ? next.nextElementSibling : null;
    const pages = [...(pager?.querySelectorAll("a:not([aria-current])") ?? [])].map((link) => link.href);
    return { data, filters, prefix, pager, pages, noun: data.noun, size: data.size, board: data.board };
  }

  /** Return what a row is found by, made when it is first asked for: its own text and the words that it does not show. */
  function textOf(row) {
    row.text ??= plain(`${row.element.textContent} ${row.words}`);
    return row.text;
  }

  /** Say whether a row that stands in several groups counts once: a paper, but no result. */
  function isOnce({ noun }) {
    return noun === "papers";
  }

  /** Return the rows that fit, for each choice how many would if it were made besides, and those that fit but for their date. */
  function findRows(finding, rows, { words, chosen, apart, within, until }) {
    const { filters } = finding;
    const once = isOnce(finding);
    const wanted = plain(words).split(/\s+/).filter(Boolean);
    const had = within ? hadOf(finding, chosen) : null;
    const asked = [...chosen].filter(([id]) => !had?.has(id)).map(([id, choices]) => [filters.find((each) => each.id === id), choices]);
    const asking = had ? filters.filter(({ id }) => finding.data.having.includes(id)) : [];
    const counts = filters.map((each) => each.choices.map(() => 0));
    const counted = new Set();
    const [left, late] = [[], []];
    const differing = new Map(); // of rows that fit, the filter that they do not, where one may differ
    for (const row of rows) {
      if (!wanted.every((word) => textOf(row).includes(word))) {
        continue;
      }
      const missed = asked.filter(([filter, choices]) => !fits(filter, choices, row.answers[filter.place]));
      const isKnown = !until || isPast(row.known, until);
      const isEnough = !had || runs(finding, row, had);
      if (apart ? isApart(finding, row, missed) : missed.length === 0 && isEnough) {
        differing.set(row, missed[0]?.[0].id);
        (isKnown ? left : late).push(row);
      }
      if (!isKnown) {
        continue;
      }
      if (missed.length > 1 || missed[0]?.[0].every || (once && counted.has(row.key))) {
        continue;
      }
      counted.add(row.key);
      for (const { id, place, choices } of missed.length ? [] : asking) {
        choices.forEach((choice, number) => {
          const more = new Map(had).set(id, new Set([...(had.get(id) ?? []), ...choice.id.split(".")]));
          counts[place][number] += runs(finding, row, more) ? 1 : 0;
        });
      }
      for (const filter of !isEnough ? [] : missed.length ? [missed[0][0]] : filters.filter((each) => !asking.includes(each))) {
        for (const choice of row.answers[filter.place]) {
          counts[filter.place][choice] += 1;
        }
      }
    }
    return { left, counts, late, differing };
  }

  /** Return what a reader has, by the filters that say so: terms of the answers that are ticked. */
  function hadOf({ data, filters }, chosen) {
    const its = filters.filter(({ id }) => data.having.includes(id) && chosen.has(id));
    return new Map(its.map(({ id, choices }) => [id, new Set([...chosen.get(id)].flatMap((place) => choices[place].id.split(".")))]));
  }

  /** Say whether there is a way to run the method of a row with what is *had*; what is unknown, only who looks for that has. */
  function runs({ data }, row, had) {
    return row.needs.some((way) =>
      way.every((answer, place) => {
        const its = had.get(data.having[place]);
        return !its || answer.split(".").every((term) => term === "none" || its.has(term));
      }),
    );
  }

  /** Return the number of a month, as rows have it. */
  function monthOf(until) {
    return Number(until.replace("-", ""));
  }

  /** Say whether what became public in the month *known* was so by the end of *until*; of a year alone that is its last month. */
  function isPast(known, until) {
    return known > 0 && (known % 100 ? known : known + 12) <= monthOf(until);
  }

  /** Return a month in words. */
  function monthName(until) {
    return `${MONTHS[monthOf(until) % 100 - 1]} ${until.slice(0, 4)}`;
  }

  /** Say whether a row differs in one condition only, *missed* being the filters that it does not fit. */
  function isApart({ data }, row, missed) {
    const [filter] = missed[0] ?? [];
    return missed.length === 1 && data.free?.includes(filter.id) && row.answers[filter.place].every((choice) => filter.choices[choice].id !== "unknown");
  }

  /** What stands beside the name of a row: ways to the rows that it can be compared with. */
  function comparing(table, row, rows) {
    const { finding, state } = table;
    const asked = (ids) => {
      const filters = finding.filters.filter(({ id, choices, place }) => ids.includes(id) && row.answers[place].every((each) => choices[each].id !== "unknown"));
      return filters.map(({ id, place }) => [id, new Set(row.answers[place])]);
    };
    const way = (name, apart) => {
      const wanted = { words: "", chosen: new Map(asked([...finding.data.alike, ...finding.data.free])), apart, until: state.until, sort: state.sort };
      const count = findRows(finding, rows(), wanted).left.length;
      return stateLink(table, wanted, name, count);
    };
    const details = make("details", {
      class: "sp-like",
      async ontoggle() {
        if (details.open && details.children.length === 1) {
          await table.load().catch(() => {});
          details.append(
            ...(asked(finding.data.alike).length < finding.data.alike.length
              ? ["It leaves open what decides, so that nothing compares."]
              : [way("Comparable: the same in all that it states", false), ...(asked(finding.data.free).length ? [way("Differs in one condition only", true)] : [])]),
          );
        }
      },
    }, make("summary", { "aria-label": "Compare with this one", title: "Compare with this one" }, "\u2248"));
    return details;
  }

  /** Return a link to the rows of *wanted*, which is shown at once. */
  function stateLink(table, wanted, name, rows) {
    const copy = () => ({ ...wanted, chosen: new Map([...wanted.chosen].map(([id, choices]) => [id, new Set(choices)])) });
    return make(
      "a",
      {
        href: addressOf(table.finding, wanted),
        onclick(event) {
          if (!event.metaKey && !event.ctrlKey && !event.shiftKey) {
            event.preventDefault();
            table.ask(copy());
          }
        },
      },
      name,
      make("span", { class: "sp-count" }, number(rows)),
    );
  }

  /** Return the address that holds *state*, all else that this one says kept. */
  function addressOf({ prefix, filters }, { words, chosen, apart, until, within, sort }) {
    const asked = new URLSearchParams(location.search);
    for (const name of ["q", "apart", "until", "within", "sort", ...filters.map((filter) => filter.id)]) {
      asked.delete(prefix + name);
    }
    if (words.trim()) {
      asked.append(`${prefix}q`, words.trim());
    }
    for (const { id, choices } of filters) {
      choices.forEach((choice, place) => chosen.get(id)?.has(place) && asked.append(prefix + id, choice.id));
    }
    if (apart) {
      asked.append(`${prefix}apart`, "1");
    }
    if (until) {
      asked.append(`${prefix}until`, until);
    }
    if (within) {
      asked.append(`${prefix}within`, "1");
    }
    if (sort) {
      asked.append(`${prefix}sort`, sortName(sort));
    }
    return `${location.pathname}${asked.size ? "?" : ""}${asked}`;
  }

  /** Return the state that the address holds. */
  function stateHere({ prefix, filters, data }, columns) {
    const asked = new URLSearchParams(location.search);
    const chosen = new Map();
    for (const { id, choices } of filters) {
      const ids = asked.getAll(prefix + id);
      const places = choices.flatMap((choice, place) => (ids.includes(choice.id) ? [place] : []));
      if (places.length) {
        chosen.set(id, new Set(places));
      }
    }
    const sort = sortOf(asked.get(`${prefix}sort`) ?? "");
    const apart = asked.get(`${prefix}apart`) === "1";
    const month = asked.get(`${prefix}until`) ?? "";
    const until = data.known && MONTH.test(month) ? month : "";
    const within = Boolean(data.having) && asked.get(`${prefix}within`) === "1";
    return { words: asked.get(`${prefix}q`) ?? "", chosen, apart, until, within, sort: columns.includes(sort?.column) ? sort : null };
  }

  /** An order in one word, as it stands in the address: a minus for falling. */
  function sortName(sort) {
    return sort ? (sort.descending ? "-" : "") + sort.column : "";
  }

  function sortOf(name) {
    return name ? { column: name.replace(/^-/, ""), descending: name.startsWith("-") } : null;
  }

  function fits(filter, choices, answers) {
    return filter.every ? [...choices].every((choice) => answers.includes(choice)) : answers.some((answer) => choices.has(answer));
  }

  /** The tools above a table: a field for words, filters, what is chosen, how much is shown. */
  function findingTools(table, caption) {
    const { finding, state } = table;
    const boxes = new Map(); // of each choice, with the element of its count
    const badges = new Map();
    let typing = false;

    const field = make("input", {
      type: "search", class: "sp-words", "aria-label": `Filter ${finding.noun}`, autocomplete: "off", spellcheck: "false",
      placeholder: finding.noun === "papers" ? "Filter by name, title, author, summary …" : "Filter by method, title, author …",
      oninput() {
        state.words = field.value;
        table.change(!typing);
        typing = true;
      },
      onchange() {
        typing = false;
      },
      onfocus() {
        table.load().catch(() => {}); // said when it is needed
      },
    });
    const order = make(
      "select",
      {
        "aria-label": "Order",
        onchange() {
          state.sort = sortOf(order.value);
          table.change();
        },
      },
      make("option", { value: "" }, "Order: as listed"),
      ...table.heads.flatMap((head) => [
        make("option", { value: head.dataset.column }, `${head.textContent}, rising`),
        make("option", { value: `-${head.dataset.column}` }, `${head.textContent}, falling`),
      ]),
    );
    const filters = make("div", { class: "sp-filters", id: `sp-filters-${TABLES.length}` });
    const dating = finding.data.known && dateMenu();
    const having = finding.data.having && make("input", { type: "checkbox", onchange: () => table.ask({ within: having.checked }) });
    having && make("label", { class: "sp-having" }, having, make("span", {}, WITHIN));
    filters.append(...finding.filters.filter(isUseful).map(menu), ...(dating ? [dating.element] : []), ...(having ? [having.parentElement] : []), order);
    const opener = make(
      "button",
      {
        type: "button", class: "sp-opener", "aria-expanded": "false", "aria-controls": filters.id,
        onclick() {
          opener.setAttribute("aria-expanded", String(filters.classList.toggle("sp-open")));
        },
      },
      FILTERS,
    );
    const status = make("p", { class: "sp-status", role: "status" });
    const chips = make("div", { class: "sp-chips" });
    const past = make("p", { class: "sp-past", role: "status" });
    const links = (finding.data.presets ?? []).map(([name, chosen, rows]) => preset(name, chosen, rows));
    const element = make(
      "div",
      { class: finding.board ? "sp-tools sp-compact" : "sp-tools", role: "search", "aria-label": caption },
      make("div", { class: "sp-line" }, field, opener, filters),
      ...(links.length ? [make("div", { class: "sp-presets" }, make("span", {}, "Like with like:"), ...links.map((renew) => renew()))] : []),
      past,
      make("div", { class: "sp-line" }, status, chips), // the last one, as what takes papers along comes into it
    );
    const empty = make(
      "p",
      { class: "sp-nothing", hidden: "" },
      `No ${finding.noun} fit all of this. `,
      make("button", { type: "button", onclick: reset }, "Start over"),
    );
    const more = make("p", { class: "sp-more", hidden: "" }, make("button", { type: "button", onclick: () => grow() }, "Show more"));

    function reset() {
      table.reset();
      field.focus();
    }

    /** Return whether a filter tells rows apart. */
    function isUseful({ choices, every }) {
      return choices.length > 1 || (every && choices.some((choice) => choice.rows < finding.size));
    }

    function menu(filter) {
      const badge = make("span", { class: "sp-badge" });
      badges.set(filter.id, badge);
      const lines = filter.choices.map((choice, place) => {
        const box = make("input", {
          type: "checkbox",
          onchange() {
            const chosen = state.chosen.get(filter.id) ?? new Set();
            box.checked ? chosen.add(place) : chosen.delete(place);
            chosen.size ? state.chosen.set(filter.id, chosen) : state.chosen.delete(filter.id);
            table.change();
          },
        });
        const rows = make("span", { class: "sp-count" }, number(choice.rows));
        boxes.set(choice, { box, rows, filter, place });
        return make("label", {}, box, make("span", {}, choice.name), rows);
      });
      return foldable(filter.name, filters.id, badge, ...lines);
    }

    /** A menu of the filters, of which one is open at a time. */
    function foldable(title, name, badge, ...lines) {
      const details = make(
        "details",
        {
          class: "sp-menu", name,
          ontoggle() {
            if (details.open) {
              table.load().catch(() => {});
            }
          },
          onkeydown(event) {
            if (event.key === "Escape" && details.open) {
              details.open = false;
              details.firstChild.focus();
            }
          },
          onfocusout(event) {
            if (event.relatedTarget && !details.contains(event.relatedTarget)) {
              details.open = false;
            }
          },
        },
        make("summary", {}, title, badge),
        make("fieldset", {}, make("legend", {}, title), ...lines),
      );
      return details;
    }

    /** The menu in which a month is chosen. */
    function dateMenu() {
      const badge = make("span", { class: "sp-badge" });
      const named = finding.filters.find(({ id }) => id === "year")?.choices ?? []; // of all pages of a long table
      const years = [...finding.data.known.filter(Boolean).map((known) => Math.floor(known / 100)), ...named.map(({ id }) => Number(id))];
      const [first, last] = [years.reduce((a, b) => Math.min(a, b), Infinity), years.reduce((a, b) => Math.max(a, b), 0)];
      const ask = () => table.ask({ until: year.value && `${year.value}-${month.value}` });
      const year = make(
        "select", { "aria-label": "Year", onchange: ask },
        make("option", { value: "" }, "Now"),
        ...Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => make("option", { value: String(last - place) }, String(last - place))),
      );
      const months = MONTHS.map((each, place) => make("option", { value: String(place + 1).padStart(2, "0") }, each));
      const month = make("select", { "aria-label": "Month", onchange: ask }, ...months);
      const restore = () => {
        const [asked, its] = state.until.split("-");
        if (asked && ![...year.options].some((option) => option.value === asked)) {
          year.append(make("option", { value: asked }, asked)); // an address may ask for any
        }
        [year.value, month.value] = [asked, its ?? "12"];
        month.disabled = !asked;
        badge.textContent = state.until;
      };
      restore();
      const element = foldable(
        "As of", filters.id, badge, make("div", { class: "sp-month" }, year, " ", month),
        make("p", {}, `The ${finding.noun} that were public by the end of that month; where only the year is known, of its last one.`),
      );
      return { element, restore };
    }

    function preset(name, chosen, rows) {
      const wanted = new Map(
        chosen.map(([id, choice]) => {
          const filter = finding.filters.find((each) => each.id === id);
          return [id, new Set([filter.choices.findIndex((each) => each.id === choice)])];
        }),
      );
      const asked = {
        words: "", chosen: wanted, apart: false,
        get until() {
          return state.until;
        },
      };
      const link = stateLink(table, asked, name, rows);
      return () => {
        link.lastChild.textContent = number(state.until ? findRows(finding, table.all, asked).left.length : rows);
        const address = addressOf(finding, { ...asked, sort: null });
        link.href = address;
        link.setAttribute("aria-current", String(address === location.pathname + location.search));
        return link;
      };
    }

    /** Make the tools say what the state says. */
    function restore() {
      field.value = state.words;
      order.value = sortName(state.sort);
      for (const { box, filter, place } of boxes.values()) {
        box.checked = Boolean(state.chosen.get(filter.id)?.has(place));
      }
      dating?.restore();
      having && (having.checked = state.within);
    }

    function update(counts, late) {
      for (const { rows, filter, place } of counts ? boxes.values() : []) {
        const text = number(counts[filter.place][place]);
        if (rows.textContent !== text) {
          rows.textContent = text;
          rows.parentElement.classList.toggle("sp-none", text === "0");
        }
      }
      for (const [id, badge] of badges) {
        badge.textContent = state.chosen.get(id)?.size ?? "";
      }
      const made = [...boxes].filter(([, { filter, place }]) => state.chosen.get(filter.id)?.has(place));
      chips.replaceChildren(
        ...made.map(([choice, { box, filter }]) =>
          make(
            "button",
            {
              type: "button", "aria-label": `Remove ${filter.name}: ${choice.name}`,
              onclick() {
                box.click();
                field.focus();
              },
            },
            `${filter.name}: ${choice.name}`,
          ),
        ),
        ...(state.apart ? [make("button", { type: "button", onclick: () => table.ask({ apart: false }) }, "Differs in one condition only")] : []),
        ...(state.within ? [make("button", { type: "button", onclick: () => table.ask({ within: false }) }, WITHIN)] : []),
        ...(state.until ? [make("button", { type: "button", onclick: () => table.ask({ until: "" }) }, `As of ${monthName(state.until)}`)] : []),
        ...(made.length || state.apart || state.within || state.until || state.words.trim() ? [make("button", { type: "button", class: "sp-reset", onclick: reset }, "Reset")] : []),
      );
      order.value = sortName(state.sort);
      links.forEach((renew) => renew());
      past.replaceChildren(...(state.until ? pastSaid(late) : []));
      empty.hidden = table.shown !== 0;
      more.hidden = table.more(0) === 0;
      if (finding.pager) {
        finding.pager.hidden = table.isAsked;
      }
      say(table.shown === table.size ? `${number(table.size)} ${finding.noun}` : `${number(table.shown)} of ${number(table.size)} ${finding.noun}`);
    }

    /** Return a link to the paper of *row*, called as there. */
    function pointer(row) {
      const link = row.element.querySelector("td a[href]");
      return make("a", { href: link.href }, link.textContent);
    }

    /** Say what was the best at the date that is asked for, and what may have been there and is not counted. */
    function pastSaid(late) {
      const groups = [...Map.groupBy(table.rows.filter((row) => row.rank), (row) => row.group).values()];
      const largest = new Set(groups.toSorted((a, b) => b.length - a.length).slice(0, BESTS));
      const bests = groups.filter((some) => largest.has(some)).map((some) => some.filter((row) => row.now === 1));
      const said = bests.flatMap((best, place) => {
        const [value, group] = [best[0].element.cells[2], best[0].group.name.trim()];
        const names = best.flatMap((row, place) => [...(place ? [" and "] : []), pointer(row)]);
        return [place ? "; " : ": ", ...names, ` ${value.firstChild.textContent.trim()}`, ...(group ? [` (${group})`] : [])];
      });
      const rest = groups.length - bests.length;
      const under = state.chosen.size || state.words.trim() ? " under these conditions" : "";
      const what = table.heads.find((head) => head.dataset.column === "value")?.textContent;
      const year = Number(state.until.slice(0, 4));
      const size = (some) => (isOnce(finding) ? new Set(some.map(({ key }) => key)).size : some.length);
      const vague = size(late.filter(({ known }) => known === 100 * year));
      const measured = size(late.filter(({ known }) => !known));
      const out = [
        ...(vague ? [`${number(vague)} of ${year} without a known month`] : []),
        ...(measured ? [`${number(measured)} that others measured at a time that is not recorded`] : []),
      ].join(" and ");
      return [
        make("strong", {}, `As of ${monthName(state.until)}`),
        ...(groups.length ? [` the best ${what}${under}`, ...said, ...(rest > 0 ? [`; of ${rest} more group${rest > 1 ? "s" : ""} what has rank 1 below`] : [])] : []),
        out ? `. Left out: ${out}.` : ".",
      ];
    }

    function say(text) {
      if (status.textContent !== text) {
        status.textContent = text;
      }
    }

    /** Put more rows on the page; where the reader is still near their end, more again. */
    function grow() {
      more.hidden = table.more(STEP) === 0;
      observer.unobserve(more);
      observer.observe(more);
    }

    const observer = new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && grow(), { rootMargin: "1000px" });
    observer.observe(more);
    say(`${number(finding.size)} ${finding.noun}`);
    document.addEventListener("click", (event) => {
      for (const open of filters.querySelectorAll("details[open]")) {
        open.open = open.contains(event.target);
      }
    });
    return { element, empty, more, restore, update, say };
  }
})();
