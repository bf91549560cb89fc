package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.roofline.Reading;
import dev.ridgepoint.analysis.roofline.Roofline;
import dev.ridgepoint.analysis.soak.Machine;
import dev.ridgepoint.analysis.soak.SoakStudy;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run with everything derived that the forms of the report share. Cases are kept, a few KiB each; iterations are not.
 *
 * @param bundle where it was read from
 * @param rooflines ceilings by compute type, of the types that cases use
 * @param soak what became of the machine's speed, null of a run that is no soak
 * @param gpu what a GPU told of its clocks and heat, null of a CPU and of a soak, which tells more
 */
record RunReport(
        Path bundle,
        RunDocument run,
        Context context,
        Map<String, Roofline> rooflines,
        List<CaseRow> rows,
        Detection detection,
        SoakStudy soak,
        Machine gpu) {

    /** Reads the head and the cases of a bundle. */
    static RunReport of(BundleReader bundle, Labeller labeller) throws IOException {
        Map<String, Roofline> rooflines = new TreeMap<>();
        List<CaseResult> results = new ArrayList<>();
        bundle.sealedCases(result -> {
            rooflines.computeIfAbsent(compute(result), type -> Roofline.of(bundle.context(), type));
            results.add(result);
        });
        // Labelling is most of the work of a large bundle, and no case needs another.
        List<CaseRow> rows = results.parallelStream()
                .map(result ->
                        new CaseRow(result, labeller.label(result), reading(result, rooflines.get(compute(result)))))
                .toList();
        SoakStudy soak = SoakStudy.of(bundle);
        return new RunReport(
                bundle.path(),
                bundle.run(),
                bundle.context(),
                rooflines,
                rows,
                Detection.of(
                        rows, bundle.run().complete(), bundle.context().build().noBase()),
                soak,
                soak == null && bundle.context().device().kind().equals("gpu") ? Machine.of(bundle) : null);
    }

    private static String compute(CaseResult result) {
        return result.question().types().compute();
    }

    private static Reading reading(CaseResult result, Roofline roofline) {
        Timing timing = result.timing();
        return timing == null
                ? null
                : roofline.read(
                        result.work(), timing.steadyNs(), result.question().cacheState());
    }

    boolean onCpu() {
        return context.device().kind().equals("cpu");
    }

    /** Cases that were counted and not timed. */
    List<CaseRow> simulated() {
        return rows.stream()
                .filter(row -> row.result().outcome() instanceof Outcome.Simulated)
                .toList();
    }

    List<CaseRow> measured() {
        return rows.stream().filter(CaseRow::measured).toList();
    }

    /** Cases by outcome, in the order a reader cares. */
    Map<String, Long> counts() {
        Map<String, Long> found = new HashMap<>();
        rows.forEach(row -> found.merge(row.result().outcome().kind(), 1L, Long::sum));
        Map<String, Long> counts = new java.util.LinkedHashMap<>();
        for (String kind : List.of("measured", "simulated", "incorrect", "skipped", "failed")) {
            counts.put(kind, found.getOrDefault(kind, 0L));
        }
        return counts;
    }

    long validCount() {
        return rows.stream().filter(CaseRow::valid).count();
    }

    /** {@code 120 of 121 planned cases: 100 measured (96 valid), 2 incorrect, ...}. */
    String countsSentence() {
        StringBuilder sentence = new StringBuilder();
        sentence.append(Numbers.count(rows.size()))
                .append(
                        rows.size() == run.plan().cases()
                                ? ""
                                : " of " + Numbers.count(run.plan().cases()) + " planned")
                .append(rows.size() == 1 ? " case: " : " cases: ");
        List<String> parts = new ArrayList<>();
        counts().forEach((kind, count) -> {
            if (count > 0 || kind.equals("measured")) {
                String valid = kind.equals("measured") ? " (" + Numbers.count(validCount()) + " valid)" : "";
                parts.add(Numbers.count(count) + " " + kind + valid);
            }
        });
        return sentence.append(String.join(", ", parts)).append('.').toString();
    }
}
