"use strict";
// Previews: what a link to a paper leads to.
(() => {
  const { data: dataOf, make, SITE } = sphinxPapers;

  const papers = new URL("papers/", SITE).href;
  const article = document.querySelector("[role=main]");
  if (!article) return;
  const box = make("div", { class: "sp-preview" });
  box.id = "sp-preview";
  box.role = "tooltip";
  box.hidden = true;
  let shown = null; // the link whose preview is shown or will be
  let timer = 0;

  /** Return the key of the paper that *link* leads to; nothing for other links and those to this page. */
  function keyOf(link) {
    const [here] = location.href.split(/[?#]/);
    const [address] = link?.href.split(/[?#]/) ?? [""];
    const key = address.startsWith(papers) && address !== here && address.slice(papers.length).match(/^([\w-]+)(\.\w+|\/)?$/)?.[1];
    return key && key !== "index" ? key : "";
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
    const facts = await dataOf(`papers/${keyOf(link)}`).catch(() => null); // a page without a valid record has none
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
    if (event.pointerType === "mouse" && keyOf(link)) ask(link, 350);
  });
  article.addEventListener("pointerout", (event) => {
    if (shown && event.target.closest("a[href]") === shown && !shown.contains(event.relatedTarget)) leave();
  });
  article.addEventListener("focusin", (event) => {
    const link = event.target.closest("a[href]");
    if (link?.matches(":focus-visible") && keyOf(link)) ask(link, 350);
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
