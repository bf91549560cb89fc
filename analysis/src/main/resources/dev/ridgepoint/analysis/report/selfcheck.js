// Opened with #selfcheck, the page writes what it drew into itself, for a test that has no eyes.
if (location.hash === "#selfcheck") {
  const drawn = ({ element, instance }) => {
    const canvas = element.querySelector("canvas");
    const inked = canvas
      ? canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((v, i) => i % 4 === 3 && v > 0)
      : element.querySelectorAll("svg path").length > 0;
    const series = instance.getOption().series;
    const points = series.reduce((sum, s) => sum + (s.data || []).length, 0);
    const shapes = canvas ? null : element.querySelectorAll("svg path").length;
    return { id: element.id, inked, series: series.length, points, shapes, width: element.clientWidth };
  };
  requestAnimationFrame(() => {
    const out = document.createElement("pre");
    out.id = "selfcheck";
    out.textContent = JSON.stringify({
      troubles, charts: charts.map(drawn), rows: document.querySelectorAll("#cases tbody tr").length,
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    });
    document.body.append(out);
  });
}
