"use strict";
// Pages of this site: fetched once, read for what they say of themselves.
(() => {
  const { title, places } = document.currentScript.dataset; // what these facts are called
  const FETCHED = new Map(); // by address

  Object.assign(sphinxPapers, { page, paperFacts });

  function page(url) {
    const address = url.href.replace(/#.*/, "");
    if (!FETCHED.has(address)) {
      const read = async () => {
        const answer = await fetch(address);
        if (!answer.ok) throw new Error(`${answer.status}`);
        return new DOMParser().parseFromString(await answer.text(), "text/html");
      };
      FETCHED.set(address, read().catch(() => null));
    }
    return FETCHED.get(address);
  }

  // A paper's own page, but for headings and permalinks; nothing for any other page.
  function paperFacts(found) {
    const card = found?.querySelector("dl.sp-facts");
    if (!card) return null;
    const labels = [...card.querySelectorAll("dt")];
    const fact = (label) => labels.find((each) => each.textContent === label)?.nextElementSibling.textContent;
    const heading = found.querySelector("h1").cloneNode(true);
    heading.querySelectorAll(".headerlink").forEach((link) => link.remove());
    return {
      name: heading.textContent,
      title: fact(title) || "",
      place: places.split("|").map(fact).find(Boolean) || "",
      summary: found.querySelector(".sp-summary")?.textContent || "",
    };
  }
})();
