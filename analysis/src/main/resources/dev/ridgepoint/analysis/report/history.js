// Each case over its runs, as a share of its mean: points are runs, lines are levels, changes dashed.
(function historyCharts() {
  data.histories.forEach((one, index) => {
    const element = document.getElementById(`history-${index}`);
    if (!element) return;
    const mean = Math.exp(one.ns.reduce((sum, ns) => sum + Math.log(ns), 0) / one.ns.length);
    const shares = one.ns.map((ns) => ns / mean);
    const low = Math.min(0.97, ...shares);
    const high = Math.max(1.03, ...shares);
    const pad = 0.06 * (high - low);
    const bounds = [0, ...one.changes, shares.length];
    const levels = bounds.slice(1).map((to, i) => {
      const part = shares.slice(bounds[i], to);
      const level = part.reduce((sum, share) => sum + share, 0) / part.length;
      return [[one.runs[bounds[i]], level], [one.runs[to - 1], level]];
    });
    const draw = () => ({
      ...base(),
      grid: { left: 50, right: 8, top: 10, bottom: 24 },
      tooltip: { ...tooltip(), trigger: "item", formatter: ({ data: d }) => (d && d.text ? lines(d.text) : "") },
      xAxis: axis({ type: "value", min: 1, max: data.started.length, splitLine: { show: false }, minInterval: 1 }),
      yAxis: axis({ type: "value", min: low - pad, max: high + pad, splitNumber: 3, axisLabel: { color: tone("--soft"), fontSize: 11, showMinLabel: false, showMaxLabel: false, formatter: (v) => `${(v * 100).toFixed(high - low < 0.1 ? 1 : 0)} %` } }),
      series: [
        {
          type: "scatter", symbolSize: 5, itemStyle: { color: tone("--understanding") },
          data: shares.map((share, i) => ({ value: [one.runs[i], share], text: `run ${one.runs[i]}, ${data.started[one.runs[i] - 1]}: ${percent(share)} of the mean` })),
          markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: tone("--decode"), type: [4, 3], width: 1 }, data: one.changes.map((at) => ({ xAxis: one.runs[at] - 0.5 })) },
        },
        ...levels.map((level) => ({ type: "line", symbol: "none", silent: true, lineStyle: { color: tone("--decode"), width: 1.5 }, data: level })),
      ],
    });
    chart(element, draw, shares.length);
  });
})();
