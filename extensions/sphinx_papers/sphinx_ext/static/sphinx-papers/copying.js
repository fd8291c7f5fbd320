"use strict";
// Copying: keys, BibTeX and references to the clipboard.
(() => {
  const { make } = sphinxPapers;

  const bibtex = document.querySelector("pre.sp-bibtex");
  const fields = document.querySelectorAll("dl.sp-cite dt");
  if (bibtex) {
    const frame = make("div", { class: "sp-copied" });
    bibtex.replaceWith(frame);
    frame.append(bibtex, copyButton("BibTeX", () => [bibtex.textContent]));
    // Who is in a hurry finds it at the top.
    document.querySelector("dl.sp-card dd:last-of-type")?.append(" ", copyButton("BibTeX", () => [bibtex.textContent], "Copy BibTeX"));
  }
  for (const label of fields) {
    const content = label.nextElementSibling;
    // A style of references sets titles in italics, which a word processor can take over.
    const [text, html] = [content.textContent, content.innerHTML];
    content.append(" ", copyButton(label.textContent, () => [text, html]));
  }

  sphinxPapers.copyButton = copyButton;

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
})();
