package dev.ridgepoint.analysis.soak;

import dev.ridgepoint.analysis.compare.TwoSamples;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.RunClock;
import dev.ridgepoint.results.Soak;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A soak as its bundle tells it. First minutes are the first twelfth of its time, 5 of 60 minutes, and three forks of a case at
 * least; steady is the second half, or what lies behind the end of warming up where that came later. Both are fixed before
 * any time is looked at.
 *
 * @param soak how long it was to last
 * @param hours time at work, pauses left out
 * @param firstHours until when a fork belongs to the first minutes
 * @param steadyFromHours from when on a fork is steady
 * @param busy share of the time that iterations took; the rest went to starting JVMs and to checking results
 * @param interruptions how often the machine was left to cool
 * @param machine what was recorded of clocks and heat
 */
public record SoakStudy(
        Soak soak,
        double hours,
        double firstHours,
        double steadyFromHours,
        double busy,
        int interruptions,
        List<CaseSoak> cases,
        Machine machine) {
    private static final double FIRST = 1.0 / 12;
    private static final double STEADY = 0.5;
    private static final int LEAST_FIRST = 3;
    private static final int LEAST_SIDE = 2;
    private static final double CONFIDENCE = 0.95;

    /**
     * Forks of one case within a part of the time.
     *
     * @param ns geometric mean of the forks' steady times
     */
    public record Part(int forks, double ns) {}

    /**
     * One measured case.
     *
     * @param drift null under {@link Drift#LEAST_FORKS} forks
     * @param late drift within the steady part, null likewise
     * @param first null where fewer than two forks lie there
     * @param steady null likewise
     * @param ratio steady over first, null where one of them is
     */
    public record CaseSoak(String id, int forks, Drift drift, Drift late, Part first, Part steady, Ratio ratio) {
        /** Whether its time still changed while it counted as steady. */
        public boolean stillMoving() {
            return late != null && late.seen();
        }
    }

    /** Steady over first minutes with the bounds of its 95 % interval, after Welch on log fork means. */
    public record Ratio(double value, double low, double high) {}

    /** The study of a bundle; null where its protocol is no soak, or no fork was timed. */
    public static SoakStudy of(BundleReader bundle) throws IOException {
        Soak soak = Soak.in(bundle.run().protocol().id()).orElse(null);
        if (soak == null) {
            return null;
        }
        RunClock clock = new RunClock(bundle.run());
        bundle.iterations(clock::see);
        Map<String, List<ForkTimes>> forks = ForkTimes.of(bundle, clock);
        double hours = ForkTimes.hours(clock.total());
        if (forks.isEmpty() || !(hours > 0)) {
            return null;
        }
        Machine machine = Machine.of(bundle, forks, hours);
        Double warm = machine.heat() == null ? null : machine.heat().steadyFromHours();
        double first = FIRST * hours;
        double steady = Math.max(STEADY * hours, warm == null ? 0 : warm);
        List<CaseSoak> cases = new ArrayList<>();
        bundle.cases(result -> {
            if (result.timing() != null && forks.containsKey(result.id())) {
                cases.add(caseOf(result, forks.get(result.id()), first, steady));
            }
        });
        double busy = forks.values().stream()
                        .flatMap(List::stream)
                        .mapToDouble(ForkTimes::busyHours)
                        .sum()
                / hours;
        return new SoakStudy(soak, hours, first, steady, busy, clock.interruptions(), List.copyOf(cases), machine);
    }

    private static CaseSoak caseOf(CaseResult result, List<ForkTimes> times, double first, double steady) {
        List<Point> points = new ArrayList<>();
        for (Timing.Fork fork : result.timing().forks()) {
            times.stream()
                    .filter(time -> time.fork() == fork.fork())
                    .findFirst()
                    .ifPresent(time -> points.add(new Point(time.middle(), Math.log(fork.steadyNs()))));
        }
        points.sort(Comparator.comparingDouble(Point::hours));
        int early = (int) points.stream().filter(point -> point.hours <= first).count();
        int firsts = Math.min(points.size(), Math.max(LEAST_FIRST, early));
        List<Point> begin = points.subList(0, firsts);
        List<Point> end = points.subList(firsts, points.size()).stream()
                .filter(point -> point.hours >= steady)
                .toList();
        return new CaseSoak(
                result.id(),
                points.size(),
                Drift.of(hours(points), logs(points)),
                Drift.of(hours(end), logs(end)),
                part(begin),
                part(end),
                ratio(begin, end));
    }

    /** A fork: when, and the logarithm of its time. */
    private record Point(double hours, double log) {}

    private static Part part(List<Point> points) {
        return points.size() < LEAST_SIDE
                ? null
                : new Part(
                        points.size(),
                        Math.exp(points.stream()
                                .mapToDouble(Point::log)
                                .average()
                                .orElseThrow()));
    }

    private static Ratio ratio(List<Point> first, List<Point> steady) {
        if (first.size() < LEAST_SIDE || steady.size() < LEAST_SIDE) {
            return null;
        }
        TwoSamples test = TwoSamples.welch(logs(first), logs(steady));
        return new Ratio(Math.exp(test.difference()), Math.exp(test.low(CONFIDENCE)), Math.exp(test.high(CONFIDENCE)));
    }

    private static double[] hours(List<Point> points) {
        return points.stream().mapToDouble(Point::hours).toArray();
    }

    private static double[] logs(List<Point> points) {
        return points.stream().mapToDouble(Point::log).toArray();
    }
}
