"use strict";
// Copying: keys, BibTeX and references to the clipboard.
(() => {
  const { make } = sphinxPapers;

  const bibtex = document.querySelector("pre.sp-bibtex");
  const fields = document.querySelectorAll("dl.sp-cite dt");
  if (bibtex) {
    const frame = make("div", { class: "sp-copied" });
    bibtex.replaceWith(frame);
    frame.append(bibtex, copyButton("BibTeX", bibtex, () => [bibtex.textContent]));
    // Who is in a hurry finds it at the top.
    document.querySelector("dl.sp-card dd:last-of-type")?.append(" ", copyButton("BibTeX", bibtex, () => [bibtex.textContent], "Copy BibTeX"));
  }
  for (const label of fields) {
    const content = label.nextElementSibling;
    // A style of references sets titles in italics, which a word processor can take over.
    const [text, html] = [content.textContent, content.innerHTML];
    content.append(" ", copyButton(label.textContent, content, () => [text, html]));
  }

  const badge = document.querySelector('.sp-files a[href$=".svg"]');
  if (badge) {
    // Where the page is published is known here, and wherever else it is shown.
    const here = location.href.split(/[?#]/)[0];
    const name = document.querySelector("h1")?.firstChild?.textContent.replace(/[\\[\]]/g, "") ?? "";
    badge.after(" ", copyButton("badge as Markdown", badge, () => [`[![${name}](${badge.href})](${here})`]));
  }

  sphinxPapers.copyButton = copyButton;

  /**
   * Make a button that copies what *content* returns: a text, and the same as HTML where that says more.
   * Where nothing can be copied, *shown*, the element that has the text, is selected.
   */
  function copyButton(name, shown, content, words = "Copy") {
    const label = name === "Key" ? "key" : name;
    const button = make("button", { type: "button", class: "sp-copy", "aria-label": `Copy ${label}` }, words);
    button.addEventListener("click", async () => {
      const [text, html] = content();
      const done = (await copy(text, html)) || copyByCommand(text, html);
      if (!done) {
        select(shown, button);
      }
      button.textContent = done ? "Copied" : "Not copied, but selected";
      announce(done ? `${label} copied` : `${label} could not be copied; it is selected, to be copied by the keyboard`);
      setTimeout(() => (button.textContent = words), done ? 2000 : 6000);
    });
    return button;
  }

  /** Copy *text*, and say whether that was possible: not without encryption, nor where the reader does not allow it. */
  async function copy(text, html) {
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
      return false;
    }
  }

  /** Copy *text* as browsers did before they had a clipboard for scripts; it works without encryption. */
  function copyByCommand(text, html) {
    const before = document.activeElement;
    const area = make("textarea", { class: "sp-said", readonly: "", "aria-hidden": "true" }, text);
    const both = (event) => {
      event.clipboardData.setData("text/plain", text);
      if (html) {
        event.clipboardData.setData("text/html", html);
      }
      event.preventDefault();
    };
    (document.querySelector("dialog[open]") ?? document.body).append(area); // all but an open dialog is out of reach
    area.select();
    document.addEventListener("copy", both);
    const done = document.execCommand("copy");
    document.removeEventListener("copy", both);
    area.remove();
    before?.focus();
    return done;
  }

  /** Select what *shown* says, but for *button* in it. */
  function select(shown, button) {
    if (shown.select) {
      shown.select();
      return;
    }
    const range = document.createRange();
    range.selectNodeContents(shown);
    if (shown.contains(button)) {
      range.setEndBefore(button);
    }
    getSelection().removeAllRanges();
    getSelection().addRange(range);
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
