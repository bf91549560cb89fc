// Which cases the plot and the table show: found by text, verdict and group, put in an order, a page at a time.
(function comparison() {
  const table = document.getElementById("cases");
  const control = (id) => document.getElementById(id);
  const state = { page: 0 };
  const columns = ["case", "verdict", "ratio", "95 % interval", "MDE", "p", "q", "why"];
  const text = (row) => `${row.id} ${row.candidate || ""} ${data.groups[row.group]} ${row.verdict} ${row.reasons} ${row.sentence}`.toLowerCase();
  const texts = rows.map(text);

  const slowest = (a, b) => (b.ratio ?? -1) - (a.ratio ?? -1) || a.index - b.index;
  const orders = {
    group: (a, b) => a.group - b.group || slowest(a, b),
    slow: slowest,
    fast: (a, b) => (a.ratio ?? Infinity) - (b.ratio ?? Infinity) || a.index - b.index,
    file: (a, b) => a.index - b.index,
  };

  function wanted() {
    const words = control("find").value.toLowerCase().split(/\s+/).filter(Boolean);
    const verdict = control("verdict").value;
    const group = control("group").value;
    return rows.filter((row) => words.every((word) => texts[row.index].includes(word))
      && (!verdict || row.verdict === verdict) && (!group || row.group === Number(group)))
      .sort(orders[control("order").value]);
  }

  const chance = (p) => (p === null ? "–" : p < 1e-4 ? "<0.0001" : digits(p, 2));

  function rowOf(row) {
    const button = element("button", "", ...breakable(row.id));
    button.type = "button";
    if (row.candidate) button.append(element("span", "soft", "against ", ...breakable(row.candidate)));
    button.setAttribute("aria-expanded", "false");
    const tr = element("tr", "", element("td", "case", button), element("td", "verdict", markOf(row), row.verdict),
      element("td", "num", ratioText(row.ratio)), element("td", "num", row.ratio === null ? "–" : `${ratioText(row.low)}–${ratioText(row.high)}`),
      element("td", "num", change(row.mde)), element("td", "num", chance(row.p)), element("td", "num", chance(row.q)),
      element("td", "why", row.sentence, element("span", "soft reasons", row.reasons)));
    button.addEventListener("click", () => toggle(tr, row, button));
    return tr;
  }

  function toggle(tr, row, button) {
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
    if (open) {
      tr.nextSibling.remove();
      return;
    }
    const list = element("dl", "detail");
    for (let i = 0; i < row.facts.length; i += 2) {
      list.append(element("dt", "", row.facts[i]), element("dd", "", row.facts[i + 1]));
    }
    const td = element("td", "", list);
    td.colSpan = columns.length;
    tr.after(element("tr", "detail", td));
  }

  function shown(found, from, part) {
    const many = (n) => n.toLocaleString("en");
    if (found.length === 0) return `none of ${many(rows.length)} cases`;
    const without = found.filter((row) => row.ratio === null).length;
    return `${many(from + 1)} to ${many(from + part.length)} of ${many(found.length)}`
      + `${found.length < rows.length ? ` found among ${many(rows.length)}` : " cases"}`
      + `${part.length < found.length ? "; the others are on other pages" : ""}`
      + `${without > 0 ? `; ${many(without)} without a ratio, listed and not drawn` : ""}`;
  }

  function show() {
    const found = wanted();
    const size = Number(control("size").value);
    const pages = Math.max(1, Math.ceil(found.length / size));
    state.page = Math.min(state.page, pages - 1);
    const from = state.page * size;
    const part = found.slice(from, from + size);
    drawForest(control("forest"), found, part, control("order").value === "group");
    table.tBodies[0].replaceChildren(...part.map(rowOf));
    document.querySelectorAll(".shown").forEach((span) => { span.textContent = shown(found, from, part); });
    document.querySelectorAll(".previous").forEach((button) => { button.disabled = state.page === 0; });
    document.querySelectorAll(".next").forEach((button) => { button.disabled = state.page >= pages - 1; });
  }

  table.tHead.append(element("tr", "", ...columns.map((name, i) => {
    const th = element("th", i > 1 && i < 7 ? "plain num" : "plain", name);
    th.scope = "col";
    return th;
  })));
  for (const id of ["find", "verdict", "group", "order", "size"]) {
    control(id).addEventListener("input", () => { state.page = 0; show(); });
  }
  document.querySelectorAll(".previous").forEach((b) => b.addEventListener("click", () => { state.page -= 1; show(); }));
  document.querySelectorAll(".next").forEach((b) => b.addEventListener("click", () => { state.page += 1; show(); }));
  addEventListener("resize", show);
  show();
})();
