package dev.ridgepoint.analysis.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.CaseKeys;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.Question;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.json.CanonicalJson;
import dev.ridgepoint.results.validate.BundleValidator;
import dev.ridgepoint.results.validate.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A bundle, validated before anything of it is believed. */
final class BundleSide implements Side {
    private final BundleReader reader;
    private final List<String> gradeReasons;
    private final Grade grade;
    private final ObjectNode protocol;
    private final ObjectNode context;

    private BundleSide(BundleReader reader, List<Finding> findings) {
        this.reader = reader;
        this.protocol = Records.toJson(reader.run().protocol());
        this.context = reader.context().identity();
        this.gradeReasons = new ArrayList<>();
        this.grade = grade(findings);
    }

    /**
     * Validates a bundle and opens it.
     *
     * @throws BundleException in one line, where it is not valid
     */
    static BundleSide open(Path bundle) throws IOException {
        List<Finding> findings = BundleValidator.validate(bundle);
        List<Finding> errors = findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR && !missingRaw(finding))
                .toList();
        if (!errors.isEmpty()) {
            throw new BundleException(bundle + " is not a valid bundle: " + errors.get(0)
                    + (errors.size() > 1 ? " and " + (errors.size() - 1) + " more" : "") + "; 'ridgepoint validate "
                    + bundle + "' shows all");
        }
        return new BundleSide(BundleReader.open(bundle), findings);
    }

    /** JMH's own files are not read here: without them figures stand, and cannot be audited. */
    private static boolean missingRaw(Finding finding) {
        return goneRaw(finding) || unlistedRaw(finding);
    }

    private static boolean goneRaw(Finding finding) {
        return finding.file().startsWith(Layout.RAW + "/") && finding.message().endsWith("but missing");
    }

    /** A file that is gone has no part in a case either, so that it is found missing twice. */
    private static boolean unlistedRaw(Finding finding) {
        return finding.pointer().equals("/files") && finding.message().startsWith("lists no part of");
    }

    private Grade grade(List<Finding> findings) {
        Boolean dirty = reader.context().build().gitDirty();
        if (dirty == null) {
            gradeReasons.add("nobody knows what commit it is of");
        } else if (dirty) {
            gradeReasons.add("the working tree was dirty");
        }
        long raw = Math.max(
                findings.stream().filter(BundleSide::goneRaw).count(),
                findings.stream().filter(BundleSide::unlistedRaw).count());
        if (raw > 0) {
            gradeReasons.add(raw + " raw files are missing");
        }
        boolean untraceable = !gradeReasons.isEmpty();
        if (!reader.run().complete()) {
            gradeReasons.add("the run is partial");
        }
        findings.stream()
                .filter(finding -> !missingRaw(finding))
                .forEach(warning -> gradeReasons.add(warning.toString()));
        if (untraceable) {
            return Grade.C;
        }
        return gradeReasons.isEmpty() ? Grade.A : Grade.B;
    }

    @Override
    public Path path() {
        return reader.path();
    }

    @Override
    public Grade grade() {
        return grade;
    }

    @Override
    public List<String> gradeReasons() {
        return List.copyOf(gradeReasons);
    }

    @Override
    public List<String> unchecked() {
        return List.of();
    }

    @Override
    public RunDocument run() {
        return reader.run();
    }

    @Override
    public void entries(Consumer<Entry> consumer) throws IOException {
        reader.cases(result -> consumer.accept(entry(result)));
    }

    @Override
    public double[] clocks(Entry entry) throws IOException {
        return Clocks.of(reader.path(), entry);
    }

    private Entry entry(CaseResult result) {
        Timing timing = result.timing();
        List<Timing.Fork> forks = timing == null
                ? List.of()
                : timing.forks().stream()
                        .sorted((a, b) -> Integer.compare(a.fork(), b.fork()))
                        .toList();
        Question question = result.question();
        Question.Inputs inputs = question.inputs();
        return new Entry(
                result.caseKey(),
                problemKey(question),
                result.id(),
                params(result),
                new Entry.Asked(
                        question.domain(),
                        question.cacheState(),
                        inputs.distribution(),
                        inputs.seed(),
                        inputs.sha256()),
                protocol,
                context,
                result.subject(),
                result.outcome().kind(),
                why(result.outcome()),
                forks.stream().mapToInt(Timing.Fork::fork).toArray(),
                forks.stream().mapToDouble(Timing.Fork::steadyNs).toArray(),
                timing == null
                        ? Entry.Health.UNKNOWN
                        : new Entry.Health(
                                timing.unsteadyForks(),
                                "yes".equals(result.validity().throttled()),
                                result.validity().plausible()),
                result.outcome() instanceof Outcome.Measured measured
                        ? measured.correctness().relFrobenius()
                        : Double.NaN);
    }

    private static String problemKey(Question question) {
        ObjectNode json = CaseKeys.hashed(question);
        json.remove(List.of("domain", "cacheState", "inputs"));
        return CanonicalJson.sha256(json);
    }

    private static Map<String, String> params(CaseResult result) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("op", result.question().op());
        params.put("precision", result.question().precision());
        params.put("domain", result.question().domain());
        params.put("cacheState", result.question().cacheState());
        params.put("kernel", result.subject().kernel());
        params.put("backend", result.subject().backend());
        return params;
    }

    private static String why(Outcome outcome) {
        if (outcome instanceof Outcome.Skipped skipped) {
            return skipped.reason();
        }
        if (outcome instanceof Outcome.Failed failed) {
            return failed.reason();
        }
        return outcome instanceof Outcome.Incorrect incorrect ? incorrect.reason() : null;
    }
}
