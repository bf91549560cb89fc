package dev.ridgepoint.results.validate;

import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.bundle.IterationLines;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.bundle.Lines;
import dev.ridgepoint.results.validate.MeasuredForks.OfCase;
import dev.ridgepoint.results.validate.MeasuredForks.OfFork;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Holds {@code iterations.ndjson} against the forks that {@code result.json} states, a fork at a time. */
final class IterationChecks {
    private static final String FILE = Layout.ITERATIONS;

    private final MeasuredForks forks;
    private final boolean complete;
    private final Findings findings;

    private String caseId;
    private int fork;
    private int next;
    private int warmups;
    private long begin;
    private double[] values = new double[64];
    private int measured;

    IterationChecks(MeasuredForks forks, boolean complete, Findings findings) {
        this.forks = forks;
        this.complete = complete;
        this.findings = findings;
    }

    void check(InputStream content) throws IOException {
        Lines lines = new Lines(content);
        IterationLines reader = new IterationLines();
        for (IterationLine line = reader.next(lines); line != null; line = reader.next(lines)) {
            line(line, lines.number());
        }
        endOfFork();
        if (lines.torn() && complete) {
            findings.error(FILE, "/" + (lines.number() + 1), "the last line has no end");
        }
        for (OfCase ofCase : forks.all()) {
            ofCase.forks().stream()
                    .filter(one -> !one.logged())
                    .forEach(one -> findings.error(
                            FILE,
                            "",
                            "has no iterations of "
                                    + name(ofCase.id(), one.stated().fork())));
            best(ofCase);
        }
    }

    private void line(IterationLine line, long number) {
        if (line.fork() != fork || !line.caseId().equals(caseId)) {
            endOfFork();
            begin = number;
            caseId = line.caseId();
            fork = line.fork();
            next = 0;
            warmups = 0;
            measured = 0;
        }
        if (line.iteration() != next) {
            findings.error(FILE, "/" + number + "/iteration", "expected " + next + ", got " + line.iteration());
        }
        next = line.iteration() + 1;
        if (line.warmup()) {
            warmups++;
            if (measured > 0) {
                findings.error(FILE, "/" + number + "/warmup", "warm-up after measurement");
            }
        } else {
            if (measured == values.length) {
                values = Arrays.copyOf(values, 2 * measured);
            }
            values[measured++] = line.nsPerOp();
        }
    }

    private void endOfFork() {
        if (caseId == null) {
            return;
        }
        String pointer = "/" + begin;
        OfCase ofCase = forks.of(caseId);
        if (ofCase != null && ofCase.simulated()) {
            findings.error(FILE, pointer, name(caseId, fork) + " has times, and the case was simulated");
            return;
        }
        OfFork stated = ofCase == null ? null : ofCase.fork(fork);
        if (stated == null) {
            // The log of a run that goes on is ahead of result.json; a failed case keeps the forks it had.
            if (complete && (ofCase == null || ofCase.measured())) {
                findings.error(FILE, pointer, name(caseId, fork) + " is not in result.json");
            }
            return;
        }
        if (!stated.log(values, measured)) {
            findings.error(FILE, pointer, name(caseId, fork) + " is logged twice");
        }
        if (warmups != stated.stated().warmups() || measured != stated.stated().iterations()) {
            findings.error(
                    FILE,
                    pointer,
                    name(caseId, fork) + " has " + warmups + " warm-up and " + measured + " measured iterations; "
                            + "result.json says " + stated.stated().warmups() + " and "
                            + stated.stated().iterations());
        }
        mean(stated, pointer);
    }

    /** A fork's time is the mean of its measured iterations from the first steady one on; of all if it has none. */
    private void mean(OfFork stated, String pointer) {
        int from = Math.max(0, stated.stated().steadyFrom() - stated.stated().warmups());
        double sum = 0;
        for (int i = from; i < measured; i++) {
            sum += stated.values()[i];
        }
        if (from >= measured
                || !Close.enough(sum / (measured - from), stated.stated().steadyNs())) {
            findings.error(FILE, pointer, "the steady time of " + name(caseId, fork) + " is not the mean it should be");
        }
    }

    private void best(OfCase ofCase) {
        double best = Double.MAX_VALUE;
        for (OfFork one : ofCase.forks()) {
            for (double value : one.values()) {
                best = Math.min(best, value);
            }
        }
        boolean known = ofCase.measured() && best < Double.MAX_VALUE;
        if (known && !Close.enough(best, ofCase.bestNs())) {
            findings.error(
                    FILE, "", "the fastest iteration of " + ofCase.id() + " is not the best that result.json states");
        }
    }

    static String name(String caseId, int fork) {
        return "fork " + fork + " of " + caseId;
    }
}
