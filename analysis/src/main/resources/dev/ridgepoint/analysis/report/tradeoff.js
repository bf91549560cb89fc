// Time against error: one line a shape, one point a precision, times relative to the most exact precision of the shape.
(function tradeOffChart() {
  const element = document.getElementById("tradeoff-chart");
  if (!element) return;
  const { groups, names } = data.tradeOff;
  const symbols = ["circle", "triangle", "diamond", "rect", "roundRect", "pin", "arrow"];
  const tones = ["--understanding", "--decode", "--parallel", "--mixed", "--none"];
  const all = groups.flatMap((g) => g.points);
  const exact = Math.min(...all.filter((p) => p.error > 0).map((p) => p.error)) / 10;
  const x = (p) => (p.error > 0 ? p.error : exact);
  const reference = (g) => g.points[0].ns;

  const draw = () => ({
    ...base(),
    grid: { left: 62, right: 20, top: element.clientWidth < 600 ? 110 : 70, bottom: 50 },
    legend: { top: 0, left: 0, itemGap: 14, textStyle: { color: tone("--ink") }, inactiveColor: tone("--line"), data: names },
    tooltip: { ...tooltip(), formatter: ({ data: d }) => (d.g === undefined ? "" : describe(groups[d.g], groups[d.g].points[d.p])) },
    xAxis: axis({ type: "log", name: "relative error of the result (operands and arithmetic)", nameGap: 30, axisLabel: { color: tone("--soft"), formatter: error } }),
    yAxis: axis({ type: "log", name: "time, relative to the most exact", nameGap: 44, axisLabel: { color: tone("--soft"), formatter: (v) => `${digits(v, 2)}×` } }),
    series: [...groups.map(shapeLine), ...names.map(precisionPoints)],
  });

  const shapeLine = (g) => ({
    name: g.name, type: "line", symbol: "none", silent: true, z: 1,
    lineStyle: { color: tone("--faint"), width: 1, opacity: 0.55 },
    data: g.points.map((p) => ({ value: [x(p), p.ns / reference(g)] })),
  });

  function precisionPoints(name, i) {
    const colour = tone(tones[i % tones.length]);
    const mine = groups.flatMap((g, gi) => g.points.map((p, pi) => ({ g, gi, p, pi }))).filter(({ p }) => p.precision === name);
    return {
      name, type: "scatter", symbol: symbols[i % symbols.length], symbolSize: 11, z: 3, itemStyle: { color: colour },
      data: mine.map(({ g, gi, p, pi }) => ({
        value: [x(p), p.ns / reference(g)], g: gi, p: pi,
        ...(p.support === "native" ? {} : { itemStyle: { color: tone("--page"), borderColor: colour, borderWidth: 2 } }),
      })),
    };
  }

  const describe = (g, p) => lines(
    `${g.name}, ${p.precision} by ${p.kernel}`, `${p.time}: ${digits(p.ns / reference(g), 3)}× the time of ${g.points[0].precision}`,
    `error ${error(p.error)}: operands ${error(p.operands)}, arithmetic ${error(p.arithmetic)}`,
    p.support === "native" ? "native on this hardware" : `${p.support} on this hardware`);

  chart(element, draw, all.length);
})();
