package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.validate.BundleValidator;
import dev.ridgepoint.results.validate.Finding;
import dev.ridgepoint.results.validate.Validated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A bundle, validated before anything of it is believed. */
final class BundleSide implements Side {
    private final Path bundle;
    private final Validated<Entry> read;
    private final List<String> gradeReasons;
    private final Grade grade;
    /** Whether anything lies where telemetry would: runs of a CPU have none, and ten thousands of files are looked for in vain. */
    private final boolean sampled;

    private BundleSide(Path bundle, Validated<Entry> read) {
        this.bundle = bundle;
        this.read = read;
        this.gradeReasons = new ArrayList<>();
        this.grade = grade(read.findings());
        this.sampled = Files.isDirectory(bundle.resolve(Layout.SAMPLES));
    }

    /**
     * Validates what a bundle's figures rest on and opens it: JMH's own files have to be there, and are not opened.
     *
     * @throws BundleException in one line, where it is not valid
     */
    static BundleSide open(Path bundle) throws IOException {
        return of(bundle, BundleValidator.figures(bundle, BundleSide::entries));
    }

    /** The same, where JMH's own file is to be read. */
    static BundleSide withJmh(Path bundle) throws IOException {
        return of(bundle, BundleValidator.validate(bundle, BundleSide::entries));
    }

    private static Function<CaseResult, Entry> entries(RunDocument run, Context context) {
        return new BundleEntries(run, context)::of;
    }

    private static BundleSide of(Path bundle, Validated<Entry> read) throws BundleException {
        List<Finding> errors = read.findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR && !missingRaw(finding))
                .toList();
        if (!errors.isEmpty()) {
            throw new BundleException(bundle + " is not a valid bundle: " + errors.get(0)
                    + (errors.size() > 1 ? " and " + (errors.size() - 1) + " more" : "") + "; 'ridgepoint validate "
                    + bundle + "' shows all");
        }
        return new BundleSide(bundle, read);
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
        String noBase = read.context().build().noBase();
        if (noBase != null) {
            gradeReasons.add(noBase);
        }
        long raw = Math.max(
                findings.stream().filter(BundleSide::goneRaw).count(),
                findings.stream().filter(BundleSide::unlistedRaw).count());
        if (raw > 0) {
            gradeReasons.add(raw + " raw files are missing");
        }
        boolean untraceable = !gradeReasons.isEmpty();
        if (!read.run().complete()) {
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
        return bundle;
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
        return read.run();
    }

    @Override
    public void entries(Consumer<Entry> consumer) throws IOException {
        if (run().complete()) {
            read.cases().forEach(consumer);
            return;
        }
        // The journal of a partial bundle may be ahead of the cases that were validated with its result.json.
        BundleEntries entries = new BundleEntries(run(), read.context());
        BundleReader.open(bundle).cases(result -> consumer.accept(entries.of(result)));
    }

    @Override
    public double[] clocks(Entry entry) throws IOException {
        return sampled ? Clocks.of(bundle, entry) : null;
    }
}
