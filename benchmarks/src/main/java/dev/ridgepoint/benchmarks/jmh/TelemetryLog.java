package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.device.cuda.GpuTelemetry.Field;
import dev.ridgepoint.device.cuda.TelemetrySource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes down what a GPU says of itself around each iteration. The device is asked before and after and never during
 * one: its driver takes locks that launches need too.
 */
final class TelemetryLog {
    private static final Map<Field, String> STATES = Map.of(
            Field.SM_CLOCK_MHZ, "smClockMhz",
            Field.MEMORY_CLOCK_MHZ, "memoryClockMhz",
            Field.TEMPERATURE_C, "temperatureC",
            Field.POWER_MW, "powerMw",
            Field.POWER_LIMIT_MW, "powerLimitMw");
    private final TelemetrySource telemetry;
    private final ForkFiles files;
    private final HeldClocks held;
    private final long[] before = new long[Field.values().length];

    TelemetryLog(Instruments instruments, ForkFiles files) {
        this.telemetry = instruments.telemetry();
        this.held = instruments.held();
        this.files = files;
    }

    void begin() {
        telemetry.read();
        Arrays.setAll(before, i -> telemetry.raw(Field.values()[i]));
    }

    void end(int iteration, boolean warmup) {
        telemetry.read();
        if (!warmup) {
            held.see(delta(Field.TIME_NS), heldNs(), telemetry);
        }
        StringBuilder line = new StringBuilder();
        line.append("{\"iteration\":").append(iteration).append(",\"warmup\":").append(warmup);
        line.append(",\"periodNs\":").append(orNull(delta(Field.TIME_NS)));
        new TreeMap<>(STATES)
                .forEach((field, name) ->
                        line.append(",\"").append(name).append("\":").append(orNull(telemetry.raw(field))));
        line.append(",\"energyMj\":").append(orNull(delta(Field.ENERGY_MJ)));
        line.append(",\"clockReasons\":")
                .append(telemetry.clockReasons().stream()
                        .map(reason -> '"' + reason + '"')
                        .collect(Collectors.joining(",", "[", "]")));
        line.append(",\"heldNs\":")
                .append(Field.causes().stream()
                        .map(field -> '"' + field.cause() + "\":" + orNull(delta(field)))
                        .collect(Collectors.joining(",", "{", "}")));
        append(line.append("}\n"));
    }

    /** For how long each cause held clocks back, of those that the device tells. */
    private Map<String, Long> heldNs() {
        return Field.causes().stream()
                .filter(field -> delta(field) >= 0)
                .collect(Collectors.toMap(Field::cause, this::delta));
    }

    /** What was added since the iteration began, -1 where nobody tells. */
    private long delta(Field field) {
        long then = before[field.ordinal()];
        long now = telemetry.raw(field);
        return then < 0 || now < then ? -1 : now - then;
    }

    private static String orNull(long value) {
        return value < 0 ? "null" : String.format(Locale.ROOT, "%d", value);
    }

    private void append(CharSequence line) {
        Path file = files.telemetry();
        try {
            Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
