// Time or energy against error: one line a shape, one point a precision, relative to the most exact precision of the shape.
(function tradeOffChart() {
  const element = document.getElementById("tradeoff-chart");
  if (!element) return;
  const choice = document.getElementById("tradeoff-op");
  const cost = document.getElementById("tradeoff-cost");
  const symbols = ["circle", "triangle", "diamond", "rect", "roundRect"];
  const tones = ["--understanding", "--decode", "--parallel", "--mixed", "--none"];
  const NONE = "no figure";

  const draw = () => {
    const kind = cost ? cost.value : "ns";
    const groups = data.tradeOffs.filter((g) => g.op === choice.value);
    const all = groups.flatMap((g) => {
      const known = g.points.filter((p) => p[kind] > 0);
      return known.map((p) => ({ ...p, group: g, most: known[0].precision, share: p[kind] / known[0][kind] }));
    });
    const names = [...new Set([...all].sort((a, b) => a.error - b.error).map((p) => p.precision))];
    const absent = groups.flatMap((g) => g.absent.map((a) => ({ ...a, error: a.operands, group: g })));
    // A logarithmic axis has no place for zero: what is exact stands at the left edge.
    const least = Math.min(1, ...[...all, ...absent].filter((p) => p.error > 0).map((p) => p.error)) / 3;
    const x = (p) => (p.error > 0 ? p.error : least);
    const scale = costs(all.map((p) => p.share), kind);

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
          value: [x(p), p.share], text: describe(p, kind),
          ...(p.support === "native" ? {} : { itemStyle: { color: tone("--page"), borderColor: colour, borderWidth: 2 } }),
        })),
      };
    };
    const crosses = {
      name: NONE, type: "scatter", symbol: "path://M0,0 L12,12 M0,12 L12,0", symbolSize: 10, z: 4,
      itemStyle: { color: "transparent", borderColor: tone("--bad"), borderWidth: 2 },
      data: absent.map((a) => ({
        value: [x(a), scale.top],
        text: lines(`${a.group.name}, ${a.precision}`, `${a.support === "unsupported" ? "unsupported on this hardware" : "no figure"}: ${a.reason}`, `storing the operands alone would cost an error of ${error(a.operands)}`),
      })),
    };
    return {
      ...base(),
      grid: { left: 62, right: 20, top: element.clientWidth < 600 ? 110 : 50, bottom: 50 },
      legend: { top: 0, left: 0, itemGap: 14, textStyle: { color: tone("--ink") }, inactiveColor: tone("--line"), data: [...names, ...(absent.length ? [NONE] : [])] },
      tooltip: { ...tooltip(), formatter: ({ data: d }) => d.text },
      xAxis: logAxis(decades([...all, ...absent].map(x)), error, { name: "relative error of the result: operands and arithmetic", nameGap: 30 }),
      yAxis: scale.axis,
      series: [...groups.map(shapeLine), ...names.map(precisionPoints), ...(absent.length ? [crosses] : [])],
    };
  };

  // Less than a decade has too few labels on a logarithmic axis.
  const costs = (shares, kind) => {
    const name = { name: `${kind === "ns" ? "time" : "energy"}, relative to the most exact`, nameGap: 44 };
    const known = shares.length ? shares : [1];
    if (Math.max(...known) / Math.min(...known) > 8) {
      const bounds = decades(known);
      return { top: bounds[1], axis: logAxis(bounds, (v) => `${digits(v, 1)}×`, name) };
    }
    const top = Math.ceil(1.1 * Math.max(...known) * 5) / 5;
    return { top, axis: axis({ type: "value", min: 0, max: top, axisLabel: { color: tone("--soft"), formatter: (v) => `${digits(v, 2)}×` }, ...name }) };
  };

  const describe = (p, kind) => lines(
    `${p.group.name}, ${p.precision} by ${p.kernel}`,
    `${kind === "ns" ? p.time : p.energy}: ${digits(p.share, 3)}× ${kind === "ns" ? "the time" : "the energy"} of ${p.most}`,
    kind === "ns" && p.joules ? `${p.energy} a call` : "",
    `error ${error(p.error)}: operands ${error(p.operands)}, arithmetic ${error(p.arithmetic)}`,
    `${p.support} on this hardware`);

  const { instance } = chart(element, draw, 0);
  [choice, cost].filter(Boolean).forEach((select) => select.addEventListener("input", () => instance.setOption(draw(), { notMerge: true })));
})();
