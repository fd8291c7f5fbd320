"use strict";
// The panel in which the reader chooses papers, format and columns, and what it makes of them; loaded when it is opened.
(() => {
  const { chosen, copyButton, data: dataOf, make, number, papersText, plain } = sphinxPapers;

  const [IN_LATEX, IN_MARKDOWN] = [0, 1];
  const FEW = 5; // so many papers are asked for one by one

  /** What is put together of cells, and how the rows of a board leave, by format. */
  const WRITERS = {
    markdown: { table: compared, write: writeMarkdown, in: IN_MARKDOWN, columns: "markdown", board: boardTable },
    latex: { table: compared, write: writeLatex, in: IN_LATEX, columns: "latex", board: boardTable },
    "results-csv": { board: boardCsv },
  };
  let panel = null;

  sphinxPapers.showPanel = showPanel;

  /** Return what papers can be had as, with what puts each together; what only Python can write is left to the command line. */
  async function exportFormats() {
    const formats = (await dataOf("exports")).map((format) => ({ ...format, ...WRITERS[format.name] }));
    return formats.filter((format) => format.write || "glue" in format);
  }

  /** Return the papers *keys* in *format*, as the command line writes them. */
  async function exported(format, keys, columns) {
    if (format.table) {
      const cells = await comparison();
      const papers = keys.map((key) => cells.byKey.get(key)).filter(Boolean);
      return format.write(format.table(cells, papers, columns, format.in), format.pieces);
    }
    const { name, opening, glue, closing, empty } = format;
    if (!name) {
      throw new Error("_data/exports.js");
    }
    const parts = format.beside && keys.length <= FEW ? await fewParts(name, keys) : await dataOf(name);
    const sorted = [...keys].sort((a, b) => (a < b ? -1 : 1)).filter((key) => Object.hasOwn(parts, key));
    return sorted.length ? opening + sorted.map((key) => parts[key]).join(glue) + closing : empty;
  }

  /** Return what *format* says of a few papers, by key; one that is gone since it was selected is left out. */
  async function fewParts(format, keys) {
    const found = await Promise.allSettled(keys.map(async (key) => [key, (await dataOf(`papers/${key}`)).formats[format]]));
    return Object.fromEntries(found.filter((each) => each.status === "fulfilled").map((each) => each.value));
  }

  /** Return the cells of all papers. */
  async function comparison() {
    const found = await dataOf("comparison");
    found.byKey ??= new Map(found.papers.map((paper) => [paper.key, paper]));
    return found;
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

  /** Return *piece* with what is *given* for each of its slots. */
  function fill(piece, given) {
    return piece.replace(/<(\w+)>/g, (_, name) => given[name]);
  }

  function writeMarkdown({ heads, lines, notes, rule, caption }, pieces) {
    const line = (cells) => fill(pieces.row, { cells: cells.join(pieces.between) });
    const cell = ({ text, best, note }) => marked(pieces, best ? fill(pieces.best, { text }) : text, note, note + 1);
    const items = notes.map((text, place) => fill(pieces.note, { mark: place + 1, text }));
    return [
      caption ? fill(pieces.caption, { text: caption }) : "",
      line(heads.map(({ name, group }) => (group ? fill(pieces.head, { group, text: name }) : name))),
      line(heads.map(({ numeric }) => (numeric ? pieces.number : pieces.text))),
      ...lines.map(({ cells }) => line(cells.map(cell))),
      rule ? fill(pieces.rule, { text: rule }) : "",
      items.length ? fill(pieces.notes, { notes: items.join("") }) : "",
    ].join("");
  }

  function writeLatex({ heads, lines, notes, unknown, cited, rule, caption }, pieces) {
    const joined = (cells) => fill(pieces.row, { cells: cells.join(pieces.between) });
    const rows = lines.map(({ key, cells }) => {
      const texts = cells.map(({ text, best, note }) => marked(pieces, best ? fill(pieces.best, { text }) : text, note, letters(note)));
      texts[cited] = fill(cells[cited].text === unknown ? pieces.cite : pieces.cited, { text: texts[cited], key });
      texts[0] = pieces.shielded.includes(texts[0][0] ?? " ") ? pieces.shield + texts[0] : texts[0];
      return joined(texts);
    });
    return fill(notes.length ? pieces.noted_table : pieces.table, {
      more: rows.some((row) => row.includes(pieces.link)) ? pieces.links : "",
      caption: [caption, rule].filter(Boolean).join(" "),
      columns: heads.map(({ numeric }) => (numeric ? pieces.number : pieces.text)).join(""),
      heads: latexHeads(heads, pieces, joined),
      rows: rows.join(""),
      notes: notes.map((text, place) => fill(pieces.note, { mark: letters(place), text })).join(""),
    });
  }

  /** Return *text* with the *mark* of its note, where it has one. */
  function marked(pieces, text, note, mark) {
    return note == null ? text : fill(pieces.noted, { text, mark });
  }

  /** Return the heads, on two lines if some of them share a heading. */
  function latexHeads(heads, pieces, joined) {
    const names = joined(heads.map(({ name }) => name));
    if (!heads.some(({ group }) => group)) {
      return names;
    }
    const [cells, rules] = [[], []];
    for (let start = 0; start < heads.length; ) {
      const group = heads[start].group;
      let end = start;
      while (end < heads.length && heads[end].group === group) {
        end += 1;
      }
      if (group) {
        cells.push(fill(pieces.group, { width: end - start, text: group }));
        rules.push(fill(pieces.group_rule, { first: start + 1, last: end }));
      } else {
        cells.push(...heads.slice(start, end).map(() => ""));
      }
      start = end;
    }
    return `${joined(cells)}${rules.join("")}\n${names}`;
  }

  /** Return a, b, ..., z, aa, ab, ... for 0, 1, ..., 25, 26, 27, ... */
  function letters(place) {
    return (place >= 26 ? letters(Math.floor(place / 26) - 1) : "") + String.fromCharCode(97 + (place % 26));
  }

  /** Return the rows that *table* shows, with what is written of them and their ranks among these. */
  async function boardRows(table) {
    const data = await dataOf(`leaderboards/${table.finding.data.board}`);
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
    const past = table.state.until ? [filled(data.said.past, table.monthName, format)] : [];
    const caption = [pick(data.subject), ...past, ...(told.length ? [filled(data.said.all, told.join(", "), format)] : []), ...chosenBy(table, data, shared, format)].join(" ");
    return {
      heads: [...heads, { name: pick(value), numeric: true }],
      lines, notes, unknown, cited: 0,
      rule: rows.some(({ best }) => best) ? pick(data.rule) : "",
      caption: format === IN_LATEX ? caption.replace(/,(?=,)/g, ",{}") : caption,
    };
  }

  /** Say by what else the rows were chosen than by what they share. */
  function chosenBy({ finding, state }, { said: sentences, joints }, shared, format) {
    const { texts, free } = finding.data;
    const said = (name) => (Array.isArray(texts[name]) ? texts[name][format] : (texts[name] ?? name));
    const [chosen, apart] = [[], []];
    for (const { id, name, every, choices } of finding.filters) {
      if (!state.chosen.has(id)) {
        continue;
      }
      const names = choices.filter((_, place) => state.chosen.get(id).has(place)).map((choice) => choice.name);
      const [joint, answers] = [filled([joints[every ? 1 : 0]], "", format), names.map(said)];
      const own = names.join(joint).toLowerCase().includes(name.toLowerCase());
      const text = own ? answers.join(joint) : `${said(name)}: ${answers.join(joint)}`;
      if (state.apart && free.includes(id)) {
        apart.push(text);
      } else if (!shared.some(([each]) => each === id)) {
        chosen.push(text);
      }
    }
    if (state.words.trim()) {
      chosen.push(filled(sentences.words, saidWords(state.words), format));
    }
    return [
      ...(chosen.length ? [filled(sentences.chosen, chosen.join("; "), format)] : []),
      ...(apart.length ? [filled(sentences.otherwise, apart.join("; "), format)] : []),
    ];
  }

  /** Return a sentence, which is given in the parts around its one slot, with *text* in there. */
  function filled(parts, text, format) {
    return parts.map((part) => (typeof part === "string" ? part : part[format])).join(text);
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
    const said = [...asked, ...(state.apart ? ["apart=1"] : []), ...(state.words.trim() ? [`q=${saidWords(state.words)}`] : []), ...(state.until ? [`until=${state.until}`] : [])].join(" ");
    const cell = /[",]/.test(said) ? `"${said.replaceAll('"', '""')}"` : said;
    return data.csv + rows.map((row) => `${row.now},${row.csv.slice(0, -1)},${cell}\n`).join("");
  }

  /** Show the dialog in which the reader chooses papers, format and columns; made when it is first asked for. */
  async function showPanel(table) {
    const formats = panel ? [] : await exportFormats().catch(() => []);
    const opened = panel ?? makePanel(formats);
    panel = panel ?? (formats.length ? opened : null); // without the list it may be tried again
    opened(table);
  }

  /** Make the dialog, and return what opens it for a table, or for the selection alone. */
  function makePanel(formats) {
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
    const copy = copyButton("result", output, () => [output.value]);
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
      const data = await comparison().catch(() => null); // said when the result is made
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
        const data = await comparison(); // papers of a selection stand as in every table, the newest first
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
          text = now().write ? now().write(found, now().pieces) : found;
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
})();
