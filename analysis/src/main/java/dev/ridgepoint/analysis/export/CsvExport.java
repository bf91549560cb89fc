package dev.ridgepoint.analysis.export;

import dev.ridgepoint.analysis.economics.Energy;
import dev.ridgepoint.analysis.economics.EnergyOfRun;
import dev.ridgepoint.analysis.report.Names;
import dev.ridgepoint.analysis.report.RunFigures;
import dev.ridgepoint.analysis.stats.Percentiles;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Correctness;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A row a case after RFC 4180, for spreadsheets and data frames: figures of valid cases, reasons of the others. */
final class CsvExport implements Exporter {
    private static final List<String> OF_CASE = List.of(
            "run",
            "status",
            "started",
            "suite",
            "protocol",
            "device",
            "stack",
            "case",
            "case_key",
            "kernel",
            "op",
            "precision",
            "domain",
            "cache_state",
            "outcome",
            "reason");
    /** Of iteration means, and no request latency; empty where a tail has too few samples. */
    private static final List<String> PERCENTILES = Percentiles.NAMES.stream()
            .map(name -> "iteration_" + name.replace('.', '_') + "_ns")
            .toList();

    /** Of the device's own counter, and empty where it has none. */
    private static final List<String> ENERGY = List.of("joules_per_call", "watts");

    private static final List<String> OF_FIGURE = List.of(
            "time_ns",
            "ci_low_ns",
            "ci_high_ns",
            "confidence",
            "forks",
            "between_fork_cv",
            "minimum_detectable_effect",
            "gflops",
            "gigabytes_per_second",
            "relative_frobenius_error",
            "max_abs_error",
            "effective_samples");

    @Override
    public String id() {
        return "csv";
    }

    @Override
    public boolean takesSeveral() {
        return true;
    }

    @Override
    public List<String> write(List<RunFigures> runs, Writer out) throws IOException {
        Csv csv = new Csv(out);
        List<String> head = new ArrayList<>(OF_CASE);
        head.addAll(OF_FIGURE);
        head.addAll(PERCENTILES);
        head.addAll(ENERGY);
        csv.row(head);
        for (RunFigures run : runs) {
            EnergyOfRun energy = EnergyOfRun.of(BundleReader.open(run.bundle()));
            for (RunFigures.Figure figure : run.figures()) {
                List<String> cells = of(
                        run,
                        figure.result(),
                        Names.oneLine(figure.result().subject().kernel()));
                cells.addAll(Arrays.asList("measured", null));
                cells.addAll(figures(figure));
                Percentiles.NAMES.forEach(name ->
                        cells.add(Csv.number(figure.timing().percentiles().get(name))));
                cells.addAll(energy(energy.of(figure.result().id())));
                csv.row(cells);
            }
            for (RunFigures.Omission omission : run.omitted()) {
                List<String> cells = of(run, omission.result(), omission.kernel());
                cells.addAll(List.of(omission.how(), omission.reason()));
                cells.addAll(Collections.nCopies(head.size() - cells.size(), null));
                csv.row(cells);
            }
        }
        return List.of();
    }

    private static List<String> of(RunFigures run, CaseResult result, String kernel) {
        return new ArrayList<>(List.of(
                run.run().runId(),
                run.run().status(),
                Names.oneLine(run.run().started()),
                Names.oneLine(run.run().suite()),
                Names.oneLine(run.run().protocol().id()),
                run.device(),
                run.stack(),
                Names.oneLine(result.id()),
                result.caseKey(),
                kernel,
                result.question().op(),
                Names.oneLine(result.question().precision()),
                result.question().domain(),
                result.question().cacheState()));
    }

    private static List<String> figures(RunFigures.Figure figure) {
        Timing timing = figure.timing();
        Correctness seen = figure.correctness();
        return Arrays.asList(
                Csv.number(timing.steadyNs()),
                Csv.number(timing.ciLowNs()),
                Csv.number(timing.ciHighNs()),
                Csv.number(timing.confidence()),
                Integer.toString(timing.forks().size()),
                Csv.number(timing.betweenForkCv()),
                Csv.number(timing.mde()),
                Csv.number(figure.reading().gflops()),
                Csv.number(figure.reading().gigabytesPerSecond()),
                Csv.number(seen.relFrobenius()),
                Csv.number(seen.maxAbs()),
                Csv.number(timing.effectiveSamples()));
    }

    private static List<String> energy(Energy energy) {
        return energy == null
                ? Arrays.asList(null, null)
                : Arrays.asList(Csv.number(energy.joulesPerCall()), Csv.number(energy.watts()));
    }
}
