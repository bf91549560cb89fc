package dev.ridgepoint.analysis.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ridgepoint.analysis.telemetry.Sample;
import dev.ridgepoint.results.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The strip under a run sequence: clock, temperature, power, and where clocks were held back, on the same iterations. */
final class TelemetryStrip {
    /** States in which a GPU is not held back: it has nothing to do, or runs at clocks that somebody asked for. */
    private static final Set<String> FREE = Set.of("idle", "applicationClocks", "displayClocks");
    /** Keeping to the power limit is what a GPU at work does; everything else is trouble. */
    private static final Set<String> POWER = Set.of("softwarePowerCap", "power");
    /** A share of an iteration below which nobody could see it in a time. */
    private static final double NOTICED = 0.01;

    private static final Map<String, Function<Sample, Double>> TRACKS = tracks();

    private TelemetryStrip() {}

    private static Map<String, Function<Sample, Double>> tracks() {
        Map<String, Function<Sample, Double>> tracks = new LinkedHashMap<>();
        tracks.put("SM clock, MHz", Sample::smClockMhz);
        tracks.put("temperature, °C", Sample::temperatureC);
        tracks.put("power, W", sample -> sample.powerMw() == null ? null : sample.powerMw() / 1e3);
        return tracks;
    }

    /** What is to be seen below the sequences, or why nothing is. */
    static String sentence(List<SequencePlots.Sequence> sequences, Context.Device device) {
        long told = sequences.stream()
                .filter(sequence -> !sequence.telemetry().isEmpty())
                .count();
        if (told == 0) {
            return device.kind().equals("cpu")
                    ? "No telemetry: clock, temperature and power are recorded of GPUs only."
                    : "No telemetry is recorded in this bundle, so nothing is known of clock, temperature and power.";
        }
        return "Below each, on the same axis: what the device said of itself at the end of each iteration, and where its"
                + " clocks were held back (filled: by heat, its board or others; hollow: by its power limit, as they are under load)."
                + (told == sequences.size()
                        ? ""
                        : " " + Numbers.count(sequences.size() - told) + " of these cases have no telemetry.");
    }

    /** Writes the member {@code telemetry} of one fork: a list a track, and what held the clocks back. */
    static void write(JsonGenerator json, List<Sample> samples) throws IOException {
        json.writeObjectFieldStart("telemetry");
        json.writeArrayFieldStart("at");
        for (Sample sample : samples) {
            json.writeNumber(sample.iteration());
        }
        json.writeEndArray();
        json.writeObjectFieldStart("tracks");
        for (Map.Entry<String, Function<Sample, Double>> track : TRACKS.entrySet()) {
            json.writeArrayFieldStart(track.getKey());
            for (Sample sample : samples) {
                Double value = track.getValue().apply(sample);
                if (value == null) {
                    json.writeNull();
                } else {
                    json.writeNumber(value);
                }
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeBooleanField("tellsReasons", samples.stream().anyMatch(Sample::tellsReasons));
        json.writeArrayFieldStart("held");
        for (Sample sample : samples) {
            held(json, sample);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Null where clocks were free; else a text, and whether it was no more than the power limit. */
    private static void held(JsonGenerator json, Sample sample) throws IOException {
        List<String> words = new ArrayList<>();
        boolean trouble = false;
        for (String reason : sample.clockReasons()) {
            if (!FREE.contains(reason)) {
                words.add(Names.oneLine(reason));
                trouble |= !POWER.contains(reason);
            }
        }
        for (Map.Entry<String, Long> cause : new TreeMap<>(sample.heldNs()).entrySet()) {
            double share = sample.periodNs() == null ? 1 : cause.getValue() / (double) Math.max(1, sample.periodNs());
            if (share > NOTICED) {
                words.add(String.format(
                        Locale.ROOT,
                        "%s %s",
                        Names.oneLine(cause.getKey()),
                        sample.periodNs() == null
                                ? "for a time"
                                : "for " + Numbers.percent(Math.min(1, share)) + " of it"));
                trouble |= !POWER.contains(cause.getKey());
            }
        }
        if (words.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("why", String.join(", ", words));
        json.writeBooleanField("trouble", trouble);
        json.writeEndObject();
    }
}
