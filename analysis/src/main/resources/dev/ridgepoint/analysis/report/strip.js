// What a device said of itself, below the times of a sequence and on the same iterations: a track a quantity, then the
// places where its clocks were held back.
const STRIP = { top: 158, track: 40, gap: 22 };

function stripOf(sequence, xAxis, colourOf, shaded) {
  const told = sequence.forks.filter((fork) => fork.telemetry);
  if (told.length === 0) return null;
  const names = Object.keys(told[0].telemetry.tracks)
    .filter((name) => told.some((fork) => fork.telemetry.tracks[name].some((value) => value !== null)));
  const places = names.length + 1;
  const topOf = (place) => STRIP.top + STRIP.gap + place * (STRIP.track + STRIP.gap);
  const indexOf = (place) => ({ xAxisIndex: place + 1, yAxisIndex: place + 1 });
  const held = told.flatMap((fork, i) => fork.telemetry.held.map((why, n) => ({ why, fork, i, at: fork.telemetry.at[n] })).filter(({ why }) => why));
  const tells = told.some((fork) => fork.telemetry.tellsReasons);
  const heldTitle = held.length > 0 ? "clocks held back" : tells ? "clocks held back: never" : "clocks held back: not told";

  const bounds = names.map((name) => {
    const values = told.flatMap((fork) => fork.telemetry.tracks[name].filter((value) => value !== null));
    const low = values.reduce((a, b) => Math.min(a, b), Infinity);
    const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
    // A tenth of a percent of clock is no wave to look at.
    const pad = Math.max(0.15 * (high - low), 0.01 * high, 0.5);
    return { low, high, min: low - pad, max: high + pad };
  });

  function trackSeries(fork, i, name, place) {
    const { colour, opacity } = colourOf(fork, i);
    return {
      name, type: "line", symbol: "circle", symbolSize: 3, ...indexOf(place), connectNulls: false, z: 3,
      lineStyle: { color: colour, width: 1.2, opacity }, itemStyle: { color: colour, opacity },
      data: fork.telemetry.tracks[name].map((value, n) => ({
        value: [fork.telemetry.at[n], value], text: `fork ${fork.fork}, iteration ${fork.telemetry.at[n]}: ${name} ${value === null ? "not told" : digits(value, 4)}`,
      })),
      markArea: shaded(fork, i),
    };
  }

  const heldSeries = {
    name: "held", type: "scatter", ...indexOf(names.length), z: 3,
    data: held.map(({ why, fork, i, at }) => ({
      value: [at, i], text: `fork ${fork.fork}, iteration ${at}: clocks held back by ${why.why}`,
      symbol: why.trouble ? "triangle" : "circle", symbolSize: why.trouble ? 8 : 6,
      itemStyle: why.trouble ? { color: tone("--bad") } : { color: "transparent", borderColor: tone("--soft"), borderWidth: 1.2 },
    })),
    markArea: shaded(told[0], 0),
  };

  const quiet = { color: tone("--soft"), fontSize: 10.5 };
  return {
    grids: Array.from({ length: places }, (_, place) => ({ left: 46, right: 8, top: topOf(place), height: place < names.length ? STRIP.track : 30 })),
    titles: [...names, heldTitle].map((text, place) => ({ text, left: 42, top: topOf(place) - 19, textStyle: { ...quiet, fontWeight: "normal" } })),
    xAxes: Array.from({ length: places }, (_, place) => ({
      ...xAxis, gridIndex: place + 1, axisLine: { ...xAxis.axisLine, onZero: false }, axisLabel: { ...xAxis.axisLabel, show: place === places - 1 }, axisTick: { show: place === places - 1 },
    })),
    yAxes: [
      ...bounds.map(({ low, high, min, max }, place) => axis({
        type: "value", gridIndex: place + 1, min, max, splitLine: { show: false },
        axisTick: { show: false }, axisLabel: { ...quiet, customValues: low === high ? [low] : [low, high], formatter: (v) => (Math.abs(v) >= 10 ? String(Math.round(v)) : digits(v, 2)) },
      })),
      axis({ type: "value", gridIndex: places, min: -0.6, max: told.length - 0.4, inverse: true, splitLine: { show: false }, axisTick: { show: false }, axisLabel: { show: false } }),
    ],
    series: [...names.flatMap((name, place) => told.map((fork, i) => trackSeries(fork, i, name, place))), heldSeries],
  };
}
