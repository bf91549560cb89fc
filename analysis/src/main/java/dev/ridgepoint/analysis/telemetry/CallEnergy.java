package dev.ridgepoint.analysis.telemetry;

import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Energy a call: what the device's counter rose by over the measured iterations of all forks, divided by the calls made in
 * them. It is the whole device's, idle share included, and covers the moments before and after the calls of an iteration.
 */
public final class CallEnergy {
    private CallEnergy() {}

    /** Joules a call of each case whose device told its energy over every measured iteration; no others. */
    public static Map<String, Double> of(BundleReader bundle, Set<String> cases) throws IOException {
        if (!Files.isDirectory(bundle.path().resolve(Layout.SAMPLES))) {
            return Map.of();
        }
        Map<String, Map<Integer, List<IterationLine>>> measured = new HashMap<>();
        bundle.iterations(line -> {
            if (!line.warmup() && cases.contains(line.caseId())) {
                measured.computeIfAbsent(line.caseId(), any -> new HashMap<>())
                        .computeIfAbsent(line.fork(), any -> new ArrayList<>())
                        .add(line);
            }
        });
        Map<String, Double> joules = new HashMap<>();
        for (Map.Entry<String, Map<Integer, List<IterationLine>>> one : measured.entrySet()) {
            Double found = joules(bundle, one.getKey(), one.getValue());
            if (found != null) {
                joules.put(one.getKey(), found);
            }
        }
        return joules;
    }

    private static Double joules(BundleReader bundle, String caseId, Map<Integer, List<IterationLine>> forks)
            throws IOException {
        double millijoules = 0;
        double calls = 0;
        for (Map.Entry<Integer, List<IterationLine>> fork : forks.entrySet()) {
            Map<Integer, Double> energy = new HashMap<>();
            for (Sample sample : TelemetryFile.read(bundle.path(), caseId, fork.getKey())) {
                energy.put(sample.iteration(), sample.energyMj());
            }
            for (IterationLine line : fork.getValue()) {
                Double over = energy.get(line.iteration());
                if (over == null) {
                    return null;
                }
                millijoules += over;
                calls += line.ops();
            }
        }
        return millijoules > 0 ? millijoules / 1e3 / calls : null;
    }
}
