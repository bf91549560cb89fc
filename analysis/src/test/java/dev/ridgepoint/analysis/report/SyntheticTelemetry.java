package dev.ridgepoint.analysis.report;

import dev.ridgepoint.results.IterationLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a made-up GPU says around iterations: warming up, held back by its power limit late, and by heat where it throttles. */
final class SyntheticTelemetry {
    /** Watts at work. */
    static final double WATTS = 640;

    private static final long PERIOD_NS = 250_000_000;

    private SyntheticTelemetry() {}

    static Path write(Path file, SyntheticCase.Course course, int fork, List<IterationLine> lines) throws IOException {
        StringBuilder out = new StringBuilder();
        for (IterationLine line : lines) {
            int i = line.iteration();
            boolean hot = course == SyntheticCase.Course.THROTTLED && i >= 5;
            boolean capped = !hot && i >= 8 && fork % 2 == 0;
            int clock = hot ? 1700 : capped ? 1935 : 1980;
            out.append(String.format(
                    Locale.ROOT,
                    "{\"iteration\":%d,\"warmup\":%b,\"periodNs\":%d,\"memoryClockMhz\":2619,\"powerLimitMw\":700000,"
                            + "\"powerMw\":%.0f,\"smClockMhz\":%d,\"temperatureC\":%d,\"energyMj\":%.0f,\"clockReasons\":[%s],"
                            + "\"heldNs\":{\"heat\":%d,\"power\":%d,\"syncBoost\":null}}%n",
                    i,
                    line.warmup(),
                    PERIOD_NS,
                    1e3 * WATTS,
                    clock,
                    44 + 2 * i + fork,
                    WATTS * PERIOD_NS / 1e6,
                    hot ? "\"softwareThermalSlowdown\"" : capped ? "\"softwarePowerCap\"" : "",
                    hot ? PERIOD_NS / 5 : 0,
                    capped ? PERIOD_NS / 10 : 0));
        }
        return Files.writeString(file, out);
    }
}
