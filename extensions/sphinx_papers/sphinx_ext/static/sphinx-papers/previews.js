"use strict";
// Previews: what a link to a paper leads to.
(() => {
  const { make, page, paperFacts, SITE } = sphinxPapers;

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
})();
