package dev.ridgepoint.analysis.economics;

import dev.ridgepoint.analysis.telemetry.Sample;
import dev.ridgepoint.analysis.telemetry.TelemetryFile;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Energy of each case of a bundle, from the telemetry beside its iterations. */
public final class EnergyOfRun {
    /** Calls of the measured iterations of a case, by fork and iteration. */
    private final Map<String, Map<Integer, Map<Integer, Long>>> calls = new HashMap<>();

    private final Path bundle;
    private final boolean telemetry;

    private EnergyOfRun(Path bundle, boolean telemetry) {
        this.bundle = bundle;
        this.telemetry = telemetry;
    }

    /** Reads how many calls each iteration made. */
    public static EnergyOfRun of(BundleReader reader) throws IOException {
        EnergyOfRun run =
                new EnergyOfRun(reader.path(), Files.isDirectory(reader.path().resolve(Layout.SAMPLES)));
        if (run.telemetry) {
            reader.iterations(line -> {
                if (!line.warmup()) {
                    run.calls
                            .computeIfAbsent(line.caseId(), id -> new HashMap<>())
                            .computeIfAbsent(line.fork(), fork -> new HashMap<>())
                            .put(line.iteration(), line.ops());
                }
            });
        }
        return run;
    }

    /** Whether the bundle holds telemetry of any case. */
    public boolean hasTelemetry() {
        return telemetry;
    }

    /** The energy of a case; null where an iteration's is not known, or all windows together are too short. */
    public Energy of(String caseId) throws IOException {
        Map<Integer, Map<Integer, Long>> forks = calls.getOrDefault(caseId, Map.of());
        double[] sums = new double[3];
        for (Map.Entry<Integer, Map<Integer, Long>> fork : forks.entrySet()) {
            if (!add(TelemetryFile.read(bundle, caseId, fork.getKey()), fork.getValue(), sums)) {
                return null;
            }
        }
        double seconds = sums[1];
        return seconds < Energy.LEAST_SECONDS || !(sums[0] > 0)
                ? null
                : new Energy(sums[0] / sums[2], sums[0] / seconds, seconds);
    }

    /** Adds joules, seconds and calls of a fork; false where one of its iterations has no energy. */
    private static boolean add(List<Sample> samples, Map<Integer, Long> iterations, double[] sums) {
        int found = 0;
        for (Sample sample : samples) {
            Long made = iterations.get(sample.iteration());
            if (made != null) {
                // The counter may stand still over a short iteration; what is not told is no number at all.
                if (sample.energyMj() == null || sample.periodNs() == null) {
                    return false;
                }
                sums[0] += sample.energyMj() / 1e3;
                sums[1] += sample.periodNs() / 1e9;
                sums[2] += made;
                found++;
            }
        }
        return found == iterations.size();
    }
}
