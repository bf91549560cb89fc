// Time against error: one line a shape, one point a precision, times relative to the most exact precision of the shape.
(function tradeOffChart() {
  const element = document.getElementById("tradeoff-chart");
  if (!element) return;
  const choice = document.getElementById("tradeoff-op");
  const symbols = ["circle", "triangle", "diamond", "rect", "roundRect"];
  const tones = ["--understanding", "--decode", "--parallel", "--mixed", "--none"];

  const draw = () => {
    const groups = data.tradeOffs.filter((g) => g.op === choice.value);
    const all = groups.flatMap((g) => g.points.map((p) => ({ ...p, group: g, share: p.ns / g.points[0].ns })));
    const names = [...new Set([...all].sort((a, b) => a.error - b.error).map((p) => p.precision))];
    // A logarithmic axis has no place for zero: what is exact stands at the left edge.
    const least = Math.min(1, ...all.filter((p) => p.error > 0).map((p) => p.error)) / 3;
    const x = (p) => (p.error > 0 ? p.error : least);

    const shapeLine = (g) => ({
      name: g.name, type: "line", symbol: "none", silent: true, z: 1,
      lineStyle: { color: tone("--faint"), width: 1, opacity: 0.55 },
      data: all.filter((p) => p.group === g).map((p) => [x(p), p.share]),
    });
    const precisionPoints = (name, i) => {
      const colour = tone(tones[(i + Math.floor(i / 5)) % 5]);
      return {
        name, type: "scatter", symbol: symbols[i % 5], symbolSize: 11, z: 3, itemStyle: { color: colour },
        data: all.filter((p) => p.precision === name).map((p) => ({
          value: [x(p), p.share], text: describe(p),
          ...(p.support === "native" ? {} : { itemStyle: { color: tone("--page"), borderColor: colour, borderWidth: 2 } }),
        })),
      };
    };
    return {
      ...base(),
      grid: { left: 62, right: 20, top: element.clientWidth < 600 ? 110 : 50, bottom: 50 },
      legend: { top: 0, left: 0, itemGap: 14, textStyle: { color: tone("--ink") }, inactiveColor: tone("--line"), data: names },
      tooltip: { ...tooltip(), formatter: ({ data: d }) => d.text },
      xAxis: logAxis(decades(all.map(x)), error, { name: "relative error of the result: operands and arithmetic", nameGap: 30 }),
      yAxis: times(all.map((p) => p.share)),
      series: [...groups.map(shapeLine), ...names.map(precisionPoints)],
    };
  };

  // Less than a decade has too few labels on a logarithmic axis.
  const times = (shares) => {
    const name = { name: "time, relative to the most exact", nameGap: 44 };
    if (Math.max(...shares) / Math.min(...shares) > 8) return logAxis(decades(shares), (v) => `${digits(v, 1)}×`, name);
    return axis({ type: "value", min: 0, axisLabel: { color: tone("--soft"), formatter: (v) => `${digits(v, 2)}×` }, ...name });
  };

  const describe = (p) => lines(
    `${p.group.name}, ${p.precision} by ${p.kernel}`,
    `${p.time}: ${digits(p.share, 3)}× the time of ${p.group.points[0].precision}`,
    `error ${error(p.error)}: operands ${error(p.operands)}, arithmetic ${error(p.arithmetic)}`,
    `${p.support} on this hardware`);

  const { instance } = chart(element, draw, 0);
  choice.addEventListener("input", () => instance.setOption(draw(), { notMerge: true }));
})();
