package dev.ridgepoint.results.validate;

import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.Timing.Fork;
import dev.ridgepoint.results.bundle.Layout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code result.json} says of each fork, filled with the iterations the log has, so that JMH's files can be held
 * against both. The only thing the validator keeps of all cases.
 */
final class MeasuredForks {
    /** Where the scores of a JMH entry stand. */
    static final String SCORES = "/primaryMetric";

    private static final String DEVICE_EVENT = "device-event";
    private static final String DEVICE_TIMES = "/secondaryMetrics/deviceTimeNs";

    private final Map<String, OfCase> cases = new LinkedHashMap<>();

    /** A case, with what the names of its parts begin with; {@code forks} is empty where it has no time, and {@code simulated} where it may have none anywhere. */
    record OfCase(String id, String partPrefix, List<OfFork> forks, double bestNs, boolean simulated, String domain) {
        /** Where JMH's own part has the times: what the device's clock took is no score of JMH's. */
        String metric() {
            return domain.equals(DEVICE_EVENT) ? DEVICE_TIMES : SCORES;
        }

        boolean measured() {
            return !forks.isEmpty();
        }

        /** Path of JMH's own file of a fork. */
        String part(OfFork fork) {
            return partPrefix + fork.stated.fork() + ".json";
        }

        /** Null where the case has no such fork. */
        OfFork fork(int number) {
            for (OfFork fork : forks) {
                if (fork.stated.fork() == number) {
                    return fork;
                }
            }
            return null;
        }
    }

    /** A fork as stated, and its measured iterations as logged. */
    static final class OfFork {
        private final Fork stated;
        private double[] values = new double[0];
        private boolean logged;
        private boolean raw;

        OfFork(Fork stated) {
            this.stated = stated;
        }

        Fork stated() {
            return stated;
        }

        /** Measured iterations, nanoseconds a call; empty until logged. */
        double[] values() {
            return values;
        }

        /** False if it was logged before. */
        boolean log(double[] measured, int count) {
            boolean first = !logged;
            logged = true;
            values = Arrays.copyOf(measured, count);
            return first;
        }

        boolean logged() {
            return logged;
        }

        /** False if it had a part before. */
        synchronized boolean seeRaw() {
            boolean first = !raw;
            raw = true;
            return first;
        }

        synchronized boolean raw() {
            return raw;
        }
    }

    /** False if the id is taken. */
    boolean add(CaseResult result) {
        Timing timing = result.timing();
        List<OfFork> forks = timing == null
                ? List.of()
                : timing.forks().stream().map(OfFork::new).toList();
        boolean simulated = result.outcome() instanceof Outcome.Simulated;
        double best = timing == null ? 0 : timing.bestNs();
        return cases.putIfAbsent(
                        result.id(),
                        new OfCase(
                                result.id(),
                                Layout.partPrefix(result.id()),
                                forks,
                                best,
                                simulated,
                                result.question().domain()))
                == null;
    }

    OfCase of(String caseId) {
        return cases.get(caseId);
    }

    Iterable<OfCase> all() {
        return cases.values();
    }

    int size() {
        return cases.size();
    }

    boolean anyMeasured() {
        return cases.values().stream().anyMatch(OfCase::measured);
    }
}
