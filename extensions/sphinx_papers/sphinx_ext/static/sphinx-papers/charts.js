"use strict";
// Charts: that of a board shows the rows that the board shows.
(() => {
  const { make, number, tables } = sphinxPapers;
  const SIZE = 12; // of letters
  const WIDE = 0.64 * SIZE; // about what one takes
  const GAP = 0.45 * SIZE; // around the middle of a mark

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
    const others = figure.querySelector(".sp-legend .sp-sother");
    const unranked = figure.querySelector(".sp-legend .sp-snone")?.closest("li").textContent.trim();
    const status = make("p", { class: "sp-drawn", role: "status" });
    figure.querySelector("figcaption").before(status);
    const drawn = (name, attributes, ...children) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", name);
      Object.entries(attributes).forEach(([attribute, value]) => element.setAttribute(attribute, value));
      element.append(...children);
      return element;
    };
    const across = (moment) => left + ((moment - first) / (last - first)) * (right - left);
    /** Return where the month ends that is asked for; where the frame does if none is. */
    const endOf = (until) => Math.min(right, Math.max(left, until ? across(Number(until.slice(0, 4)) + Number(until.slice(5)) / 12) : right));
    const up = (value) => bottom - ((value - low) / (high - low)) * (bottom - top);

    return () => {
      picture.querySelector(".sp-filtered")?.remove();
      picture.classList.toggle("sp-narrowed", table.isNarrowed);
      const past = table.state.until ? `, as of ${table.monthName}` : "";
      status.textContent = table.isNarrowed ? `The chart shows the ${number(table.rows.length)} results that are left${past}.` : "";
      if (!table.isNarrowed) {
        return;
      }
      const points = table.rows.map((row) => {
        const link = row.element.querySelector("td a[href]");
        const cell = row.element.cells[2];
        const group = row.rank ? row.group.name.trim() : (unranked ?? row.group.name.trim());
        const value = Number.parseFloat(cell.dataset.sort ?? cell.textContent);
        return { row, link, group, value, look: looks.get(group) ?? others ?? only, x: across(row.moment), y: up(value) };
      });
      const layer = drawn("g", { class: "sp-filtered" });
      const end = endOf(table.state.until);
      if (end < right) {
        layer.append(drawn("path", { class: "sp-now", d: `M${end} ${top}V${bottom}` }));
      }
      const named = new Set(); // the rows of records, which are named first
      for (const some of Map.groupBy(points.filter(({ row }) => row.best), ({ group }) => group).values()) {
        const steps = some.toSorted((a, b) => a.x - b.x);
        if (looks.size && !looks.has(steps[0].group)) {
          continue; // those that share a look have no line of their own
        }
        const line = steps.map(({ x, y }, place) => (place ? `H${x}V${y}` : `M${x} ${y}`)).join("");
        layer.append(drawn("path", { class: `sp-best ${slotOf(steps[0].look)}`, d: `${line}H${end}` }));
        steps.forEach(({ row }) => named.add(row));
      }
      for (const { row, link, group, value, look, x, y } of points) {
        const title = drawn("title", {}, `${link.textContent}: ${value}, ${group}`);
        const mark = drawn("path", { class: `sp-mark ${slotOf(look)}`, transform: `translate(${x} ${y})`, d: look.getAttribute("d") });
        layer.append(drawn("a", { href: link.href, tabindex: "-1" }, title, mark));
      }
      const first = new Map(); // of a paper with several marks of a group the one that has its name
      for (const point of points.toSorted((a, b) => named.has(b.row) - named.has(a.row) || b.x - a.x || a.y - b.y)) {
        const id = `${point.row.key} ${point.group}`;
        first.has(id) || first.set(id, point);
      }
      const taken = points.map(({ x, y }) => [x - GAP, y - GAP, x + GAP, y + GAP]);
      for (const { link, x, y } of first.values()) {
        const box = places(x, y, WIDE * link.textContent.length).find(([a, b, c, d]) => {
          return a >= left && c <= right && b >= top && d <= bottom && taken.every(([e, f, g, h]) => a >= g || c <= e || b >= h || d <= f);
        });
        if (box) {
          taken.push(box);
          const text = drawn("text", { class: "sp-label", x: box[0], y: box[3] - 0.22 * SIZE }, link.textContent);
          layer.append(drawn("a", { href: link.href }, text));
        }
      }
      picture.append(layer);
    };
  }

  /** Return the boxes beside a mark in which its name may stand, the best first, as in a chart that Python drew. */
  function places(x, y, width) {
    const [high, near] = [1.2 * SIZE, GAP + 1];
    const [above, below, beside] = [y - near - high, y + near, y - high / 2];
    return [
      [x - width - 2, above], [x - width / 2, above], [x + 2, above], [x + near, beside], [x - near - width, beside],
      [x + 2, below], [x - width / 2, below], [x - width - 2, below],
    ].map(([left, top]) => [left, top, left + width, top + high]);
  }

  /** Return the class that gives a mark its colour. */
  function slotOf(mark) {
    return [...mark.classList].find((each) => /^sp-s[a-z0-9]+$/.test(each));
  }
})();
