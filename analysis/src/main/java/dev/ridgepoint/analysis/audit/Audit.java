package dev.ridgepoint.analysis.audit;

import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.validate.BundleValidator;
import dev.ridgepoint.results.validate.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A bundle audited: its seal recomputed, every published figure derived again from the samples, and the table of a page.
 *
 * @param run whose bundle it is
 * @param cases measured cases, each audited
 * @param figures figures derived
 * @param iterations samples they were derived from
 * @param before the run before it
 * @param discrepancies what differs; empty where nothing does
 */
public record Audit(
        RunDocument run, int cases, int figures, long iterations, RunBefore before, List<Discrepancy> discrepancies) {
    /** What no audit of files can show. */
    public static final String LIMIT =
            "Digests attest that the files are as they were sealed, and the derivation that the"
                    + " figures follow from the samples; neither shows that the samples were honestly taken.";

    private static final int AT_A_TIME = 256;

    public Audit {
        discrepancies = List.copyOf(discrepancies);
    }

    /**
     * Audits a bundle.
     *
     * @param page a Markdown page with the bundle's table, or null
     * @throws IOException in one line, where the bundle cannot be read at all
     */
    public static Audit of(Path bundle, Path page) throws IOException {
        BundleReader reader = BundleReader.open(bundle);
        List<Discrepancy> found = new ArrayList<>();
        BundleValidator.validate(bundle).stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .forEach(finding -> found.add(Discrepancy.ofBundle(
                        finding.file() + (finding.pointer().isEmpty() ? "" : " " + finding.pointer()),
                        finding.message())));
        Set<String> measured = new HashSet<>();
        reader.cases(result -> {
            if (result.timing() != null) {
                measured.add(result.id());
            }
        });
        Samples samples = Samples.of(reader, measured);
        int figures = 0;
        for (Audited one : audited(reader, bundle, samples)) {
            figures += one.figures;
            found.addAll(one.discrepancies);
        }
        if (page != null) {
            found.addAll(PageAudit.of(bundle, page));
        }
        RunBefore before = RunBefore.of(bundle, reader.run());
        if (before.seal().equals(RunBefore.DIFFERS)) {
            found.add(new Discrepancy(
                    "result.json /previousSha256",
                    "seal of the run before",
                    reader.run().previousSha256(),
                    "another"));
        }
        return new Audit(reader.run(), measured.size(), figures, samples.count(), before, found);
    }

    /** What became of one case. */
    private record Audited(int figures, List<Discrepancy> discrepancies) {}

    /** Cases are derived on all cores, some hundred at a time so that they need not all be kept, and told in order. */
    private static List<Audited> audited(BundleReader reader, Path bundle, Samples samples) throws IOException {
        List<Audited> audited = new ArrayList<>();
        List<CaseResult> waiting = new ArrayList<>();
        Runnable derive = () -> {
            audited.addAll(waiting.parallelStream()
                    .map(result -> audited(result, bundle, reader.context(), samples))
                    .toList());
            waiting.clear();
        };
        reader.cases(result -> {
            if (result.timing() != null) {
                waiting.add(result);
            }
            if (waiting.size() == AT_A_TIME) {
                derive.run();
            }
        });
        derive.run();
        return audited;
    }

    private static Audited audited(CaseResult result, Path bundle, Context context, Samples samples) {
        List<Discrepancy> found = new ArrayList<>();
        int figures = CaseAudit.of(result, context, samples.of(result.id()), found::add)
                + HeldClocks.audit(bundle, result, found::add);
        return new Audited(figures, found);
    }

    /** Whether everything published follows from the samples. */
    public boolean clean() {
        return discrepancies.isEmpty();
    }
}
