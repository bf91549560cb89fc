package dev.ridgepoint.benchmarks.record;

import dev.ridgepoint.analysis.compare.PairedWidth;
import dev.ridgepoint.benchmarks.jmh.ForkOutcome;
import dev.ridgepoint.benchmarks.jmh.ForkRunner;
import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.plan.CellPairs.Pair;
import dev.ridgepoint.results.ForkAim;
import dev.ridgepoint.results.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Takes two sides through the same rounds. In round r each case has fork r of both sides, one right after the other: A
 * before B in even rounds, B before A in odd ones, so that a drift of the machine cancels (ABBA) and fork r of both makes a
 * block. A case is left as soon as the interval of its ratio is narrow enough; the ratio itself is never looked at. Forks that
 * an earlier attempt has put on record are not run again; a block that was cut in two is finished first, its halves apart by
 * the pause.
 */
public final class PairLoop {
    private static final long ORDER = 1_000_003;

    /** One side: its plan, what runs its forks and where they are put on record. */
    public record Side(BenchmarkPlan plan, ForkRunner runner, RunRecord record) {
        private Timing timing(Cell cell) {
            return record.timing(cell);
        }
    }

    private final Side a;
    private final Side b;
    private final List<Pair> pairs;
    private final ForkAim aim;
    private final RunListener listener;
    private final Budget budget;
    private int pairsRun;
    private int total;
    private Duration timeInPairs = Duration.ZERO;

    /** @param pairs the cases of both plans; their protocols have one aim for the ratio */
    public PairLoop(Side a, Side b, List<Pair> pairs, RunListener listener, Budget budget) {
        this.a = a;
        this.b = b;
        this.pairs = List.copyOf(pairs);
        this.aim = a.plan.protocol().aim();
        this.listener = listener;
        this.budget = budget;
    }

    /** Runs all rounds; false where the budget ended before every case had the plan's forks on both sides. */
    public boolean run() {
        int planned = a.plan.protocol().forks();
        pairs.forEach(this::settleBoth);
        total = pairs.stream()
                .mapToInt(pair -> Math.max(0, planned - blocks(pair)))
                .sum();
        boolean spent = false;
        int round = 0;
        while (!spent && round < aim.mostForks()) {
            List<Pair> wanted = wanted(round);
            if (wanted.isEmpty()) {
                break;
            }
            int next = round;
            List<Pair> left = wanted.stream().filter(pair -> needs(pair, next)).toList();
            total += round < planned ? 0 : left.size();
            for (Pair pair : left) {
                if (!budget.allows(meanPairTime())) {
                    spent = true;
                    break;
                }
                block(pair, round);
            }
            round += spent ? 0 : 1;
        }
        boolean whole = !spent || round >= planned;
        if (whole) {
            a.record.enough();
            b.record.enough();
        }
        return whole;
    }

    /** In another order each round, as in a run of one side. */
    private List<Pair> wanted(int round) {
        List<Pair> order = new ArrayList<>(pairs);
        Collections.shuffle(order, new Random(a.plan.settings().inputs().seed() * ORDER + round));
        return order.stream().filter(pair -> wants(pair, round)).toList();
    }

    private boolean wants(Pair pair, int round) {
        return !a.record.settled(pair.a())
                && !b.record.settled(pair.b())
                && (round < a.plan.protocol().forks() || !aim.metBy(width(pair)));
    }

    private boolean needs(Pair pair, int round) {
        return a.record.needs(pair.a(), round) || b.record.needs(pair.b(), round);
    }

    /** What ended early on one side before an interruption is left on the other too. */
    private void settleBoth(Pair pair) {
        if (a.record.settled(pair.a()) && !b.record.settled(pair.b())) {
            leave(b, pair.b());
        } else if (b.record.settled(pair.b()) && !a.record.settled(pair.a())) {
            leave(a, pair.a());
        }
    }

    private void block(Pair pair, int round) {
        long start = System.nanoTime();
        if (round % 2 == 0) {
            fork(a, pair.a(), b, pair.b(), round);
            fork(b, pair.b(), a, pair.a(), round);
        } else {
            fork(b, pair.b(), a, pair.a(), round);
            fork(a, pair.a(), b, pair.b(), round);
        }
        pairsRun++;
        timeInPairs = timeInPairs.plusNanos(System.nanoTime() - start);
    }

    /** A case that ends early on one side is left on the other too: a time alone answers nothing here. */
    private void fork(Side side, Cell cell, Side other, Cell opposite, int round) {
        if (!side.record.needs(cell, round)) {
            return;
        }
        listener.forkStarts(cell, round, progress());
        ForkOutcome outcome = side.runner.run(cell, round);
        side.record.add(cell, round, outcome);
        listener.forkEnded(cell, round, outcome, progress());
        if (side.record.settled(cell)) {
            leave(other, opposite);
        }
    }

    private static void leave(Side side, Cell cell) {
        side.record.add(
                cell,
                0,
                new ForkOutcome.Skipped(
                        "the other side ended early, so that there is nothing to hold this one against"));
    }

    /** The larger half of the ratio's interval relative to the ratio; infinite where it is not known yet. */
    public double width(Pair pair) {
        Timing here = a.timing(pair.a());
        Timing there = b.timing(pair.b());
        if (here == null || there == null) {
            return Double.POSITIVE_INFINITY;
        }
        Map<Integer, Double> base = byFork(here);
        Map<Integer, Double> candidate = byFork(there);
        base.keySet().retainAll(candidate.keySet());
        candidate.keySet().retainAll(base.keySet());
        return PairedWidth.of(values(base), values(candidate));
    }

    private static Map<Integer, Double> byFork(Timing timing) {
        return timing.forks().stream()
                .collect(Collectors.toMap(Timing.Fork::fork, Timing.Fork::steadyNs, (x, y) -> x, TreeMap::new));
    }

    private static double[] values(Map<Integer, Double> byFork) {
        return byFork.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Blocks of a case that both sides have. */
    public int blocks(Pair pair) {
        Timing here = a.timing(pair.a());
        Timing there = b.timing(pair.b());
        return here == null || there == null
                ? 0
                : Math.min(here.forks().size(), there.forks().size());
    }

    private RunListener.Progress progress() {
        int left = Math.max(0, total - pairsRun);
        return new RunListener.Progress(2 * pairsRun, 2 * total, meanPairTime().multipliedBy(left));
    }

    private Duration meanPairTime() {
        return pairsRun == 0 ? Duration.ZERO : timeInPairs.dividedBy(pairsRun);
    }
}
