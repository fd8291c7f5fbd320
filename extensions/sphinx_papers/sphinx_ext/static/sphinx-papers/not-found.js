"use strict";
// A page that is not there: what the address may have meant.
(async () => {
  const { decoded, make, SITE } = sphinxPapers;

  const place = document.getElementById("sp-guesses");
  if (!place) return;
  const wanted = decoded(location.pathname.slice(SITE.pathname.length)).replace(/(\/index)?(\.html?)?\/?$/, "");
  const words = wanted.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  document.querySelectorAll("input[name=q]").forEach((input) => (input.value = words.at(-1) || ""));
  const found = closest(wanted, await inventory());
  if (!found.length) return;
  const list = document.createElement("ul");
  for (const { title, uri } of found) {
    const link = make("a", {}, title);
    link.href = new URL(uri, SITE).href;
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  place.append(make("p", {}, "Perhaps you meant:"), list);

  // The documents of the site, as its inventory for other projects lists them.
  async function inventory() {
    try {
      const bytes = new Uint8Array(await (await fetch(new URL("objects.inv", SITE))).arrayBuffer());
      let start = 0;
      for (let line = 0; line < 4; line++) start = bytes.indexOf(10, start) + 1;
      const packed = new Blob([bytes.subarray(start)]).stream().pipeThrough(new DecompressionStream("deflate"));
      const lines = (await new Response(packed).text()).split("\n");
      return lines.flatMap((line) => {
        const [, docname, uri, title] = line.match(/^(\S+) std:doc \S+ (\S+) (.*)$/) || [];
        return docname ? [{ docname, uri: uri.replace("$", docname), title }] : [];
      });
    } catch {
      return []; // the links that the page has anyway remain
    }
  }

  function closest(wanted, documents) {
    const pairs = (text) => new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
    const likeness = (one, other) => {
      const [a, b] = [pairs(one), pairs(other)];
      const shared = [...a].filter((pair) => b.has(pair)).length;
      return a.size + b.size ? (2 * shared) / (a.size + b.size) : 0;
    };
    const last = (path) => path.split("/").at(-1);
    const name = (path) => last(path.toLowerCase().replace(/\/index$/, ""));
    return documents
      .map((each) => ({ ...each, score: likeness(name(wanted), name(each.docname)) + (each.docname.startsWith(wanted.split("/")[0]) ? 0.05 : 0) }))
      .filter(({ score }) => score > 0.45)
      .sort((a, b) => b.score - a.score || (a.docname < b.docname ? -1 : 1))
      .slice(0, 5);
  }
})();
