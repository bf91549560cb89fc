// Every ratio in order, one point a case: how many moved, which way and how far, without a page to turn.
(function glanceChart() {
  const element = document.getElementById("glance-chart");
  if (!element) return;
  // What was called is drawn last, over what was not.
  const kinds = [
    { id: "INCONCLUSIVE", tone: "--none", symbol: "circle", hollow: true },
    { id: "IDENTICAL", tone: "--none", symbol: "rect" },
    { id: "EQUIVALENT", tone: "--parallel", symbol: "circle" },
    { id: "INVALID", tone: "--bad", symbol: "path://M0,0 L12,12 M0,12 L12,0", hollow: true },
    { id: "CLOCK", tone: "--mixed", symbol: "diamond" },
    { id: "FASTER", tone: "--understanding", symbol: "path://M12,0 L0,6 L12,12 Z" },
    { id: "SLOWER", tone: "--decode", symbol: "path://M0,0 L12,6 L0,12 Z" },
  ];
  const points = rows.filter((row) => row.ratio !== null).sort((a, b) => a.ratio - b.ratio).map((row, rank) => ({ row, rank: rank + 1 }));
  const logs = points.map((p) => Math.log(p.row.ratio));
  const margin = data.margin === null ? 0 : Math.log1p(data.margin);
  const sizes = logs.map(Math.abs).sort((a, b) => a - b);
  const most = sizes[sizes.length - 1];
  const usual = sizes[Math.floor(0.98 * (sizes.length - 1))];
  // A few wild cases must not flatten the rest: they lie on the frame.
  const top = 1.1 * Math.max(margin * 1.2, 0.01, Math.min(most, 2 * usual));
  const place = (log) => Math.min(top, Math.max(-top, log));
  const narrow = () => element.clientWidth < 600;
  const seen = () => kinds.filter((kind) => points.some((p) => p.row.verdict === kind.id));
  const ticks = ticksOf({ half: top }, 8);
  const marks = ticks.map(({ ratio }) => Math.log(ratio));
  const written = (log) => ticks.reduce((a, b) => (Math.abs(Math.log(b.ratio) - log) < Math.abs(Math.log(a.ratio) - log) ? b : a)).text;

  const draw = () => ({
    ...base(),
    grid: { left: 56, right: 16, top: narrow() ? 78 : 44, bottom: 44 },
    legend: { top: 0, left: 0, itemGap: 14, textStyle: { color: tone("--ink") }, inactiveColor: tone("--line"), data: seen().map((kind) => kind.id).reverse() },
    tooltip: { ...tooltip(), formatter: ({ data: d }) => lines(points[d.point].row.id, points[d.point].row.sentence) },
    xAxis: axis({ type: "value", min: 0, max: points.length + 1, minInterval: 1, name: "cases, fastest first", nameGap: 26, splitLine: { show: false }, axisLine: { onZero: false, lineStyle: { color: tone("--faint") } } }),
    yAxis: axis({
      type: "value", min: -top, max: top, name: "ratio", nameGap: 40,
      axisTick: { customValues: marks },
      axisLabel: { color: tone("--soft"), customValues: marks, formatter: written },
    }),
    series: seen().map(kindSeries),
  });

  function kindSeries(kind, i) {
    return {
      name: kind.id, type: "scatter", symbol: kind.symbol, symbolSize: points.length > 400 ? 5 : 9, progressive: 0, z: 3,
      itemStyle: kind.hollow ? { color: "transparent", borderColor: tone(kind.tone), borderWidth: 1.5 } : { color: tone(kind.tone) },
      data: points.map((p, point) => ({ p, point })).filter(({ p }) => p.row.verdict === kind.id)
        .map(({ p, point }) => ({ value: [p.rank, place(Math.log(p.row.ratio))], point })),
      markLine: i > 0 ? undefined : {
        silent: true, symbol: "none", label: { show: false }, lineStyle: { color: tone("--soft"), type: [4, 3], width: 1 },
        data: [...(margin > 0 ? [{ yAxis: margin }, { yAxis: -margin }] : []), { yAxis: 0, lineStyle: { type: "solid", color: tone("--faint") } }],
      },
    };
  }

  chart(element, draw, points.length);
})();
