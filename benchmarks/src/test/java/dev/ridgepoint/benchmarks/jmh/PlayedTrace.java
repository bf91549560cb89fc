package dev.ridgepoint.benchmarks.jmh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.device.cuda.GpuTelemetry.Field;
import dev.ridgepoint.device.cuda.TelemetrySource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Telemetry of one fork, as a bundle holds it, played again in place of a device: what counts up counts up over the trace, and
 * the rest is as each iteration left it. The traces under {@code telemetry/} are made up in that form; one from a GPU may be
 * put beside them as it is.
 */
public final class PlayedTrace implements TelemetrySource {
    private static final Map<Field, String> STATES = Map.of(
            Field.SM_CLOCK_MHZ, "/smClockMhz",
            Field.MEMORY_CLOCK_MHZ, "/memoryClockMhz",
            Field.TEMPERATURE_C, "/temperatureC",
            Field.POWER_MW, "/powerMw",
            Field.POWER_LIMIT_MW, "/powerLimitMw");
    private static final Map<Field, String> COUNTS = counts();

    private static Map<Field, String> counts() {
        Map<Field, String> counts = new EnumMap<>(Field.class);
        counts.put(Field.TIME_NS, "/periodNs");
        counts.put(Field.ENERGY_MJ, "/energyMj");
        Field.causes().forEach(field -> counts.put(field, "/heldNs/" + field.cause()));
        return counts;
    }

    /** What can go wrong with a device's word. */
    public enum Fault {
        NONE,
        /** The SM clock is not told any more from the third iteration on. */
        CLOCK_FALLS_SILENT,
        /** A driver that was loaded anew counts from nothing within the third iteration. */
        COUNTS_START_AGAIN,
        /** Neither a number nor a reason, ever. */
        NOBODY_TELLS
    }

    private static final int FROM = 2;

    private final List<JsonNode> lines;
    private final Fault fault;
    private final Map<Field, Long> counted = new EnumMap<>(Field.class);
    private int reads;

    private PlayedTrace(List<JsonNode> lines, Fault fault) {
        this.lines = lines;
        this.fault = fault;
    }

    /** The lines of a trace under {@code telemetry/}. */
    public static List<String> lines(String name) throws IOException {
        try (InputStream in = PlayedTrace.class.getResourceAsStream("/telemetry/" + name + ".ndjson")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    /** Plays a trace to the recorder of a fork, and answers what the fork says of throttling. */
    public static String into(ForkFiles files, List<String> trace, Fault fault) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : trace) {
            lines.add(new JsonMapper().readTree(line));
        }
        HeldClocks held = new HeldClocks();
        TelemetryLog log = new TelemetryLog(new Instruments(null, new PlayedTrace(lines, fault), held), files);
        for (JsonNode line : lines) {
            log.begin();
            log.end(line.path("iteration").asInt(), line.path("warmup").asBoolean());
        }
        return held.verdict();
    }

    /** Before an iteration, then after it. */
    @Override
    public void read() {
        reads++;
        if (reads % 2 == 0) {
            COUNTS.forEach((field, pointer) ->
                    counted.merge(field, Math.max(0, now().at(pointer).asLong()), Long::sum));
            if (fault == Fault.COUNTS_START_AGAIN && iteration() == FROM) {
                counted.replaceAll((field, count) -> field == Field.TIME_NS ? count : 0L);
            }
        } else if (reads == 1) {
            // A device has been at work before anybody asks.
            COUNTS.keySet().forEach(field -> counted.put(field, 1_000_000_000L));
        }
    }

    @Override
    public long raw(Field field) {
        boolean silent = fault == Fault.CLOCK_FALLS_SILENT && field == Field.SM_CLOCK_MHZ && iteration() >= FROM;
        if (fault == Fault.NOBODY_TELLS || silent) {
            return -1;
        }
        if (field == Field.CLOCK_REASONS) {
            return 0;
        }
        String pointer = STATES.containsKey(field) ? STATES.get(field) : COUNTS.get(field);
        if (!now().at(pointer).isNumber()) {
            return -1;
        }
        return STATES.containsKey(field) ? now().at(pointer).asLong() : counted.get(field);
    }

    @Override
    public List<String> clockReasons() {
        List<String> reasons = new ArrayList<>();
        if (fault != Fault.NOBODY_TELLS) {
            now().path("clockReasons").forEach(reason -> reasons.add(reason.asText()));
        }
        return reasons;
    }

    private int iteration() {
        return (reads - 1) / 2;
    }

    private JsonNode now() {
        return lines.get(iteration());
    }
}
