package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.analysis.telemetry.Sample;
import dev.ridgepoint.analysis.telemetry.TelemetryFile;
import java.io.IOException;
import java.nio.file.Path;

/** The SM clock of forks, from the telemetry beside their times. */
final class Clocks {
    private Clocks() {}

    /** Mean MHz over the measured iterations of each fork, or null where a fork's clock is not known throughout. */
    static double[] of(Path bundle, Entry entry) throws IOException {
        double[] clocks = new double[entry.forks().length];
        for (int i = 0; i < clocks.length; i++) {
            clocks[i] = mean(bundle, entry.benchmark(), entry.forks()[i]);
            if (!(clocks[i] > 0)) {
                return null;
            }
        }
        return clocks.length == 0 ? null : clocks;
    }

    private static double mean(Path bundle, String caseId, int fork) throws IOException {
        double sum = 0;
        int measured = 0;
        for (Sample sample : TelemetryFile.read(bundle, caseId, fork)) {
            if (!sample.warmup()) {
                if (sample.smClockMhz() == null || !(sample.smClockMhz() > 0)) {
                    return 0;
                }
                sum += sample.smClockMhz();
                measured++;
            }
        }
        return measured == 0 ? 0 : sum / measured;
    }
}
