"use strict";
// Charts: that of a board shows the rows that the board shows.
(() => {
  const { make, number, tables } = sphinxPapers;

  for (const table of tables) {
    const picture = table.finding.board && table.region.parentElement.querySelector(":scope > .sp-chart .sp-svg[data-scale]");
    if (picture) {
      const draw = followingChart(table, picture);
      table.region.addEventListener("papers-shown", draw);
      draw();
    }
  }

  /** Return what draws the rows that *table* shows in the frame of *picture*. */
  function followingChart(table, picture) {
    const [first, last, low, high, left, top, right, bottom] = picture.dataset.scale.split(" ").map(Number);
    const figure = picture.closest("figure");
    const looks = new Map([...figure.querySelectorAll(".sp-legend li")].map((key) => [key.textContent.trim(), key.querySelector("path")]));
    const only = picture.querySelector(".sp-mark");
    const others = looks.get("Other groups");
    const status = make("p", { class: "sp-drawn", role: "status" });
    figure.querySelector("figcaption").before(status);
    const drawn = (name, attributes, ...children) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", name);
      Object.entries(attributes).forEach(([attribute, value]) => element.setAttribute(attribute, value));
      element.append(...children);
      return element;
    };
    const across = (moment) => left + ((moment - first) / (last - first)) * (right - left);
    const up = (value) => bottom - ((value - low) / (high - low)) * (bottom - top);

    return () => {
      picture.querySelector(".sp-filtered")?.remove();
      picture.classList.toggle("sp-narrowed", table.isNarrowed);
      status.textContent = table.isNarrowed ? `The chart shows the ${number(table.rows.length)} results that are left.` : "";
      if (!table.isNarrowed) {
        return;
      }
      const points = table.rows.map((row) => {
        const link = row.element.querySelector("td a[href]");
        const cell = row.element.cells[2];
        const group = row.rank ? row.group.name.trim() : "Not ranked";
        const value = Number.parseFloat(cell.dataset.sort ?? cell.textContent);
        return { row, link, group, value, look: looks.get(group) ?? others ?? only, x: across(row.moment), y: up(value) };
      });
      const layer = drawn("g", { class: "sp-filtered" });
      const names = [];
      for (const some of Map.groupBy(points.filter(({ row }) => row.best), ({ group }) => group).values()) {
        const steps = some.toSorted((a, b) => a.x - b.x);
        if (looks.size && !looks.has(steps[0].group)) {
          continue; // those that share a look have no line of their own
        }
        const line = steps.map(({ x, y }, place) => (place ? `H${x}V${y}` : `M${x} ${y}`)).join("");
        layer.append(drawn("path", { class: `sp-best ${slotOf(steps[0].look)}`, d: `${line}H${right}` }));
        names.push(...steps);
      }
      for (const { row, link, group, value, look, x, y } of points) {
        const title = drawn("title", {}, `${link.textContent}: ${value}, ${group}`);
        const mark = drawn("path", { class: `sp-mark ${slotOf(look)}`, transform: `translate(${x} ${y})`, d: look.getAttribute("d") });
        layer.append(drawn("a", { href: link.href, tabindex: "-1" }, title, mark));
      }
      const placed = [];
      for (const { link, x, y } of names.toSorted((a, b) => b.x - a.x)) {
        const end = x > right - 120;
        const width = 7 * link.textContent.length;
        const start = end ? x - 7 - width : x + 7;
        if (placed.every((other) => start > other.end || start + width < other.start || Math.abs(y - other.y) > 13)) {
          placed.push({ start, end: start + width, y });
          const text = drawn("text", { class: "sp-label", x: end ? x - 7 : x + 7, y: y - 5, "text-anchor": end ? "end" : "start" }, link.textContent);
          layer.append(drawn("a", { href: link.href }, text));
        }
      }
      picture.append(layer);
    };
  }

  /** Return the class that gives a mark its colour. */
  function slotOf(mark) {
    return [...mark.classList].find((each) => /^sp-s[a-z0-9]+$/.test(each));
  }
})();
