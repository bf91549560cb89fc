package dev.ridgepoint.analysis.soak;

import dev.ridgepoint.analysis.telemetry.Sample;
import dev.ridgepoint.analysis.telemetry.TelemetryFile;
import dev.ridgepoint.results.HeldBack;
import dev.ridgepoint.results.RunClock;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What was recorded of a machine during a run: of a GPU around every iteration, of a host's processor after every fork.
 *
 * @param watched iterations of a GPU or forks on a host of which throttling is known; 0 where nobody tells
 * @param unit what was watched: {@code iterations} or {@code forks}
 * @param held how many of them were held back by heat, or by what feeds the device
 * @param onset the first of them, null where there is none
 * @param powerFromHours when a GPU first kept to its power limit, which is no fault; null where it did not, or does not tell
 * @param firstMhz SM clock over the first twelfth of the time, null where no GPU told it
 * @param lastMhz SM clock over the second half
 * @param temperatures how many were recorded
 * @param heat null where too few were
 * @param others what else ran on the host, null where nobody watched
 */
public record Machine(
        int watched,
        String unit,
        int held,
        Onset onset,
        Double powerFromHours,
        Double firstMhz,
        Double lastMhz,
        int temperatures,
        Heat heat,
        Others others) {
    private static final double FIRST = 1.0 / 12;
    private static final double LAST = 0.5;

    /** When throttling began, where, and why in the device's words. */
    public record Onset(double hours, String caseId, int fork, String why) {}

    /**
     * Processors that others kept busy while forks ran, means over forks.
     *
     * @param firstCores of the first twelfth of the time, null where no fork ended in it
     * @param lastCores of the second half, null likewise
     * @param mostCores of the fork beside which most ran
     * @param mostHours when that fork ended
     */
    public record Others(Double firstCores, Double lastCores, double mostCores, double mostHours) {}

    /** The machine of any run; null where no fork was timed. */
    public static Machine of(BundleReader bundle) throws IOException {
        RunClock clock = new RunClock(bundle.run());
        bundle.iterations(clock::see);
        Map<String, List<ForkTimes>> forks = ForkTimes.of(bundle, clock);
        double hours = ForkTimes.hours(clock.total());
        return forks.isEmpty() || !(hours > 0) ? null : of(bundle, forks, hours);
    }

    static Machine of(BundleReader bundle, Map<String, List<ForkTimes>> forks, double hours) throws IOException {
        Watch watch = new Watch(hours);
        for (List<ForkTimes> ofCase : forks.values()) {
            for (ForkTimes fork : ofCase) {
                for (Sample sample : TelemetryFile.read(bundle.path(), fork.caseId(), fork.fork())) {
                    watch.see(fork, sample);
                }
                watch.see(fork, TelemetryFile.host(bundle.path(), fork.caseId(), fork.fork()));
            }
        }
        return watch.end();
    }

    /** Gathers what was said. */
    private static final class Watch {
        private final double hours;
        private final List<Heat.Reading> readings = new ArrayList<>();
        private final List<Double> firstMhz = new ArrayList<>();
        private final List<Double> lastMhz = new ArrayList<>();
        private final List<Double> firstOthers = new ArrayList<>();
        private final List<Double> lastOthers = new ArrayList<>();
        private double mostOthers = -1;
        private double mostOthersAt;
        private int iterations;
        private int hostForks;
        private int held;
        private Onset onset;
        private Double power;

        Watch(double hours) {
            this.hours = hours;
        }

        void see(ForkTimes fork, Sample sample) {
            if (sample.iteration() < 0 || sample.iteration() >= fork.ends().size()) {
                return;
            }
            double at = fork.ends().get(sample.iteration());
            if (sample.temperatureC() != null) {
                readings.add(new Heat.Reading(at, sample.temperatureC()));
            }
            if (sample.smClockMhz() != null && sample.smClockMhz() > 0 && at <= FIRST * hours) {
                firstMhz.add(sample.smClockMhz());
            } else if (sample.smClockMhz() != null && sample.smClockMhz() > 0 && at >= LAST * hours) {
                lastMhz.add(sample.smClockMhz());
            }
            if (sample.held("power") > 0 && (power == null || at < power)) {
                power = at;
            }
            iterations += sample.tellsReasons() ? 1 : 0;
            if (sample.heldBack()) {
                throttled(at, fork, why(sample));
            }
        }

        void see(ForkTimes fork, TelemetryFile.Host host) {
            double end = fork.ends().get(fork.ends().size() - 1);
            host.temperatureC().ifPresent(celsius -> readings.add(new Heat.Reading(end, celsius)));
            host.othersCores().ifPresent(cores -> beside(end, cores));
            if (host.throttleEvents().isPresent()) {
                hostForks++;
                long events = host.throttleEvents().getAsLong();
                if (events > 0) {
                    throttled(end, fork, "the processor slowed down for heat " + events + "x during that fork");
                }
            }
        }

        private void beside(double at, double cores) {
            if (at <= FIRST * hours) {
                firstOthers.add(cores);
            } else if (at >= LAST * hours) {
                lastOthers.add(cores);
            }
            if (cores > mostOthers) {
                mostOthers = cores;
                mostOthersAt = at;
            }
        }

        private void throttled(double at, ForkTimes fork, String why) {
            held++;
            if (onset == null || at < onset.hours()) {
                onset = new Onset(at, fork.caseId(), fork.fork(), why);
            }
        }

        private static String why(Sample sample) {
            TreeSet<String> causes = new TreeSet<>(sample.clockReasons());
            causes.addAll(HeldBack.counted(sample.heldNs()));
            return String.join(", ", causes);
        }

        Machine end() {
            boolean gpu = iterations > 0;
            return new Machine(
                    gpu ? iterations : hostForks,
                    gpu ? "iterations" : "forks",
                    held,
                    onset,
                    power,
                    mean(firstMhz),
                    mean(lastMhz),
                    readings.size(),
                    Heat.of(readings, hours),
                    mostOthers < 0 ? null : new Others(mean(firstOthers), mean(lastOthers), mostOthers, mostOthersAt));
        }

        private static Double mean(List<Double> values) {
            return values.isEmpty()
                    ? null
                    : values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        }
    }
}
