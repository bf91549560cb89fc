// Charts share one look; each is drawn by a function that is called again when the colour scheme changes.
const charts = [];
// What is drawn without the library: functions that say for the self-check what they drew.
const pictures = [];

function chart(element, draw, points) {
  const renderer = points > 1500 ? "canvas" : "svg";
  const instance = echarts.init(element, null, { renderer });
  const entry = { element, instance, draw };
  charts.push(entry);
  instance.setOption(draw());
  return entry;
}

function redraw() {
  charts.forEach(({ instance, draw }) => instance.setOption(draw(), { notMerge: true }));
}

const base = () => ({
  animation: false,
  textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: tone("--ink") },
  backgroundColor: "transparent",
});

const axis = (options) => ({
  nameLocation: "middle",
  nameTextStyle: { color: tone("--soft"), fontSize: 13 },
  axisLine: { show: true, lineStyle: { color: tone("--faint") } },
  axisLabel: { color: tone("--soft"), hideOverlap: true },
  splitLine: { lineStyle: { color: tone("--line"), opacity: 0.7 } },
  minorSplitLine: { show: false },
  ...options,
});

// An axis over several decades: bounds rounded outwards to half a decade, labels at whole ones.
function decades(values) {
  const logs = values.filter((v) => v > 0).map((v) => 2 * Math.log10(v));
  const low = logs.reduce((a, b) => Math.min(a, b), Infinity);
  const high = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  return [10 ** (Math.floor(low - 0.2) / 2), 10 ** (Math.ceil(high + 0.2) / 2)];
}

const logAxis = ([min, max], label, options) => axis({
  type: "log", min, max, ...options,
  axisLabel: {
    color: tone("--soft"), hideOverlap: true,
    formatter: (v) => (Math.abs(Math.log10(v) - Math.round(Math.log10(v))) < 1e-6 ? label(v) : ""),
  },
});

const tooltip = () => ({
  confine: true,
  backgroundColor: tone("--page"),
  borderColor: tone("--faint"),
  textStyle: { color: tone("--ink"), fontSize: 13 },
  extraCssText: "max-width: min(420px, 86vw); white-space: normal; overflow-wrap: anywhere;",
});

const lines = (...parts) => parts.filter(Boolean).map(escapeHtml).join("<br>");

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
addEventListener("resize", () => charts.forEach(({ instance }) => instance.resize()));
addEventListener("beforeprint", () => charts.forEach(({ instance }) => instance.resize()));
