// What scripts add to the pages: nothing here is needed to read them.
// One module, loaded by every page; each part looks for what it improves and does nothing without it.

// The tables of this page, in order. What another part needs to know of a table:
// - table.region: its element; "papers-shown" is dispatched there, and bubbles, when other rows are shown
// - table.keys: keys of the papers that the filters leave, each once, in the order shown
// - await table.load(): from then on keys are those of all pages of a long table
// - table.decorate(row => ...): called once with each row's element, when it is first put on the page; it may put
//   something into cells, before what is there, and must leave their number as it is
const TABLES = [];

const SITE = new URL(document.documentElement.dataset.content_root || "./", location.href);
const FETCHED = new Map(); // pages of this site that were asked for, by address

// What is the same for all tables; STEP is how many rows are put on the page at a time, as the reader comes near their end.
const PREFIXES = new Set();
const MISSING = new Set(["", "\u2013", "unknown"]);
const STEP = 50;
const FEW = 5; // so many rows are seen at a glance, and need no filters

for (const enhance of [tables, charts, copying, selection, bar, formulas, previews, searching, guessing]) {
  enhance(document);
}

// Tables: filter, sort, count ---------------------------------------------------------------

function tables(root) {
  for (const region of root.querySelectorAll(".sp-table")) {
    TABLES.push(paperTable(region));
  }
  addEventListener("popstate", () => TABLES.forEach((table) => table.restore()));
  // On paper there is no scrolling.
  addEventListener("beforeprint", () => TABLES.forEach((table) => table.more()));
  TABLES.forEach((table) => table.restore());
}

