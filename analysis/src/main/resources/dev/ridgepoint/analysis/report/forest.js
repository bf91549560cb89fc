// The forest plot: a row a case, its ratio with interval, margins and the band of what would be missed, on one axis.
const VERDICTS = {
  SLOWER: "M-6,-6 L7,0 L-6,6 Z", FASTER: "M6,-6 L-7,0 L6,6 Z", EQUIVALENT: "M0,-5 A5,5 0 1 1 -0.01,-5 Z",
  INCONCLUSIVE: "M0,-5 A5,5 0 1 1 -0.01,-5 Z", IDENTICAL: "M-5,-5 H5 V5 H-5 Z", CLOCK: "M0,-7 L7,0 L0,7 L-7,0 Z",
  INVALID: "M-5,-5 L5,5 M-5,5 L5,-5", REFUSED: "M-6,0 H6",
};

const svg = (name, attributes, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  element.append(...children);
  return element;
};

const ratioText = (ratio) => (ratio === null ? "–" : ratio.toFixed(3));
const change = (fraction) => (fraction === null ? "–" : percent(fraction));

// Logarithmic and symmetric about 1. One wild case must not flatten the others: it ends in an arrow at the frame.
function frameOf(found) {
  const drawn = found.filter((row) => row.ratio !== null);
  const reach = (...ratios) => Math.max(...ratios.filter((r) => r > 0).map((r) => Math.abs(Math.log(r))));
  const ends = drawn.map((row) => reach(row.ratio, row.low, row.high, 1 + row.margin)).sort((a, b) => a - b);
  if (ends.length === 0) return { half: 2 * Math.max(...found.map((row) => Math.log1p(row.margin)), 0.01) };
  const usual = ends[Math.floor(0.9 * (ends.length - 1))];
  return { half: 1.06 * Math.min(ends[ends.length - 1], 2.5 * usual) };
}

// Where a ratio lies in the frame, in percent of its width.
const placeOf = (frame, ratio) => 50 + 50 * (Math.log(ratio) / frame.half);
const kept = (place) => Math.min(100, Math.max(0, place));

function ticksOf(frame, most) {
  const top = Math.exp(frame.half);
  const steps = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25];
  const step = steps.find((s) => (2 * (top - 1)) / s <= most);
  const above = step === undefined ? [1.5, 2, 3, 5, 10, 20, 50, 100, 1000].filter((r) => r <= top)
    : Array.from({ length: Math.floor((top - 1) / step) }, (_, i) => 1 + (i + 1) * step);
  const below = step === undefined ? above.map((r) => 1 / r) : above.map((r) => 2 - r).filter((r) => r > 0 && r >= 1 / top);
  const decimals = step === undefined ? 2 : step < 0.01 ? 3 : 2;
  return [...below, 1, ...above].map((ratio) => ({ ratio, text: ratio.toFixed(decimals) }));
}

function axisOf(frame, most) {
  const figure = svg("svg", { class: "axis", "aria-hidden": "true" });
  ticksOf(frame, most).forEach(({ ratio, text }) => {
    const x = `${placeOf(frame, ratio)}%`;
    const label = svg("text", { x, y: 14 });
    label.textContent = text;
    figure.append(svg("line", { x1: x, x2: x, y1: 19, y2: 24 }), label);
  });
  return figure;
}

const vertical = (frame, ratio, kind) => {
  const x = `${placeOf(frame, ratio)}%`;
  return svg("line", { class: kind, x1: x, x2: x, y1: 0, y2: "100%" });
};

function bandOf(frame, row) {
  const half = row.mde === null ? 100 : placeOf(frame, 1 + row.mde) - 50;
  const from = kept(50 - half);
  return svg("rect", { class: "mde", x: `${from}%`, width: `${kept(50 + half) - from}%`, y: "12%", height: "76%" });
}

// At a place of the frame and at mid-height, whatever the size of either.
const at = (place, ...children) => svg("svg", { class: "at", x: `${place}%`, y: "50%", overflow: "visible" }, ...children);

