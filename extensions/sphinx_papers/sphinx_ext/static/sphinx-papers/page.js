"use strict";
// What every page has: the selection with its tray, the bar, formulas; and what the other scripts share.
(() => {
  const SITE = new URL(document.documentElement.dataset.content_root || "./", location.href);

  const { version, compare, letters } = document.currentScript.dataset;
  const LETTERS = new Map(letters.split(" ").map((pair) => [pair[0], pair.slice(1)])); // model/records/letters.py says which
  const LOADED = new Map(); // scripts that were asked for, by address
  const DATA = new Map(); // what files of data have handed over, by name

  const chosen = chosenPapers();
  // What the other scripts of this folder use; each of them may add to it.
  window.sphinxPapers = { SITE, above, chosen, data, decoded, make, number, openPanel, papersText, plain, take, tables: [] };
  addTray();
  showCurrent();
  reachWide();
  if (location.protocol === "file:") {
    document.querySelector(".site-zip")?.remove(); // who came out of it has it
  }
  addEventListener("focusin", suggest);
  // Read the Docs asks for its own search, by a key and in its menu: here that is the search of the site.
  document.addEventListener("readthedocs-search-show", search, true);

  /** Put *element* above a table, in the place of what keeps room for *kind*, so that nothing below moves. */
  function above(region, element, kind) {
    let room = region.previousElementSibling;
    while (room?.matches(".sp-room") && !room.matches(kind)) {
      room = room.previousElementSibling;
    }
    if (room?.matches(".sp-room")) {
      element.lastChild?.append(...room.querySelectorAll(".sp-room")); // what comes later has room of its own in it
      room.replaceWith(element);
    } else {
      region.before(element);
    }
  }

  /** Load a script, once; where that failed it may be tried again. */
  function load(address) {
    if (!LOADED.has(address.href)) {
      const loaded = new Promise((resolve, reject) => {
        const failed = () => reject(new Error(address.href.slice(SITE.href.length).replace(/\?.*/, "")));
        document.head.append(make("script", { src: address, onload: resolve, onerror: failed }));
      });
      LOADED.set(address.href, loaded);
      loaded.catch(() => LOADED.delete(address.href));
    }
    return LOADED.get(address.href);
  }

  /** Load another script of this folder. */
  async function use(name) {
    if (!document.querySelector(`body script[src*="/sphinx-papers/${name}.js"]`)) {
      await load(new URL(`_static/sphinx-papers/${name}.js?v=${version}`, SITE));
    } else if (document.readyState !== "complete") { // the page has it, and may not have run it yet
      await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
    }
  }

  /** Load the search when a box that suggests is first entered. */
  function suggest({ target }) {
    if (target.matches?.("form[data-suggests] input")) {
      removeEventListener("focusin", suggest);
      use("find").catch(() => addEventListener("focusin", suggest)); // without it the box is a box
    }
  }

  /** Go to the search box, before anybody else hears that search was asked for. */
  function search(event) {
    const box = document.querySelector("form[data-suggests] input");
    if (box) {
      event.stopImmediatePropagation();
      box.focus();
    }
  }

  /** Return the data of this site called *name*: a classic script, as pages opened from a disk may load nothing else. */
  async function data(name) {
    const file = `_data/${name}.js`;
    if (!DATA.has(name)) {
      await load(new URL(file, SITE));
    }
    if (!DATA.has(name)) {
      throw new Error(file); // which holds something else
    }
    return DATA.get(name);
  }

  /** Take over the data of a file; such files call this, and do nothing else. */
  function take(name, value) {
    DATA.set(name, value);
  }

  /** Open the panel in which papers are chosen and exported, of *table* or of the selection alone. */
  async function openPanel(table) {
    try {
      await use("copying");
      await use("export");
    } catch (error) {
      const dialog = make(
        "dialog",
        { class: "sp-panel", "aria-label": "Cite or export papers", onclose: () => dialog.remove() },
        make("p", { class: "sp-status", role: "status" }, `The panel could not be loaded (${error.message}).`),
        make("p", { class: "sp-buttons" }, make("button", { type: "button", onclick: () => dialog.close() }, "Close")),
      );
      document.body.append(dialog);
      dialog.showModal();
      return;
    }
    await sphinxPapers.showPanel(table);
  }

  /** Show how many papers are selected, as the way to the panel. */
  function addTray() {
    const tray = make("button", { type: "button", class: "sp-tray", onclick: () => openPanel(null) });
    const beside = make("a", { class: "sp-tray sp-tray-beside" }, "Compare side by side");
    document.body.append(tray, beside);
    chosen.watch(() => {
      beside.hidden = !compare || chosen.size < 2 || chosen.size > 5 || Boolean(document.querySelector(".sp-comparing"));
      if (!beside.hidden) beside.href = new URL(`${compare}#papers=${chosen.keys.join(",")}`, SITE);
      tray.hidden = chosen.size === 0;
      tray.textContent = `${papersText(chosen.size)} selected`;
    });
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

  /** Return *text* as it is looked for: without case, accents, ligatures and apostrophes, as `plain` of model/records/letters.py. */
  function plain(text) {
    return text
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[\p{M}'\u2019]/gu, "")
      .replace(/[^\0-\x7f]/g, (letter) => LETTERS.get(letter) ?? letter);
  }

  function number(value) {
    return value.toLocaleString("en");
  }

  /** Return part of an address as text; as it stands if it is not UTF-8, which nobody must write. */
  function decoded(part) {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
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
        return new Set(Array.isArray(kept) ? kept.filter((key) => typeof key === "string" && /^[\w-]+$/.test(key)) : []);
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

  /** On a phone the sections of the bar scroll sideways, and the one that is open should be seen. */
  function showCurrent() {
    const current = document.querySelector(".site-bar [aria-current]");
    if (current) current.parentElement.scrollLeft = current.offsetLeft - 16;
  }

  /** What is too wide for the screen scrolls, and must be within reach of the keyboard. */
  function reachWide() {
    const seen = new ResizeObserver((entries) => {
      for (const { target } of entries) {
        if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
        else target.removeAttribute("tabindex");
      }
    });
    document.querySelectorAll("div.math, .highlight pre").forEach((wide) => seen.observe(wide));
  }
})();
