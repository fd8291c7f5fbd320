// What scripts add to the pages: nothing here is needed to read them.
// One module, loaded by every page; each part looks for what it improves and does nothing without it.

// The tables of this page, in order. What another part needs to know of a table:
// - table.region: its element; "papers-shown" is dispatched there, and bubbles, when other rows are shown
// - table.keys: keys of the papers that the filters leave, each once, in the order shown
// - await table.load(): from then on keys are those of all pages of a long table
// - table.decorate(row => ...): called once with each row's element, when it is first put on the page
const TABLES = [];

for (const enhance of [tables, copying, previews]) {
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

// Previews: what a link to a paper leads to ------------------------------------------------

function previews() {}
