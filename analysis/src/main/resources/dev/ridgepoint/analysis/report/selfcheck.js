// Opened with #selfcheck, the page tries itself and writes what it drew into itself, for a test that has no eyes.
if (location.hash === "#selfcheck") {
  const coloured = (canvas) => {
    const { data: rgba } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let pixels = 0;
    for (let i = 0; i < rgba.length; i += 4) {
      const high = Math.max(rgba[i], rgba[i + 1], rgba[i + 2]);
      const low = Math.min(rgba[i], rgba[i + 1], rgba[i + 2]);
      if (rgba[i + 3] > 60 && high - low > 60) pixels += 1;
    }
    return pixels;
  };
  const drawn = ({ element, instance }) => {
    instance.getZr().flush();
    const layers = [...element.querySelectorAll("canvas")];
    const marked = instance.getOption().series.filter((s) => s.symbol !== "none");
    const points = marked.reduce((sum, s) => sum + (s.data || []).length, 0);
    // Every point is a path of its own; a canvas has only pixels, and axes have no colour.
    const marks = layers.reduce((sum, layer) => sum + coloured(layer), element.querySelectorAll("svg path").length);
    const empty = marked.filter((s) => s.type === "line" && (s.data || []).length === 0).map((s) => s.name || "a line");
    return { id: element.id, points, marks, empty, canvas: layers.length > 0, width: element.clientWidth };
  };
  const tried = () => {
    const first = document.querySelector("#cases td.case button");
    if (!first) return {};
    first.click();
    const cited = (document.querySelector("#cases .cite") || {}).textContent || "";
    const facts = document.querySelectorAll("#cases dl.detail dt").length;
    const find = document.getElementById("find");
    find.value = "no case has such a name";
    find.dispatchEvent(new Event("input"));
    const unfound = document.querySelectorAll("#cases tbody tr").length;
    find.value = "";
    find.dispatchEvent(new Event("input"));
    return { cited, facts, unfound };
  };
  const names = [...document.querySelectorAll("#cases thead th")].map((th) => th.textContent);
  const width = (tr) => [...tr.cells].reduce((sum, td) => sum + td.colSpan, 0);
  requestAnimationFrame(() => {
    const out = document.createElement("pre");
    out.id = "selfcheck";
    const found = {
      charts: [...charts.map(drawn), ...pictures.map((drew) => drew())], undrawn: [...document.querySelectorAll(".chart")].filter((one) => !charts.some(({ element }) => element === one)).map((one) => one.id),
      ...tried(), rows: document.querySelectorAll("#cases tbody tr").length,
      columns: names, uneven: [...document.querySelectorAll("#cases tbody tr")].filter((tr) => width(tr) !== names.length).length,
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    };
    out.textContent = JSON.stringify({ troubles, ...found });
    document.body.append(out);
  });
}
