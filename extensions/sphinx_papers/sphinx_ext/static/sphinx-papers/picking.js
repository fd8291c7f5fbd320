"use strict";
// Picking: rows of tables and pages of papers are put into the selection.
(() => {
  const { above, chosen, make, openPanel, tables } = sphinxPapers;
  const { all: ALL_SHOWN, open: TAKE_ALONG } = document.currentScript.dataset;

  for (const table of tables) {
    // The numbers of a chart have their papers in a table of their own elsewhere.
    if (table.region.matches(".sp-picked")) {
      (window.requestIdleCallback ?? setTimeout)(() => pickRows(table)); // it is the first to ask for all rows
    }
  }
  pickPage();

  /** Put a box to tick into each row of *table*, and buttons above it. */
  function pickRows(table) {
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
    const opener = make("button", { type: "button", onclick: () => openPanel(table) }, TAKE_ALONG);
    const buttons = make("div", { class: "sp-picking" }, all, opener);
    const room = table.finding.board && table.region.previousElementSibling.querySelector(".sp-picking");
    room ? room.replaceWith(buttons) : above(table.region, buttons, ".sp-picking");

    function update() {
      for (const [key, its] of boxes) {
        its.forEach((box) => (box.checked = chosen.has(key)));
      }
      const keys = table.keys;
      const on = !keys.length || keys.some((key) => !chosen.has(key));
      all.dataset.on = String(on);
      all.textContent = on ? ALL_SHOWN : "Take back all shown";
      all.disabled = !keys.length;
    }

    chosen.watch(update);
    table.region.addEventListener("papers-shown", update);
  }

  /** On the page of a paper a button takes it along. */
  function pickPage() {
    const files = document.querySelector("p.sp-files");
    const key = document.querySelector("dl.sp-cite dd")?.firstChild.textContent.trim();
    if (!files || !key) {
      return;
    }
    const button = make("button", { type: "button", class: "sp-take", onclick: () => chosen.set([key], !chosen.has(key)) });
    files.append(" ", button);
    chosen.watch(() => (button.textContent = chosen.has(key) ? "Take out of the selection" : "Add to the selection"));
  }
})();
