// Attainable rate over intensity: ceilings as lines, measured cases as points.
(function rooflineChart() {
  const element = document.getElementById("roofline-chart");
  if (!element) return;
  const points = rows.filter((row) => row.gflops > 0);
  const ceilings = data.ceilings;
  const narrow = () => element.clientWidth < 600;

  const ridges = ceilings.map((c) => c.gflops / c.gbs);
  const [left, right] = decades([...points.map((p) => p.intensity), ...ridges]);
  const [bottom, top] = decades([...points.map((p) => p.gflops), ...ceilings.map((c) => c.gflops)]);

  const roof = (c) => {
    const ridge = c.gflops / c.gbs;
    const from = Math.max(left, bottom / c.gbs);
    const corner = Math.min(Math.max(ridge, from), right);
    return [[from, Math.min(from * c.gbs, c.gflops)], [corner, Math.min(corner * c.gbs, c.gflops)], [right, Math.min(right * c.gbs, c.gflops)]];
  };
  const ceilingName = (c) => `${c.type} ${c.kind}`;

  const draw = () => ({
    ...base(),
    grid: { left: 62, right: narrow() ? 16 : 128, top: narrow() ? 96 : 64, bottom: 50 },
    legend: {
      top: 0, left: 0, itemGap: 16, textStyle: { color: tone("--ink") }, inactiveColor: tone("--line"),
      data: [...CLASSES.filter((c) => points.some((p) => p.class === c.id)).map((c) => c.name)],
    },
    tooltip: {
      ...tooltip(),
      formatter: ({ data: d }) => (d.row === undefined ? lines(d.text) : describe(points[d.row])),
    },
    xAxis: logAxis([left, right], (v) => digits(v, 1), { name: "arithmetic intensity, FLOP/byte of least traffic", nameGap: 30 }),
    yAxis: logAxis([bottom, top], (v) => digits(v, 1), { name: "GFLOP/s", nameGap: 44 }),
    series: [...ceilings.map(ceilingSeries), ...CLASSES.map(classSeries)],
  });

  function ceilingSeries(c) {
    const measured = c.kind === "measured";
    const text = `${ceilingName(c)}: ${digits(c.gflops, 3)} GFLOP/s, ${digits(c.gbs, 3)} GB/s, ridge at ${digits(c.gflops / c.gbs, 3)} FLOP/byte`;
    return {
      name: ceilingName(c), type: "line", symbol: "circle", symbolSize: 5, showSymbol: true, z: 1,
      lineStyle: { color: tone("--soft"), width: measured ? 1.6 : 1.2, type: measured ? "solid" : "dashed" },
      itemStyle: { color: tone("--soft") },
      data: roof(c).map((value) => ({ value, text })),
      endLabel: { show: !narrow(), formatter: ceilingName(c), color: tone("--soft"), fontSize: 12, distance: 5 },
      labelLayout: { moveOverlap: "shiftY" },
    };
  }

  function classSeries(c) {
    const mine = points.map((p, row) => ({ p, row })).filter(({ p }) => p.class === c.id);
    return {
      name: c.name, type: "scatter", symbol: c.symbol, symbolSize: points.length > 400 ? 6 : 10, z: 3,
      // All at once: in slices, each slice would paint the whole canvas again.
      progressive: 0,
      itemStyle: { color: tone(c.tone), opacity: points.length > 400 ? 0.55 : 0.85 },
      emphasis: { scale: 1.4 },
      data: mine.map(({ p, row }) => ({
        value: [p.intensity, p.gflops], row,
        // A figure that is no headline is drawn hollow.
        ...(p.valid ? {} : { itemStyle: { color: "transparent", borderColor: tone(c.tone), borderWidth: 1.5 } }),
      })),
    };
  }

  function describe(p) {
    return lines(
      p.id, `${p.time}  ·  ${digits(p.gflops, 3)} GFLOP/s  ·  ${digits(p.gbs, 3)} GB/s`,
      `${digits(p.intensity, 3)} FLOP/byte, ${p.ceil === null ? "no measured ceiling applies" : `${percent(p.ceil)} of the measured ceiling`}`,
      `${className(p.class)}${p.bound ? `, bound by ${p.bound}` : ""}`, p.valid ? "" : `no headline: ${p.reason}`);
  }

  chart(element, draw, points.length);
})();
