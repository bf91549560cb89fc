package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.analysis.telemetry.Sample;
import dev.ridgepoint.analysis.telemetry.TelemetryFile;
import dev.ridgepoint.results.bundle.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The SM clock of forks, from the telemetry beside their times. */
final class Clocks {
    private Clocks() {}

    /** Mean MHz over the measured iterations of each fork, or null where a fork's clock is not known throughout. */
    static double[] of(Path bundle, Entry entry) throws IOException {
        double[] clocks = new double[entry.forks().length];
        for (int i = 0; i < clocks.length; i++) {
            clocks[i] = mean(TelemetryFile.read(bundle.resolve(Layout.telemetry(entry.benchmark(), entry.forks()[i]))));
            if (!(clocks[i] > 0)) {
                return null;
            }
        }
        return clocks.length == 0 ? null : clocks;
    }

    private static double mean(List<Sample> samples) {
        List<Sample> measured =
                samples.stream().filter(sample -> !sample.warmup()).toList();
        boolean known = measured.stream().allMatch(sample -> sample.smClockMhz() > 0);
        return known ? measured.stream().mapToLong(Sample::smClockMhz).average().orElse(0) : 0;
    }
}
