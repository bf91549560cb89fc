package dev.ridgepoint.analysis.soak;

import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.RunClock;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When one fork ran, in hours of the run's clock.
 *
 * @param ends when each of its iterations had ended, warm-up included
 * @param busyHours what its iterations took together
 */
record ForkTimes(String caseId, int fork, double startHours, List<Double> ends, double busyHours) {
    private static final double MICROS_PER_HOUR = 3.6e9;

    static double hours(long micros) {
        return micros / MICROS_PER_HOUR;
    }

    /** The middle of the fork, at which its mean counts. */
    double middle() {
        return (startHours + ends.get(ends.size() - 1)) / 2;
    }

    /** The forks of each case in the order they ran. */
    static Map<String, List<ForkTimes>> of(BundleReader bundle, RunClock clock) throws IOException {
        Map<String, List<ForkTimes>> byCase = new LinkedHashMap<>();
        List<IterationLine> open = new ArrayList<>();
        bundle.iterations(line -> {
            boolean another = !open.isEmpty()
                    && (open.get(0).fork() != line.fork()
                            || !open.get(0).caseId().equals(line.caseId()));
            if (another) {
                close(open, clock, byCase);
            }
            open.add(line);
        });
        close(open, clock, byCase);
        return byCase;
    }

    private static void close(List<IterationLine> lines, RunClock clock, Map<String, List<ForkTimes>> byCase) {
        if (lines.isEmpty()) {
            return;
        }
        List<Double> ends = new ArrayList<>(lines.size());
        long busy = 0;
        for (IterationLine line : lines) {
            long took = RunClock.end(line) - line.startEpochMicros();
            // An iteration belongs to the session it began in, wherever the next one begins.
            ends.add(hours(clock.at(line.startEpochMicros()) + took));
            busy += took;
        }
        IterationLine first = lines.get(0);
        byCase.computeIfAbsent(first.caseId(), id -> new ArrayList<>())
                .add(new ForkTimes(
                        first.caseId(),
                        first.fork(),
                        hours(clock.at(first.startEpochMicros())),
                        List.copyOf(ends),
                        hours(busy)));
        lines.clear();
    }
}
