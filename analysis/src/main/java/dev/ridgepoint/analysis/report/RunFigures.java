package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.roofline.Reading;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Correctness;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.validate.BundleValidator;
import dev.ridgepoint.results.validate.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run as others may take it over: the figures that can stand alone, everything else with its reason, and the line that
 * says where they come from. There is no way to one without the other.
 *
 * @param provenance run, status, device, stack, date and protocol in one line
 * @param device the device's name, with a caveat where it is no GPU
 * @param stack the software under the kernels
 * @param figures in plan order
 * @param omitted in plan order
 */
public record RunFigures(
        Path bundle,
        RunDocument run,
        Context context,
        String provenance,
        String device,
        String stack,
        List<Figure> figures,
        List<Omission> omitted) {

    /** A valid, measured case. */
    public record Figure(CaseResult result, Reading reading) {
        public String id() {
            return Names.oneLine(result.id());
        }

        public Timing timing() {
            return result.timing();
        }

        /** What the gate saw on the buffers that were timed. */
        public Correctness correctness() {
            return ((Outcome.Measured) result.outcome()).correctness();
        }

        /** The interval's larger half as {@code ±0.5 %}; empty after one fork. */
        public String plusMinus() {
            return Numbers.plusMinus(timing().steadyNs(), timing().ciLowNs(), timing().ciHighNs());
        }

        /** The case's part of a citation: time, interval, rates, kernel. */
        public String sentence() {
            return Citation.figure(result, timing());
        }
    }

    /**
     * A case without a figure.
     *
     * @param how {@code skipped}, {@code failed}, {@code incorrect}, {@code simulated}, or {@code not valid} where a time
     *     was measured that may not be quoted
     * @param reason one line
     */
    public record Omission(CaseResult result, String kernel, String how, String reason) {
        public String id() {
            return Names.oneLine(result.id());
        }
    }

    /**
     * Validates a bundle and reads it.
     *
     * @throws BundleException in one line, where it is not valid
     * @throws IllegalArgumentException naming what the run does not say about itself
     */
    public static RunFigures of(Path bundle) throws IOException {
        List<Finding> errors = BundleValidator.validate(bundle).stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw new BundleException(bundle + " is not a valid bundle: " + errors.get(0)
                    + (errors.size() > 1 ? " and " + (errors.size() - 1) + " more" : "") + "; 'ridgepoint validate "
                    + bundle + "' shows all");
        }
        return of(RunReport.of(BundleReader.open(bundle), result -> CaseLabel.UNKNOWN));
    }

    private static RunFigures of(RunReport report) {
        List<Figure> figures = new ArrayList<>();
        List<Omission> omitted = new ArrayList<>();
        for (CaseRow row : report.rows()) {
            if (row.valid()) {
                figures.add(new Figure(row.result(), row.reading()));
            } else {
                omitted.add(omission(row));
            }
        }
        Context context = report.context();
        return new RunFigures(
                report.bundle(),
                report.run(),
                context,
                Citation.provenance(report.run(), context),
                Names.oneLine(Citation.device(context.device())),
                Names.oneLine(Citation.stack(context.software())),
                List.copyOf(figures),
                List.copyOf(omitted));
    }

    private static Omission omission(CaseRow row) {
        String kernel = Names.oneLine(row.kernel());
        return row.measured()
                ? new Omission(row.result(), kernel, "not valid", Names.oneLine(String.join("; ", row.objections())))
                : new Omission(row.result(), kernel, row.result().outcome().kind(), Names.oneLine(row.reason()));
    }

    /** {@code 3 cases left out: 1 not valid, 2 skipped}; null where none is. */
    public String omissions() {
        if (omitted.isEmpty()) {
            return null;
        }
        Map<String, Long> counts = new TreeMap<>();
        omitted.forEach(omission -> counts.merge(omission.how(), 1L, Long::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((how, count) -> parts.add(Numbers.count(count) + " " + how));
        return Numbers.count(omitted.size()) + (omitted.size() == 1 ? " case" : " cases") + " left out: "
                + String.join(", ", parts);
    }
}
