// The table of everything: found by text, outcome and class, sorted by any column, shown a page at a time.
(function caseTable() {
  const table = document.getElementById("cases");
  if (!table) return;
  const head = table.tHead;
  const body = table.tBodies[0];
  const control = (id) => document.getElementById(id);
  const compared = rows.some((row) => row.vendor !== null);
  const columns = [
    { key: "id", name: "case" },
    { key: "kernel", name: "kernel" },
    { key: "class", name: "class" },
    { key: "ns", name: "time", num: true },
    ...(compared ? [{ key: "vendor", name: "vs vendor", num: true }] : []),
    { key: "gflops", name: "TFLOP/s", num: true },
    { key: "gbs", name: "GB/s", num: true },
    { key: "ceil", name: "of ceiling", num: true },
    { key: "bound", name: "bound" },
    { key: "error", name: "error", num: true },
    { key: "flags", name: "flags" },
  ];
  const state = { key: null, down: false, page: 0 };

  function cell(text, kind) {
    const td = document.createElement("td");
    if (kind) td.className = kind;
    td.textContent = text;
    return td;
  }

  // Long names may break where they join, not in the middle of a word.
  function breakable(name) {
    return name.split(/(?<=[/_:])/).flatMap((part, i) => (i === 0 ? [part] : [document.createElement("wbr"), part]));
  }

  function rowOf(row) {
    const tr = document.createElement("tr");
    const first = cell("", "case");
    const button = document.createElement("button");
    button.type = "button";
    button.append(...breakable(row.id));
    if (row.how) {
      const how = document.createElement("span");
      how.className = "soft";
      how.textContent = row.how;
      button.append(how);
    }
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => toggle(tr, row, button));
    first.append(button);
    const kernel = cell("", "kernel");
    kernel.append(...breakable(row.kernel));
    tr.append(first, kernel, classCell(row));
    if (row.outcome === "measured") {
      tr.append(cell(row.time, "num"));
      if (compared) tr.append(cell(row.vendor === null ? "–" : `${row.vendor.toFixed(2)}×`, "num"));
      tr.append(cell(digits(row.gflops / 1000, 3), "num"), cell(digits(row.gbs, 3), "num"),
        cell(percent(row.ceil), "num"), cell(row.bound || "–"), cell(error(row.error), "num"), cell(row.flags, "flag"));
    } else {
      const why = cell(`${row.outcome}: ${row.reason}`);
      why.colSpan = columns.length - 3;
      if (row.outcome === "incorrect" || row.outcome === "failed") why.className = "wrong";
      tr.className = "quiet";
      tr.append(why);
    }
    return tr;
  }

  function classCell(row) {
    const td = cell("", "class");
    const swatch = document.createElement("span");
    swatch.className = `swatch ${row.class}`;
    const word = document.createElement("span");
    word.className = "word";
    word.textContent = className(row.class) + (row.stated ? "" : "?");
    td.title = word.textContent;
    td.append(swatch, word);
    return td;
  }

  function toggle(tr, row, button) {
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
    if (open) {
      tr.nextSibling.remove();
      return;
    }
    const detail = document.createElement("tr");
    detail.className = "detail";
    const td = detail.insertCell();
    td.colSpan = columns.length;
    td.append(facts(row));
    if (row.figure) td.append(citation(row));
    tr.after(detail);
  }

  function facts(row) {
    const list = document.createElement("dl");
    list.className = "detail";
    for (let i = 0; i < row.facts.length; i += 2) {
      const dt = document.createElement("dt");
      dt.textContent = data.factNames[row.facts[i]];
      const dd = document.createElement("dd");
      dd.textContent = data.factTexts[row.facts[i + 1]];
      list.append(dt, dd);
    }
    return list;
  }

  function citation(row) {
    const box = document.createElement("div");
    const text = document.createElement("code");
    text.className = "cite";
    text.textContent = `${row.figure} | ${data.provenance}`;
    const copy = document.createElement("button");
    copy.type = "button";
    copy.textContent = "Copy citation";
    copy.addEventListener("click", () => {
      const range = document.createRange();
      range.selectNodeContents(text);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      copy.textContent = document.execCommand("copy") ? "Copied" : "Selected";
    });
    box.append(text, copy);
    return box;
  }

  function wanted() {
    const words = control("find").value.toLowerCase().split(/\s+/).filter(Boolean);
    const outcome = control("outcome").value;
    const label = control("class").value;
    const found = rows.filter((row) => {
      const text = `${row.id} ${row.how} ${row.kernel} ${row.bound || ""} ${row.reason || ""}`.toLowerCase();
      return words.every((word) => text.includes(word))
        && (!outcome || (outcome === "flagged" ? row.flags : row.outcome === outcome))
        && (!label || row.class === label);
    });
    if (state.key !== null) {
      const sign = state.down ? -1 : 1;
      found.sort((a, b) => order(a[state.key], b[state.key], sign) || a.index - b.index);
    }
    return found;
  }

  // Rows without the figure come last either way.
  function order(a, b, sign) {
    const missing = (v) => v === null || v === undefined || v === "";
    if (missing(a) || missing(b)) return missing(a) - missing(b);
    return sign * (typeof a === "number" ? a - b : a < b ? -1 : a > b ? 1 : 0);
  }

  function show() {
    const found = wanted();
    const size = Number(control("size").value) || found.length || 1;
    const pages = Math.max(1, Math.ceil(found.length / size));
    state.page = Math.min(state.page, pages - 1);
    const from = state.page * size;
    const part = found.slice(from, from + size);
    body.replaceChildren(...part.map(rowOf));
    control("shown").textContent = found.length === 0 ? `none of ${rows.length.toLocaleString("en")} cases`
      : `${(from + 1).toLocaleString("en")} to ${(from + part.length).toLocaleString("en")} of ${found.length.toLocaleString("en")}${found.length < rows.length ? ` found among ${rows.length.toLocaleString("en")}` : ""}`;
    control("previous").disabled = state.page === 0;
    control("next").disabled = state.page >= pages - 1;
    for (const th of head.querySelectorAll("th")) {
      th.setAttribute("aria-sort", th.dataset.key === state.key ? (state.down ? "descending" : "ascending") : "none");
    }
  }

  const tr = head.insertRow();
  for (const column of columns) {
    const th = document.createElement("th");
    th.scope = "col";
    th.dataset.key = column.key;
    if (column.num) th.className = "num";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = column.name;
    button.addEventListener("click", () => {
      state.down = state.key === column.key && !state.down;
      state.key = column.key;
      state.page = 0;
      show();
    });
    th.append(button);
    tr.append(th);
  }
  for (const id of ["find", "outcome", "class", "size"]) {
    control(id).addEventListener("input", () => { state.page = 0; show(); });
  }
  control("previous").addEventListener("click", () => { state.page -= 1; show(); });
  control("next").addEventListener("click", () => { state.page += 1; show(); });
  show();
})();
