"use strict";
// Previews: what a link to a paper or to an entry of the bibliography leads to.
(() => {
  const { data: dataOf, make, SITE } = sphinxPapers;

  const papers = new URL("papers/", SITE).href;
  const references = new URL(document.currentScript.dataset.references, SITE).href;
  const article = document.querySelector("[role=main]");
  if (!article) return;
  const box = make("div", { class: "sp-preview" });
  box.id = "sp-preview";
  box.role = "tooltip";
  box.hidden = true;
  let shown = null; // the link whose preview is shown or will be
  let timer = 0;
  let bibliography = null; // its page, once it was asked for

  /** Return the key of the paper that *link* leads to; nothing for other links and those to this page. */
  function keyOf(link) {
    const [here] = location.href.split(/[?#]/);
    const [address] = link?.href.split(/[?#]/) ?? [""];
    const key = address.startsWith(papers) && address !== here && address.slice(papers.length).match(/^([\w-]+)(\.\w+|\/)?$/)?.[1];
    return key && key !== "index" ? key : "";
  }

  /** Return the anchor of the entry of the bibliography that *link* leads to; nothing for other links and on that page. */
  function entryOf(link) {
    const [here] = location.href.split(/[?#]/);
    return link?.hash.length > 1 && link.href.startsWith(`${references}#`) && here !== references ? decodeURIComponent(link.hash.slice(1)) : "";
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
    const lines = await (entryOf(link) ? entryLines(entryOf(link)) : paperLines(keyOf(link))).catch(() => null);
    if (!lines || shown !== link) return;
    box.replaceChildren(...lines);
    box.hidden = false;
    place(link);
    link.setAttribute("aria-describedby", box.id);
  }

  /** An entry of the bibliography as it stands there; from a disk its page cannot be read, and there is none. */
  async function entryLines(anchor) {
    bibliography ??= fetch(references).then((answer) => answer.text()).catch(() => "");
    const entry = new DOMParser().parseFromString(await bibliography, "text/html").getElementById(anchor);
    return entry?.matches(".sp-references li") ? [make("p", { class: "sp-preview-summary" }, entry.textContent.trim())] : null;
  }

  async function paperLines(key) {
    const facts = await dataOf(`papers/${key}`); // a page without a valid record has none
    return [
      make("p", { class: "sp-preview-name" }, facts.name),
      make("p", { class: "sp-preview-title" }, facts.title),
      make("p", { class: "sp-preview-summary" }, facts.summary),
      make("p", { class: "sp-preview-place" }, facts.place),
    ];
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

  /** Return the link that an event happened in; none in a drawing, whose links say themselves what they lead to. */
  function linkOf(event) {
    const link = event.target.closest("a[href]");
    return link instanceof HTMLAnchorElement ? link : null;
  }

  article.addEventListener("pointerover", (event) => {
    const link = linkOf(event);
    if (event.pointerType === "mouse" && (keyOf(link) || entryOf(link))) ask(link, 350);
  });
  article.addEventListener("pointerout", (event) => {
    if (shown && linkOf(event) === shown && !shown.contains(event.relatedTarget)) leave();
  });
  article.addEventListener("focusin", (event) => {
    const link = linkOf(event);
    if (link?.matches(":focus-visible") && (keyOf(link) || entryOf(link))) ask(link, 350);
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
})();
