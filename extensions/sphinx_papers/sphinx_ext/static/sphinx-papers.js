// What scripts add to the pages: nothing here is needed to read them.
// One module, loaded by every page; each part looks for what it improves and does nothing without it.

for (const enhance of [tables, copying, previews]) {
  enhance(document);
}

// Tables: filter, sort, select -------------------------------------------------------------

function tables() {}

// Copying: keys, BibTeX and references to the clipboard ------------------------------------

function copying() {}

// Previews: what a link to a paper leads to ------------------------------------------------

function previews() {}
