package dev.ridgepoint.benchmarks.record;

import dev.ridgepoint.benchmarks.jmh.ForkOutcome;
import dev.ridgepoint.benchmarks.jmh.ForkRunner;
import dev.ridgepoint.benchmarks.jmh.MadeFiles;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.results.Correctness;
import dev.ridgepoint.results.IterationLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/** Forks that never ran, each of the time a test chooses, leaving the files of a real one; and in what order they came. */
final class MadeForks implements ForkRunner {
    static final int WARMUPS = 1;
    static final int ITERATIONS = 3;

    final List<String> order = new ArrayList<>();
    private final String name;
    private final WorkFolder work;
    private final BiFunction<Cell, Integer, Double> ns;
    private final LongSupplier started;

    /** @param ns nanoseconds of a fork; null where it fails */
    MadeForks(String name, WorkFolder work, BiFunction<Cell, Integer, Double> ns) {
        this(name, work, ns, () -> 1_795_255_200_000_000L);
    }

    /** @param started microseconds since the epoch when a fork's first iteration began */
    MadeForks(String name, WorkFolder work, BiFunction<Cell, Integer, Double> ns, LongSupplier started) {
        this.name = name;
        this.work = work;
        this.ns = ns;
        this.started = started;
    }

    @Override
    public ForkOutcome run(Cell cell, int fork) {
        order.add(name + " " + cell.id() + " " + fork);
        Double time = ns.apply(cell, fork);
        if (time == null) {
            return new ForkOutcome.Failed("a made failure");
        }
        List<IterationLine> lines = new ArrayList<>();
        long start = started.getAsLong();
        for (int i = 0; i < WARMUPS + ITERATIONS; i++) {
            long took = Math.max(1, Math.round(10 * time / 1000));
            lines.add(new IterationLine(cell.id(), fork, i, i < WARMUPS, time, 10, start + i * took));
        }
        ForkOutcome.Measured measured = new ForkOutcome.Measured(
                "made",
                "5a".repeat(32),
                new Correctness(
                        true, "full", 1024, 2, 0, 1e-7, 1e-7, 1e-7, 1e-7, 1, 60.0, 0, 0.1, "relFrobenius", "a bound"),
                "no",
                lines);
        try {
            MadeFiles.write(work.fork(cell, fork), measured);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return measured;
    }
}
