// Each fork's iterations in order, as a share of the headline: warm-up shaded, change points dashed.
(function sequenceCharts() {
  data.sequences.forEach((sequence, index) => {
    const element = document.getElementById(`sequence-${index}`);
    const longest = Math.max(...sequence.forks.map((fork) => fork.times.length));
    const all = sequence.forks.flatMap((fork) => fork.times.map((t) => t / sequence.ns));
    // One cold first iteration must not flatten the rest; what is cut off is said below the plot.
    const sorted = [...all].sort((a, b) => a - b);
    const usual = sorted[Math.floor(0.9 * (sorted.length - 1))];
    const top = Math.max(1.05, Math.min(sorted[sorted.length - 1], 1 + 3 * (usual - 1) + 0.05));
    const bottom = Math.min(0.95, sorted[0] - 0.01);
    const pad = 0.06 * (top - bottom);

    const draw = () => {
      const xAxis = axis({ type: "value", min: 0, max: longest - 1, interval: Math.max(1, Math.ceil(longest / 8)), splitLine: { show: false }, axisLabel: { color: tone("--soft"), fontSize: 11, showMaxLabel: false } });
      const strip = stripOf(sequence, xAxis, colourOf, shaded);
      const times = {
        grid: strip ? { left: 46, right: 8, top: 10, height: STRIP.top - 24 } : { left: 46, right: 8, top: 10, bottom: 24 },
        xAxis,
        yAxis: axis({ type: "value", min: bottom - pad, max: top + pad, splitNumber: 3, axisLabel: { color: tone("--soft"), fontSize: 11, showMinLabel: false, showMaxLabel: false, formatter: (v) => `${Math.round(v * 100)} %` } }),
        series: sequence.forks.map((fork, i) => forkSeries(fork, i)),
      };
      return {
        ...base(),
        tooltip: { ...tooltip(), trigger: "item", formatter: ({ data: d }) => (d && d.text ? lines(d.text) : "") },
        grid: [times.grid, ...(strip ? strip.grids : [])],
        title: strip ? strip.titles : [],
        xAxis: [times.xAxis, ...(strip ? strip.xAxes : [])],
        yAxis: [times.yAxis, ...(strip ? strip.yAxes : [])],
        series: [...times.series, ...(strip ? strip.series : [])],
      };
    };

    const colourOf = (fork, i) => ({
      colour: fork.steadyFrom < 0 ? tone("--decode") : tone("--understanding"),
      opacity: 0.95 - 0.6 * (i / Math.max(1, sequence.forks.length)),
    });
    const shaded = (fork, i) => (i > 0 || fork.warmups === 0 ? undefined : {
      silent: true, itemStyle: { color: tone("--faint"), opacity: 0.14 }, data: [[{ xAxis: 0 }, { xAxis: fork.warmups - 0.5 }]],
    });

    function forkSeries(fork, i) {
      const { colour, opacity } = colourOf(fork, i);
      return {
        type: "line", symbol: "circle", symbolSize: 4, z: 3,
        lineStyle: { color: colour, width: 1.3, opacity }, itemStyle: { color: colour, opacity },
        data: fork.times.map((t, at) => ({ value: [at, Math.min(t / sequence.ns, top + pad)], text: `fork ${fork.fork}, iteration ${at}${at < fork.warmups ? " (warm-up)" : ""}: ${percent(t / sequence.ns)} of the headline` })),
        markArea: shaded(fork, i),
        markLine: {
          silent: true, symbol: "none", label: { show: false },
          lineStyle: { color: colour, type: [4, 3], width: 1, opacity: 0.8 },
          data: fork.changes.map((at) => ({ xAxis: at - 0.5 })),
        },
      };
    }
    chart(element, draw, 0);
  });
})();