function lineOf(frame, row) {
  const ends = [row.low, row.high].map((end, i) => (end === null || end <= 0 ? 200 * i - 50 : placeOf(frame, end)));
  const [from, to] = ends.map(kept);
  const parts = [svg("line", { class: "interval", x1: `${from}%`, x2: `${to}%`, y1: "50%", y2: "50%" })];
  ends.forEach((end, i) => {
    const beyond = end < 0 || end > 100;
    const way = i === 0 ? -1 : 1;
    if (beyond && (i === 0 ? end < 0 : end > 100)) parts.push(at(kept(end), svg("path", { class: "arrow", d: `M${-7 * way},-4 L0,0 L${-7 * way},4` })));
    else if (!beyond) parts.push(at(end, svg("line", { class: "interval", x1: 0, x2: 0, y1: -4, y2: 4 })));
  });
  return parts;
}

function intervalOf(frame, row) {
  const figure = svg("svg", { class: `row ${row.verdict}`, role: "img", "aria-label": row.sentence });
  figure.append(vertical(frame, 1 + row.margin, "margin"), vertical(frame, 1 / (1 + row.margin), "margin"), vertical(frame, 1, "one"));
  if (row.ratio === null) return figure;
  figure.prepend(bandOf(frame, row));
  const place = placeOf(frame, row.ratio);
  figure.append(...lineOf(frame, row), at(Math.min(99, Math.max(1, place)), svg("path", { class: "symbol", d: VERDICTS[row.verdict] })));
  if (place < 0 || place > 100) {
    const beyond = svg("text", { class: "beyond", x: place < 0 ? "3%" : "97%", y: "50%", dy: "-6", "text-anchor": place < 0 ? "start" : "end" });
    beyond.textContent = place < 0 ? `← ${ratioText(row.ratio)}` : `${ratioText(row.ratio)} →`;
    figure.append(beyond);
  }
  return figure;
}

const element = (name, kind, ...children) => {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.append(...children);
  return made;
};

// Long names may break where they join, not in the middle of a word.
const breakable = (name) => name.split(/(?<=[/_:.,])/).flatMap((part, i) => (i === 0 ? [part] : [document.createElement("wbr"), part]));

const markOf = (row) => {
  const mark = element("span", `mark ${row.verdict}`);
  mark.title = row.verdict;
  return mark;
};

let expected = 0;

function drawForest(container, found, part, grouped) {
  expected = part.filter((row) => row.ratio !== null).length;
  const frame = frameOf(found);
  const most = container.clientWidth < 640 ? 5 : 9;
  const legend = element("div", "line scale", element("span", "name soft", "← faster · slower →"), element("span", "plot", axisOf(frame, most)), element("span", "figures soft", "ratio [95 % interval], MDE"));
  const list = [legend];
  let group = null;
  part.forEach((row) => {
    if (grouped && row.group !== group) {
      group = row.group;
      list.push(element("h3", "", data.groups[group]));
    }
    const figures = row.ratio === null ? row.verdict
      : `${ratioText(row.ratio)} [${ratioText(row.low)}, ${ratioText(row.high)}], ${change(row.mde)}`;
    const line = element("div", "line", element("span", "name", markOf(row), ...breakable(row.id)), element("span", "plot", intervalOf(frame, row)), element("span", "figures", figures));
    line.title = row.sentence;
    list.push(line);
  });
  container.replaceChildren(...list);
}

pictures.push(() => {
  const forest = document.getElementById("forest");
  const visible = (selector) => [...forest.querySelectorAll(selector)].filter((shape) => shape.getBoundingClientRect().width > 1).length;
  const symbols = visible("path.symbol");
  // A row has its symbol and a line that is longer than its stroke, or it was not drawn.
  return { id: "forest", points: expected, marks: Math.min(symbols, visible("line.interval")), width: forest.clientWidth };
});