/** Make an element; what is no attribute of HTML is none here either, as `style` would break the policy. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (attribute.startsWith("on")) {
      element.addEventListener(attribute.slice(2), value);
    } else {
      element.setAttribute(attribute, value);
    }
  }
  element.append(...children);
  return element;
}

/** Return *text* as it is compared: without case and accents. */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
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
  const state = { words: "", chosen: new Map(), apart: false, sort: null };
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
      return Boolean(state.words.trim() || state.chosen.size || state.apart || state.sort);
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
          history[step ? "pushState" : "replaceState"](null, "", address + location.hash);
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
      Object.assign(state, { words: "", chosen: new Map(), apart: false });
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
          record: data?.places?.[place],
          sorts: [],
        });
        place += 1;
      }
    }
  }

  async function load() {
    known().forEach(textOf);
    const pages = await Promise.all(
      finding.pages.map(async (url) => {
        const answer = await fetch(url);
        if (!answer.ok) {
          throw new Error(`${answer.status}: ${url}`);
        }
        return [url, await answer.text()];
      }),
    );
    for (const [url, text] of pages) {
      const page = new DOMParser().parseFromString(text, "text/html");
      const other = page.querySelector(".sp-table");
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
    const { left, counts } = findRows(finding, known(), state);
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
      tools.update(counts);
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
      year.replaceChildren(year.textContent.slice(0, 4), ...(row.best ? [" ", make("em", {}, make("strong", {}, "best so far"))] : []));
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
  region.classList.add("sp-live");
  if (element.rows.length > 3) {
    sortButtons(table);
  }
  if (finding.prefix !== undefined) {
    tools = findingTools(table, element.caption.textContent);
    tools.element.classList.toggle("sp-few", table.size < FEW);
    region.before(tools.element);
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

/** Return the rows that fit, and for each choice how many would if it were made besides. */
function findRows(finding, rows, { words, chosen, apart }) {
  const { filters } = finding;
  const once = isOnce(finding);
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  const asked = [...chosen].map(([id, choices]) => [filters.find((each) => each.id === id), choices]);
  const counts = filters.map((each) => each.choices.map(() => 0));
  const counted = new Set();
  const left = [];
  for (const row of rows) {
    if (!wanted.every((word) => textOf(row).includes(word))) {
      continue;
    }
    const missed = asked.filter(([filter, choices]) => !fits(filter, choices, row.answers[filter.place]));
    if (apart ? isApart(finding, row, missed) : missed.length === 0) {
      row.missed = missed[0]?.[0].id;
      left.push(row);
    }
    if (missed.length > 1 || missed[0]?.[0].every || (once && counted.has(row.key))) {
      continue;
    }
    counted.add(row.key);
    for (const filter of missed.length ? [missed[0][0]] : filters) {
      for (const choice of row.answers[filter.place]) {
        counts[filter.place][choice] += 1;
      }
    }
  }
  return { left, counts };
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
    const wanted = { words: "", chosen: new Map(asked([...finding.data.alike, ...finding.data.free])), apart, sort: state.sort };
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
function addressOf({ prefix, filters }, { words, chosen, apart, sort }) {
  const asked = new URLSearchParams(location.search);
  for (const name of ["q", "apart", "sort", ...filters.map((filter) => filter.id)]) {
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
  if (sort) {
    asked.append(`${prefix}sort`, sortName(sort));
  }
  return `${location.pathname}${asked.size ? "?" : ""}${asked}`;
}

/** Return the state that the address holds. */
function stateHere({ prefix, filters }, columns) {
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
  return { words: asked.get(`${prefix}q`) ?? "", chosen, apart, sort: columns.includes(sort?.column) ? sort : null };
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

function number(value) {
  return value.toLocaleString("en");
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
  filters.append(...finding.filters.filter(isUseful).map(menu), order);
  const opener = make(
    "button",
    {
      type: "button", class: "sp-opener", "aria-expanded": "false", "aria-controls": filters.id,
      onclick() {
        opener.setAttribute("aria-expanded", String(filters.classList.toggle("sp-open")));
      },
    },
    "Filter and sort",
  );
  const status = make("p", { class: "sp-status", role: "status" });
  const chips = make("div", { class: "sp-chips" });
  const links = (finding.data.presets ?? []).map(([name, chosen, rows]) => preset(name, chosen, rows));
  const element = make(
    "div",
    { class: finding.board ? "sp-tools sp-compact" : "sp-tools", role: "search", "aria-label": caption },
    make("div", { class: "sp-line" }, field, opener, filters),
    ...(links.length ? [make("div", { class: "sp-presets" }, make("span", {}, "Like with like:"), ...links.map((renew) => renew()))] : []),
    make("div", { class: "sp-line" }, status, chips),
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
    const details = make(
      "details",
      {
        class: "sp-menu", name: filters.id,
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
      make("summary", {}, filter.name, badge),
      make("fieldset", {}, make("legend", {}, filter.name), ...lines),
    );
    return details;
  }

  function preset(name, chosen, rows) {
    const wanted = new Map(
      chosen.map(([id, choice]) => {
        const filter = finding.filters.find((each) => each.id === id);
        return [id, new Set([filter.choices.findIndex((each) => each.id === choice)])];
      }),
    );
    const asked = { words: "", chosen: wanted, apart: false };
    const link = stateLink(table, asked, name, rows);
    return () => {
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
  }

  function update(counts) {
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
      ...(made.length || state.apart || state.words.trim() ? [make("button", { type: "button", class: "sp-reset", onclick: reset }, "Reset")] : []),
    );
    order.value = sortName(state.sort);
    links.forEach((renew) => renew());
    empty.hidden = table.shown !== 0;
    more.hidden = table.more(0) === 0;
    if (finding.pager) {
      finding.pager.hidden = table.isAsked;
    }
    say(table.shown === table.size ? `${number(table.size)} ${finding.noun}` : `${number(table.shown)} of ${number(table.size)} ${finding.noun}`);
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

// Charts: that of a board shows the rows that the board shows -------------------------------

function charts(root) {
  for (const table of TABLES) {
    const picture = table.finding.board && table.region.parentElement.querySelector(":scope > .sp-chart .sp-svg[data-scale]");
    if (picture) {
      const draw = followingChart(table, picture);
      table.region.addEventListener("papers-shown", draw);
      draw();
    }
  }
}

/** Return what draws the rows that *table* shows in the frame of *picture*. */
function followingChart(table, picture) {
  const [first, last, low, high, left, top, right, bottom] = picture.dataset.scale.split(" ").map(Number);
  const figure = picture.closest("figure");
  const looks = new Map([...figure.querySelectorAll(".sp-legend li")].map((key) => [key.textContent.trim(), key.querySelector("path")]));
  const only = picture.querySelector(".sp-mark");
  const others = looks.get("Other groups");
  const status = make("p", { class: "sp-drawn", role: "status" });
  figure.querySelector("figcaption").before(status);
  const drawn = (name, attributes, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(attributes).forEach(([attribute, value]) => element.setAttribute(attribute, value));
    element.append(...children);
    return element;
  };
  const across = (moment) => left + ((moment - first) / (last - first)) * (right - left);
  const up = (value) => bottom - ((value - low) / (high - low)) * (bottom - top);

  return () => {
    picture.querySelector(".sp-filtered")?.remove();
    picture.classList.toggle("sp-narrowed", table.isNarrowed);
    status.textContent = table.isNarrowed ? `The chart shows the ${number(table.rows.length)} results that are left.` : "";
    if (!table.isNarrowed) {
      return;
    }
    const points = table.rows.map((row) => {
      const link = row.element.querySelector("td a[href]");
      const cell = row.element.cells[2];
      const group = row.rank ? row.group.name.trim() : "Not ranked";
      const value = Number.parseFloat(cell.dataset.sort ?? cell.textContent);
      return { row, link, group, value, look: looks.get(group) ?? others ?? only, x: across(row.moment), y: up(value) };
    });
    const layer = drawn("g", { class: "sp-filtered" });
    const names = [];
    for (const some of Map.groupBy(points.filter(({ row }) => row.best), ({ group }) => group).values()) {
      const steps = some.toSorted((a, b) => a.x - b.x);
      if (looks.size && !looks.has(steps[0].group)) {
        continue; // those that share a look have no line of their own
      }
      const line = steps.map(({ x, y }, place) => (place ? `H${x}V${y}` : `M${x} ${y}`)).join("");
      layer.append(drawn("path", { class: `sp-best ${slotOf(steps[0].look)}`, d: `${line}H${right}` }));
      names.push(...steps);
    }
    for (const { row, link, group, value, look, x, y } of points) {
      const title = drawn("title", {}, `${link.textContent}: ${value}, ${group}`);
      const mark = drawn("path", { class: `sp-mark ${slotOf(look)}`, transform: `translate(${x} ${y})`, d: look.getAttribute("d") });
      layer.append(drawn("a", { href: link.href, tabindex: "-1" }, title, mark));
    }
    const placed = [];
    for (const { link, x, y } of names.toSorted((a, b) => b.x - a.x)) {
      const end = x > right - 120;
      const width = 7 * link.textContent.length;
      const start = end ? x - 7 - width : x + 7;
      if (placed.every((other) => start > other.end || start + width < other.start || Math.abs(y - other.y) > 13)) {
        placed.push({ start, end: start + width, y });
        const text = drawn("text", { class: "sp-label", x: end ? x - 7 : x + 7, y: y - 5, "text-anchor": end ? "end" : "start" }, link.textContent);
        layer.append(drawn("a", { href: link.href }, text));
      }
    }
    picture.append(layer);
  };
}

/** Return the class that gives a mark its colour. */
function slotOf(mark) {
  return [...mark.classList].find((each) => /^sp-s[a-z0-9]+$/.test(each));
}

// Copying: keys, BibTeX and references to the clipboard ------------------------------------

function copying(root) {
  for (const listing of root.querySelectorAll(".highlight pre")) {
    listing.tabIndex = 0; // so that those without a mouse can scroll it
  }
  const bibtex = root.querySelector("pre.sp-bibtex");
  const fields = root.querySelectorAll("dl.sp-cite dt");
  if (bibtex) {
    const frame = make("div", { class: "sp-copied" });
    bibtex.replaceWith(frame);
    frame.append(bibtex, copyButton("BibTeX", () => [bibtex.textContent]));
    // Who is in a hurry finds it at the top.
    root.querySelector("dl.sp-card dd:last-of-type")?.append(" ", copyButton("BibTeX", () => [bibtex.textContent], "Copy BibTeX"));
  }
  for (const label of fields) {
    const content = label.nextElementSibling;
    // A style of references sets titles in italics, which a word processor can take over.
    const [text, html] = [content.textContent, content.innerHTML];
    content.append(" ", copyButton(label.textContent, () => [text, html]));
  }
}

/** Make a button that copies what *content* returns: a text, and the same as HTML where that says more. */
function copyButton(name, content, words = "Copy") {
  const label = name === "Key" ? "key" : name;
  const button = make("button", { type: "button", class: "sp-copy", "aria-label": `Copy ${label}` }, words);
  button.addEventListener("click", async () => {
    const done = await copyText(...(await content()));
    button.textContent = done ? "Copied" : "Not copied";
    announce(done ? `${label} copied` : `${label} could not be copied`);
    setTimeout(() => (button.textContent = words), 2000);
  });
  return button;
}

/** Copy *text*, and say whether that was possible. */
async function copyText(text, html) {
  try {
    if (html && html !== text && window.ClipboardItem) {
      const kinds = { "text/plain": text, "text/html": html };
      const blobs = Object.entries(kinds).map(([type, value]) => [type, new Blob([value], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    } else {
      await navigator.clipboard.writeText(text);
    }
    return true;
  } catch {
    return false; // the reader, or a page without encryption, does not allow it
  }
}

/** Have *text* read out. */
function announce(text) {
  const old = document.querySelector(".sp-said");
  const place = old ?? make("p", { class: "sp-said", role: "status" });
  if (!old) {
    document.body.append(place);
  }
  place.textContent = text;
}

// Selection: papers that the reader takes along, and everything they can be had as ----------

function selection() {
  const chosen = chosenPapers();
  const panel = exportPanel(chosen);
  for (const table of TABLES) {
    // The numbers of a chart have their papers in a table of their own elsewhere.
    if (table.region.querySelector("tr[data-key]") && !table.region.closest("details")) {
      table.region.classList.add("sp-picked"); // which leaves room
      (window.requestIdleCallback ?? setTimeout)(() => pickRows(table, chosen, panel)); // it is the first to ask for all rows
    }
  }
  pickPage(chosen);
  const tray = make("button", { type: "button", class: "sp-tray", onclick: () => panel.open(null) });
  document.body.append(tray);
  chosen.watch(() => {
    tray.hidden = chosen.size === 0;
    tray.textContent = `${papersText(chosen.size)} selected`;
  });
}

function papersText(count) {
  return `${count} paper${count === 1 ? "" : "s"}`;
}

/** Keys of papers in the order in which they were selected; kept in this browser, for this site alone. */
function chosenPapers() {
  const name = `sphinx-papers ${SITE.pathname}`;
  const watchers = [];
  let keys = new Set();
  keys = read();

  function read() {
    try {
      const kept = JSON.parse(localStorage.getItem(name));
      return new Set(Array.isArray(kept) ? kept.filter((key) => typeof key === "string") : []);
    } catch {
      return keys; // storage is off: the selection lasts as long as the page
    }
  }

  function changed() {
    watchers.forEach((watcher) => watcher());
  }

  addEventListener("storage", (event) => {
    if (event.key === name || event.key === null) {
      keys = read();
      changed();
    }
  });
  // The browser may show a page again as it was left.
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      keys = read();
      changed();
    }
  });
  return {
    get size() {
      return keys.size;
    },
    get keys() {
      return [...keys];
    },
    has: (key) => keys.has(key),
    set(some, on) {
      some.forEach((key) => (on ? keys.add(key) : keys.delete(key)));
      try {
        localStorage.setItem(name, JSON.stringify([...keys]));
      } catch {
        // as above
      }
      changed();
    },
    /** Have *watcher* called now and after each change. */
    watch(watcher) {
      watchers.push(watcher);
      watcher();
    },
  };
}

/** Put a box to tick into each row of *table*, and buttons above it. */
function pickRows(table, chosen, panel) {
  const boxes = new Map();
  table.decorate((row) => {
    const key = row.dataset.key;
    if (!key) {
      return;
    }
    const name = row.querySelector(`a[href*="${key}"]`)?.textContent || key;
    const box = make("input", {
      type: "checkbox",
      class: "sp-pick",
      "aria-label": `Select ${name}`,
      onchange: () => chosen.set([key], box.checked),
    });
    box.checked = chosen.has(key);
    boxes.set(key, [...(boxes.get(key) ?? []), box]);
    row.cells[0].prepend(box);
  });
  const all = make("button", {
    type: "button",
    async onclick() {
      const on = all.dataset.on !== "false";
      await table.load().catch(() => {});
      chosen.set(table.keys, on);
    },
  });
  const opener = make("button", { type: "button", onclick: () => panel.open(table) }, "Cite or export …");
  const buttons = make("div", { class: "sp-picking" }, all, opener);
  const line = table.finding.board && table.region.previousElementSibling.querySelector(".sp-line:last-child");
  line ? line.append(buttons) : table.region.before(buttons);

  function update() {
    for (const [key, its] of boxes) {
      its.forEach((box) => (box.checked = chosen.has(key)));
    }
    const keys = table.keys;
    const on = !keys.length || keys.some((key) => !chosen.has(key));
    all.dataset.on = String(on);
    all.textContent = on ? "Select all shown" : "Take back all shown";
    all.disabled = !keys.length;
  }

  chosen.watch(update);
  table.region.addEventListener("papers-shown", update);
}

/** On the page of a paper a button takes it along. */
function pickPage(chosen) {
  const files = document.querySelector("p.sp-files");
  const key = document.querySelector("dl.sp-cite dd")?.firstChild.textContent.trim();
  if (!files || !key) {
    return;
  }
  const button = make("button", { type: "button", class: "sp-take", onclick: () => chosen.set([key], !chosen.has(key)) });
  files.append(" ", button);
  chosen.watch(() => (button.textContent = chosen.has(key) ? "Take out of the selection" : "Add to the selection"));
}

const [IN_LATEX, IN_MARKDOWN] = [0, 1];
const PER_FILE = 5;

/** What is put together here and not cut from a file, and how the rows of a board leave, by format. */
const WRITERS = {
  markdown: { table: compared, write: writeMarkdown, in: IN_MARKDOWN, columns: "markdown", board: boardTable },
  latex: { table: compared, write: writeLatex, in: IN_LATEX, columns: "latex", board: boardTable },
  "results-csv": { board: boardCsv },
};
const NOT_CUT = new Set(["json"]); // whole records, for programs

/** Return what papers can be had as: from which file, and how that is cut into papers and put together again. */
async function exportFormats() {
  const { formats } = JSON.parse(await fetchText("exports.json"));
  return formats.filter(({ name }) => !NOT_CUT.has(name)).map((format) => ({ ...format, ...WRITERS[format.name] }));
}

/** Cut a file into what it says of each paper, by key. */
function cut({ opening, closing, empty, border, key }, text) {
  const parts = new Map();
  const inner = text === empty ? "" : text.slice(opening.length, text.length - closing.length);
  for (const part of inner.split(new RegExp(border))) {
    const found = part.match(new RegExp(key, "m"))?.[1];
    if (found) {
      parts.set(found, (parts.get(found) ?? "") + part);
    }
  }
  return parts;
}

function join({ opening, glue, closing, empty }, parts) {
  return parts.length ? opening + parts.join(glue) + closing : empty;
}

const TEXTS = new Map();

/** Return the text of a file of this site, asked for once. */
function fetchText(file) {
  if (!TEXTS.has(file)) {
    const answer = fetch(new URL(file, SITE)).then((response) => {
      if (!response.ok) {
        throw new Error(`${file}: ${response.status}`);
      }
      return response.text();
    });
    answer.catch(() => TEXTS.delete(file)); // it may be tried again
    TEXTS.set(file, answer);
  }
  return TEXTS.get(file);
}

/** Return the papers *keys* in *format*, as the command line writes them. */
async function exported(format, keys, columns) {
  if (format.table) {
    const data = await comparisonData();
    const papers = keys.map((key) => data.byKey.get(key)).filter(Boolean);
    return format.write(format.table(data, papers, columns, format.in));
  }
  const sorted = [...keys].sort((a, b) => (a < b ? -1 : 1));
  const { layout } = format;
  if (!layout) {
    throw new Error("exports.json");
  }
  if (format.suffix && keys.length <= PER_FILE) {
    const texts = await Promise.allSettled(sorted.map((key) => fetchText(`papers/${key}${format.suffix}`)));
    const found = texts.filter((each) => each.status === "fulfilled").flatMap((each) => [...cut(layout, each.value).values()]);
    return join(layout, found);
  }
  const parts = cut(layout, await fetchText(format.file));
  return join(layout, sorted.filter((key) => parts.has(key)).map((key) => parts.get(key)));
}

async function comparisonData() {
  const data = JSON.parse(await fetchText("comparison.json"));
  data.byKey = new Map(data.papers.map((paper) => [paper.key, paper]));
  return data;
}

/** Put papers side by side: of each column the cells, of numbers the best and what a note says of each. */
function compared(data, papers, chosen, format) {
  const pick = (text = "") => (typeof text === "string" ? text : text[format]);
  const columns = chosen.map((id) => data.columns.find((column) => column.id === id)).filter(Boolean);
  const unknown = pick(data.unknown);
  const splits = columns.filter((column) => column.kind === "result");
  const conditions = columns.filter((column) => column.kind === "condition").map((column) => column.id);
  const winners = new Map(
    splits.map(({ id, lowest }) => {
      const results = papers.map((paper) => paper.results[id]).filter((result) => result?.league);
      const leagues = Map.groupBy(results, (result) => result.league).values();
      return [id, new Set([...leagues].filter((some) => some.length > 1).flatMap((some) => bestOf(some, lowest)))];
    }),
  );
  const notes = [];
  const lines = papers.map((paper) => {
    const found = splits.map(({ id }) => paper.results[id]).filter(Boolean);
    const values = new Map(
      conditions.map((id) => [id, [...new Set(found.map((result) => pick(result.conditions?.[id]?.[0] ?? data.unknown)))]]),
    );
    const note = (result) => {
      const stated = Object.entries(result.conditions ?? {}).filter(([id]) => !(values.get(id)?.length <= 1));
      const said = [...(result.facets ?? []).map(pick), ...stated.map(([, [, text]]) => pick(text))].join(", ");
      const text = [pick(result.variant), said, pick(result.note)].filter(Boolean).join("; ");
      return format === IN_LATEX ? text.replace(/,(?=,)/g, ",{}") : text;
    };
    const cells = columns.map(({ id, kind }) => {
      if (kind === "condition") {
        const text = values.get(id).join(" / ") || unknown;
        return { text: format === IN_MARKDOWN ? text.trim() : text };
      }
      if (kind === "cell") {
        return { text: pick(paper.cells[id] ?? data.unknown) };
      }
      const result = paper.results[id];
      if (!result) {
        return { text: unknown };
      }
      const said = note(result);
      if (said && !notes.includes(said)) {
        notes.push(said);
      }
      return { text: result.text, best: winners.get(id).has(result), note: said ? notes.indexOf(said) : null };
    });
    return { key: paper.key, cells };
  });
  const heads = columns.map(({ name, group, numeric }) => ({ name: pick(name), group: pick(group), numeric }));
  const bold = lines.some(({ cells }) => cells.some(({ best }) => best));
  const cited = Math.max(0, columns.findIndex(({ id }) => id === data.cited.find((each) => columns.some((column) => column.id === each))));
  return { heads, lines, notes, unknown, cited, rule: bold ? pick(data.rule) : "", caption: format === IN_LATEX ? data.caption : "" };
}

/** Return the best of *some* results, and its equals. */
function bestOf(some, lowest) {
  const values = some.map(({ value }) => value);
  const best = lowest ? Math.min(...values) : Math.max(...values);
  return some.filter(({ value }) => value === best);
}

function writeMarkdown({ heads, lines, notes, rule, caption }) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const cell = ({ text, best, note }) => (best ? `**${text}**` : text) + (note != null ? ` (${note + 1})` : "");
  return [
    ...(caption ? [caption, ""] : []),
    line(heads.map(({ name, group }) => (group ? `${group} ${name}` : name))),
    line(heads.map(({ numeric }) => (numeric ? "---:" : "---"))),
    ...lines.map(({ cells }) => line(cells.map(cell))),
    ...(rule ? ["", rule] : []),
    ...(notes.length ? ["", ...notes.map((note, place) => `- (${place + 1}) ${note}`)] : []),
    "",
  ].join("\n");
}

function writeLatex({ heads, lines, notes, unknown, cited, rule, caption }) {
  const rows = lines.map(({ key, cells }) => {
    const texts = cells.map(({ text, best, note }) => {
      return (best ? `\\textbf{${text}}` : text) + (note != null ? `\\tnote{${letters(note)}}` : "");
    });
    texts[cited] = cells[cited].text === unknown ? `\\cite{${key}}` : `${texts[cited]}~\\cite{${key}}`;
    texts[0] = /^[[*]/.test(texts[0]) ? `{}${texts[0]}` : texts[0];
    return `${texts.join(" & ")} \\\\`;
  });
  const needs = ["booktabs"];
  needs.push(...(notes.length ? ["threeparttable"] : []), ...(rows.some((row) => row.includes("\\href")) ? ["hyperref"] : []));
  const table = [
    `\\begin{tabular}{${heads.map(({ numeric }) => (numeric ? "r" : "l")).join("")}}`,
    "\\toprule", ...latexHeads(heads), "\\midrule", ...rows, "\\bottomrule", "\\end{tabular}",
  ];
  const title = [`\\caption{${[caption, rule].filter(Boolean).join(" ")}}`, "\\label{tab:papers}"];
  const inner = notes.length
    ? [
        "\\begin{threeparttable}", ...title, ...table, "\\begin{tablenotes}\\footnotesize",
        ...notes.map((note, place) => `\\item[${letters(place)}] ${note}`),
        "\\end{tablenotes}", "\\end{threeparttable}",
      ]
    : [...title, ...table];
  return [`% \\usepackage{${needs.join(",")}}`, "\\begin{table}", "\\centering", ...inner, "\\end{table}", ""].join("\n");
}

/** Return the heads, on two lines if some of them share a heading. */
function latexHeads(heads) {
  const names = `${heads.map(({ name }) => name).join(" & ")} \\\\`;
  if (!heads.some(({ group }) => group)) {
    return [names];
  }
  const [cells, rules] = [[], []];
  for (let start = 0; start < heads.length; ) {
    const group = heads[start].group;
    let end = start;
    while (end < heads.length && heads[end].group === group) {
      end += 1;
    }
    if (group) {
      cells.push(`\\multicolumn{${end - start}}{c}{${group}}`);
      rules.push(`\\cmidrule(lr){${start + 1}-${end}}`);
    } else {
      cells.push(...heads.slice(start, end).map(() => ""));
    }
    start = end;
  }
  return [`${cells.join(" & ")} \\\\`, rules.join(""), names];
}

/** Return a, b, ..., z, aa, ab, ... for 0, 1, ..., 25, 26, 27, ... */
function letters(place) {
  return (place >= 26 ? letters(Math.floor(place / 26) - 1) : "") + String.fromCharCode(97 + (place % 26));
}

/** Return the rows that *table* shows, with what is written of them and their ranks among these. */
async function boardRows(table) {
  const data = JSON.parse(await fetchText(`leaderboards/${table.finding.data.board}.json`));
  const known = new Map(data.rows.map((row) => [`${row.key} ${row.place}`, row]));
  const rows = table.rows.map((row) => ({ ...known.get(`${row.key} ${row.record}`), rank: row.rank }));
  const leagues = Map.groupBy(rows.filter(({ league }) => league), ({ league }) => league);
  for (const row of rows) {
    const rivals = row.league ? leagues.get(row.league) : [];
    row.now = row.league ? 1 + rivals.filter(({ rank }) => rank < row.rank).length : "";
    row.best = row.now === 1 && rivals.length > 1;
  }
  return { data, rows };
}

/** The rows of a board as a table: what varies in columns, what all share in the caption. */
async function boardTable(table, format) {
  const { data, rows } = await boardRows(table);
  const pick = (text = "") => (typeof text === "string" ? text : text[format]);
  const given = ([id]) => [...new Set(rows.map((row) => pick(row.answers[id]?.[0])))];
  const varied = data.heads.kinds.filter((kind) => given(kind).length > 1);
  const shared = data.heads.kinds.filter((kind) => given(kind).length === 1 && given(kind)[0]);
  const unknown = pick(data.unknown);
  const notes = [];
  const lines = rows.map((row) => {
    const note = pick(row.note);
    if (note && !notes.includes(note)) {
      notes.push(note);
    }
    const texts = [pick(row.name), pick(row.venue), ...varied.map(([id]) => pick(row.answers[id]?.[0]) || unknown)];
    const cells = texts.map((text) => ({ text: format === IN_MARKDOWN ? text.trim() : text }));
    return { key: row.key, cells: [...cells, { text: row.text, best: row.best, note: note ? notes.indexOf(note) : null }] };
  });
  const { name, venue, value } = data.heads;
  const heads = [name, venue, ...varied.map(([, head]) => head)].map((head) => ({ name: pick(head) }));
  const told = shared.map(([id]) => pick(rows[0].answers[id][1]));
  const caption = [pick(data.subject), ...(told.length ? [`All: ${told.join(", ")}.`] : []), ...chosenBy(table, shared, format)].join(" ");
  return {
    heads: [...heads, { name: pick(value), numeric: true }],
    lines, notes, unknown, cited: 0,
    rule: rows.some(({ best }) => best) ? pick(data.rule) : "",
    caption: format === IN_LATEX ? caption.replace(/,(?=,)/g, ",{}") : caption,
  };
}

/** Say by what else the rows were chosen than by what they share. */
function chosenBy({ finding, state }, shared, format) {
  const { texts, free } = finding.data;
  const said = (name) => (Array.isArray(texts[name]) ? texts[name][format] : (texts[name] ?? name));
  const [chosen, apart] = [[], []];
  for (const { id, name, every, choices } of finding.filters) {
    if (!state.chosen.has(id)) {
      continue;
    }
    const names = choices.filter((_, place) => state.chosen.get(id).has(place)).map((choice) => choice.name);
    const [joint, answers] = [every ? " and " : " or ", names.map(said)];
    const own = names.join(joint).toLowerCase().includes(name.toLowerCase());
    const text = own ? answers.join(joint) : `${said(name)}: ${answers.join(joint)}`;
    if (state.apart && free.includes(id)) {
      apart.push(text);
    } else if (!shared.some(([each]) => each === id)) {
      chosen.push(text);
    }
  }
  if (state.words.trim()) {
    chosen.push(`Words: ${saidWords(state.words)}`);
  }
  return [
    ...(chosen.length ? [`Chosen by: ${chosen.join("; ")}.`] : []),
    ...(apart.length ? [`In one condition other than: ${apart.join("; ")}.`] : []),
  ];
}

/** Return *words* as they are looked for, as far as every format can print them as they are. */
function saidWords(words) {
  return plain(words).split(/[^a-z0-9.-]+/).filter(Boolean).join(" ");
}

/** The rows of a board as lines of CSV, each with its rank and with what was asked of the board. */
async function boardCsv(table) {
  const { data, rows } = await boardRows(table);
  const { finding, state } = table;
  const asked = finding.filters.filter(({ id }) => state.chosen.has(id)).map(({ id, choices }) => {
    return `${id}=${choices.filter((_, place) => state.chosen.get(id).has(place)).map((choice) => choice.id).join(",")}`;
  });
  const said = [...asked, ...(state.apart ? ["apart=1"] : []), ...(state.words.trim() ? [`q=${saidWords(state.words)}`] : [])].join(" ");
  const cell = /[",]/.test(said) ? `"${said.replaceAll('"', '""')}"` : said;
  return data.csv + rows.map((row) => `${row.now},${row.csv.slice(0, -1)},${cell}\n`).join("");
}

/** The dialog in which the reader chooses papers, format and columns; made when it is first asked for. */
function exportPanel(chosen) {
  let panel = null;
  return {
    async open(table) {
      const formats = panel ? [] : await exportFormats().catch(() => []);
      const opened = panel ?? makePanel(chosen, formats);
      panel = panel ?? (formats.length ? opened : null); // without the list it may be tried again
      opened(table);
    },
  };
}

function makePanel(chosen, formats) {
  let table = null;
  let asked = 0;
  let columns = [];
  const choice = (value) => {
    const box = make("input", { type: "radio", name: "sp-which", value, onchange: update });
    const text = make("span");
    return { box, text, label: make("label", {}, box, text) };
  };
  const [selected, shown] = [choice("selected"), choice("shown")];
  const format = make("select", { id: "sp-format", onchange: chooseFormat }, ...formats.map(({ label }) => make("option", {}, label)));
  const boxes = make("fieldset", { class: "sp-columns" });
  const output = make("textarea", { class: "sp-output", readonly: "", "aria-label": "Result", rows: "12", spellcheck: "false", wrap: "off" });
  const status = make("p", { class: "sp-status", role: "status" });
  const clear = make("button", { type: "button", onclick: () => chosen.set(chosen.keys, false) }, "Clear the selection");
  const copy = copyButton("result", () => [output.value]);
  const download = make("button", { type: "button", onclick: save }, "Download");
  const dialog = make(
    "dialog",
    { class: "sp-panel", "aria-labelledby": "sp-panel-title" },
    make("h2", { id: "sp-panel-title" }, "Cite or export papers"),
    make("fieldset", {}, make("legend", {}, "Papers"), selected.label, shown.label, clear),
    make("p", {}, make("label", { for: "sp-format" }, "Format "), format),
    boxes,
    status,
    output,
    make("p", { class: "sp-buttons" }, copy, download, make("button", { type: "button", onclick: () => dialog.close() }, "Close")),
  );
  document.body.append(dialog);
  chosen.watch(() => dialog.open && update());

  function now() {
    return formats[format.selectedIndex] ?? {};
  }

  /** Say whether what is wanted are rows of a board, which are no papers. */
  function isBoard() {
    return Boolean(table?.finding.data?.board && shown.box.checked && now().board);
  }

  async function chooseFormat() {
    asked += 1; // what is under way is of another format
    output.setAttribute("aria-busy", "true");
    if (now().table) {
      await offerColumns();
    }
    await update();
  }

  /** Let the reader choose columns; they stand in the order in which they were ticked. */
  async function offerColumns() {
    const data = await comparisonData().catch(() => null); // said when the result is made
    columns = data ? [...data[now().columns]] : [];
    const labels = (data?.columns ?? []).map(({ id, name, group }) => {
      const text = [group, name].filter(Boolean).map((each) => (typeof each === "string" ? each : each[IN_MARKDOWN]));
      const box = make("input", {
        type: "checkbox", value: id,
        onchange() {
          columns = box.checked ? [...columns, id] : columns.filter((each) => each !== id);
          update();
        },
      });
      box.checked = columns.includes(id);
      return make("label", {}, box, text.join(" "));
    });
    boxes.replaceChildren(make("legend", {}, "Columns, in the order in which you tick them"), ...labels);
  }

  function shownText() {
    const papers = papersText(table.keys.length);
    return table.finding.data?.board ? `${number(table.rows.length)} result${table.rows.length === 1 ? "" : "s"} of ${papers}` : papers;
  }

  async function wanted() {
    if (table === null || selected.box.checked) {
      if (!now().table) {
        return chosen.keys;
      }
      const data = await comparisonData(); // papers of a selection stand as in every table, the newest first
      return data.papers.map((paper) => paper.key).filter(chosen.has);
    }
    await table.load().catch(() => {});
    return table.keys;
  }

  async function update() {
    selected.text.textContent = `Selected: ${papersText(chosen.size)}`;
    clear.disabled = chosen.size === 0;
    shown.label.hidden = table === null;
    if (table) {
      shown.text.textContent = `What the table shows: ${shownText()}`;
    }
    boxes.hidden = !now().table || isBoard();
    const mine = (asked += 1);
    output.setAttribute("aria-busy", "true");
    let [text, said] = ["", ""];
    try {
      const keys = await wanted();
      if (table && !selected.box.checked) {
        shown.text.textContent = `What the table shows: ${shownText()}`;
      }
      if (!keys.length) {
        said = "No papers: tick rows of a table, or take what it shows.";
      } else if (isBoard()) {
        const found = await now().board(table, now().in);
        text = now().write ? now().write(found) : found;
      } else if (now().table && !columns.length) {
        said = "No columns: tick at least one.";
      } else {
        text = await exported(now(), keys, columns);
      }
    } catch (error) {
      said = `The data could not be loaded (${error.message}).`;
    }
    if (mine === asked) { // nothing else was asked for since
      status.textContent = said;
      output.value = text;
      output.setAttribute("aria-busy", "false");
      copy.disabled = download.disabled = !text;
    }
  }

  function save() {
    const url = URL.createObjectURL(new Blob([output.value], { type: "text/plain" }));
    const name = isBoard() ? `${table.finding.data.board.replace("/", "-")}${now().file.slice(now().file.lastIndexOf("."))}` : now().file;
    const link = make("a", { href: url, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  return (which) => {
    table = which;
    const all = table !== null && chosen.size === 0;
    [selected.box.checked, shown.box.checked] = [!all, all];
    dialog.showModal();
    update();
  };
}

// The bar: on a phone its sections scroll sideways, and the one that is open should be seen -----

function bar(document) {
  const current = document.querySelector(".site-bar [aria-current]");
  if (current) current.parentElement.scrollLeft = current.offsetLeft - 16;
}

// Formulas and code: what is too wide for the screen scrolls, and must be within reach of the keyboard --

function formulas(document) {
  const seen = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  document.querySelectorAll("div.math, .highlight pre").forEach((wide) => seen.observe(wide));
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

// Previews: what a link to a paper leads to ------------------------------------------------

function previews(document) {
  const papers = new URL("papers/", SITE).pathname;
  const article = document.querySelector("[role=main]");
  if (!article) return;
  const box = make("div", { class: "sp-preview" });
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
    const frame = box.offsetParent.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    box.style.left = `${Math.max(8, Math.min(at.left, width - box.offsetWidth - 8)) - frame.left}px`;
    const above = at.bottom + box.offsetHeight + 8 > innerHeight && at.top > box.offsetHeight + 8;
    box.style.top = `${(above ? at.top - box.offsetHeight - 4 : at.bottom + 4) - frame.top}px`;
  }

  async function open(link) {
    const facts = paperFacts(await page(new URL(link.href)));
    if (!facts || shown !== link) return;
    box.replaceChildren(
      make("p", { class: "sp-preview-name" }, facts.name),
      make("p", { class: "sp-preview-title" }, facts.title),
      make("p", { class: "sp-preview-summary" }, facts.summary),
      make("p", { class: "sp-preview-place" }, facts.place),
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
  article.append(box);
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
}

// A page that is not there: what the address may have meant ----------------------------------

async function guessing(document) {
  const place = document.getElementById("sp-guesses");
  if (!place) return;
  const wanted = decoded(location.pathname.slice(SITE.pathname.length)).replace(/(\/index)?(\.html?)?\/?$/, "");
  const words = wanted.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  document.querySelectorAll("input[name=q]").forEach((input) => (input.value = words.at(-1) || ""));
  const found = closest(wanted, await inventory());
  if (!found.length) return;
  const list = document.createElement("ul");
  for (const { title, uri } of found) {
    const link = make("a", {}, title);
    link.href = new URL(uri, SITE).href;
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  place.append(make("p", {}, "Perhaps you meant:"), list);
}

// Part of an address as text; as it stands if it is not UTF-8, which nobody must write.
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
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
