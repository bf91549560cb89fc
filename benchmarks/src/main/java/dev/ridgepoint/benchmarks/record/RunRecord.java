package dev.ridgepoint.benchmarks.record;

import dev.ridgepoint.benchmarks.jmh.ForkFiles;
import dev.ridgepoint.benchmarks.jmh.ForkOutcome;
import dev.ridgepoint.benchmarks.jmh.MergedJmh;
import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.plan.Skip;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.RunClock;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.bundle.BundleWriter;
import dev.ridgepoint.results.bundle.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a run has brought so far, in memory and in the bundle. A fork is safe once {@link #add} has returned; whatever
 * happens after, the bundle on disk is valid.
 */
public final class RunRecord {
    private final BenchmarkPlan plan;
    private final WorkFolder work;
    private final BundleWriter bundle;
    private final CaseResults results;
    private final Map<String, CaseProgress> progress = new LinkedHashMap<>();
    private final RunClock clock;
    /** Whether nobody will ask for forks beyond the plan's any more. */
    private boolean enough;

    private boolean ended;

    RunRecord(BenchmarkPlan plan, WorkFolder work, BundleWriter bundle, CaseResults results) {
        this.plan = plan;
        this.work = work;
        this.bundle = bundle;
        this.results = results;
        this.enough = plan.protocol().aim() == null && plan.protocol().soak() == null;
        this.clock = new RunClock(bundle.run());
        plan.cells().forEach(cell -> progress.put(cell.id(), new CaseProgress()));
    }

    /** Puts on record what the plan skips, and every fork an earlier attempt has finished. */
    void takeUp() throws IOException {
        Set<String> recorded = bundle.recordedCases();
        for (Skip skip : plan.skips()) {
            if (!recorded.contains(skip.id())) {
                bundle.put(results.of(skip, plan.settings()));
            }
        }
        Map<String, Set<Integer>> finished = bundle.finishedForks();
        for (Cell cell : plan.cells()) {
            for (int fork = 0; fork < plan.protocol().mostForks(); fork++) {
                Optional<ForkOutcome> outcome = work.fork(cell, fork).outcome();
                if (outcome.isPresent()) {
                    boolean safe = finished.getOrDefault(cell.id(), Set.of()).contains(fork);
                    record(cell, fork, outcome.get(), safe);
                }
            }
        }
    }

    /** Whether a fork has still to run. */
    synchronized boolean needs(Cell cell, int fork) {
        return progress.get(cell.id()).needs(fork);
    }

    /** Forks still to run. */
    synchronized int remaining() {
        return progress.values().stream()
                .mapToInt(one -> one.remaining(plan.protocol().forks()))
                .sum();
    }

    /** How long the forks on record took, interruptions left out. */
    synchronized Duration taken() {
        return Duration.of(clock.total(), ChronoUnit.MICROS);
    }

    /** What the forks of a case so far say together; null where it was not timed, or ended early. */
    synchronized Timing timing(Cell cell) {
        return progress.get(cell.id()).timing();
    }

    /** Whether a case has ended early: failed, wrong or refused. */
    synchronized boolean settled(Cell cell) {
        return progress.get(cell.id()).settled() != null;
    }

    /** No fork will be added to those on record: a run with an aim, or for a time, is complete only from here on. */
    synchronized void enough() {
        enough = true;
    }

    /** Records how a fork ended; ignored once the run has been ended, for then it was cut off. */
    synchronized void add(Cell cell, int fork, ForkOutcome outcome) {
        if (ended) {
            return;
        }
        try {
            record(cell, fork, outcome, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void record(Cell cell, int fork, ForkOutcome outcome, boolean safe) throws IOException {
        ForkFiles files = work.fork(cell, fork);
        if (outcome instanceof ForkOutcome.Measured measured) {
            measured.iterations().forEach(clock::see);
            if (!safe) {
                bundle.fork(cell.id(), fork, measured.iterations(), files.jmh());
            }
            keep(files.telemetry(), Layout.telemetry(cell.id(), fork));
            keep(files.host(), Layout.host(cell.id(), fork));
        }
        CaseProgress one = progress.get(cell.id());
        one.add(fork, outcome);
        CaseResult result = results.of(cell, one);
        one.stands(result.timing());
        bundle.put(result);
    }

    private void keep(Path file, String name) throws IOException {
        if (Files.exists(file)) {
            bundle.keep(name, file);
        }
    }

    /** Ends the run: complete where every fork has run, else partial and ready to be resumed. */
    public synchronized void end() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        boolean complete = remaining() == 0 && enough;
        Path jmh = mergedJmh();
        String now = Instant.now().toString();
        if (complete) {
            bundle.complete(jmh, now);
            work.tidy(logsOfFailures());
        } else {
            bundle.stop(jmh, now);
        }
    }

    /** JMH's file of all forks, or null where nothing was measured. */
    private Path mergedJmh() throws IOException {
        MergedJmh merged = new MergedJmh(plan.protocol());
        for (Cell cell : plan.cells()) {
            CaseProgress one = progress.get(cell.id());
            if (one.settled() == null && one.forks() > 0) {
                List<Path> parts = new ArrayList<>();
                for (int fork = 0; fork < plan.protocol().mostForks(); fork++) {
                    if (!one.needs(fork)) {
                        parts.add(work.fork(cell, fork).jmh());
                    }
                }
                merged.add(one.iterations(), parts);
            }
        }
        if (merged.isEmpty()) {
            return null;
        }
        Path file = work.plan().resolveSibling("jmh.json");
        merged.write(file);
        return file;
    }

    private List<Path> logsOfFailures() {
        List<Path> logs = new ArrayList<>();
        for (Cell cell : plan.cells()) {
            if (progress.get(cell.id()).settled() instanceof ForkOutcome.Failed) {
                for (int fork = 0; fork < plan.protocol().mostForks(); fork++) {
                    Path log = work.fork(cell, fork).log();
                    if (Files.exists(log)) {
                        logs.add(log);
                    }
                }
            }
        }
        return logs;
    }
}
