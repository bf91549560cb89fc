package dev.ridgepoint.analysis.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.json.CanonicalJson;
import dev.ridgepoint.results.json.JsonFormatException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One state of an nvbench file: a benchmark at one point of its axes on one device.
 *
 * @param key digest of benchmark, axis values and device
 * @param problemKey digest without the device
 * @param protocol which time it is where it is not the usual one, and when the run was to stop
 * @param context device and version
 * @param ns mean nanoseconds an execution, NaN where there is none
 * @param reason why there is none
 */
record NvbenchState(
        String key,
        String problemKey,
        String benchmark,
        Map<String, String> params,
        ObjectNode protocol,
        ObjectNode context,
        double ns,
        String reason) {

    /** Isolated executions by events on a flushed cache first; then what benchmarks without them have. */
    private static final List<String> TIMES =
            List.of("nv/cold/time/gpu/mean", "nv/batch/time/gpu/mean", "nv/cpu_only/time/cpu/mean");

    private static final List<String> PROTOCOL = List.of(
            "min_samples",
            "min_time",
            "max_noise",
            "cold_warmup_runs",
            "cold_max_warmup_walltime",
            "batch_target_time",
            "skip_time",
            "timeout");

    static NvbenchState of(
            String benchmark, JsonNode state, String pointer, Map<Integer, ObjectNode> contexts, Path file)
            throws JsonFormatException {
        if (!state.isObject()) {
            throw new JsonFormatException(pointer, "expected a state, an object");
        }
        ObjectNode context = contexts.get(state.path("device").asInt(-1));
        if (context == null) {
            throw new JsonFormatException(pointer + "/device", "is none of the file's devices");
        }
        Map<String, String> params = params(state.path("axis_values"), pointer + "/axis_values");
        ObjectNode protocol = JsonNodeFactory.instance.objectNode();
        PROTOCOL.stream().filter(state::has).forEach(name -> protocol.set(name, state.get(name)));
        String why =
                state.path("is_skipped").asBoolean() ? state.path("skip_reason").asText("nvbench skipped it") : null;
        double ns = Double.NaN;
        if (why == null) {
            String tag = TIMES.stream()
                    .filter(name -> summary(state, name) != null)
                    .findFirst()
                    .orElse(null);
            if (tag == null) {
                why = "has none of the times " + String.join(", ", TIMES);
            } else {
                if (!tag.equals(TIMES.get(0))) {
                    protocol.put("time", tag);
                }
                ns = nanoseconds(summary(state, tag), pointer + "/summaries", tag);
            }
        }
        String problem = key(benchmark, params, null);
        return new NvbenchState(
                key(benchmark, params, state.path("device").asInt()),
                problem,
                benchmark,
                params,
                protocol,
                context,
                ns,
                why);
    }

    private static Map<String, String> params(JsonNode values, String pointer) throws JsonFormatException {
        Map<String, String> params = new TreeMap<>();
        for (int i = 0; i < values.size(); i++) {
            JsonNode axis = values.path(i);
            if (!axis.path("name").isTextual() || !axis.path("value").isValueNode()) {
                throw new JsonFormatException(pointer + "/" + i, "expected an axis with a name and a value");
            }
            if (params.put(axis.path("name").asText(), axis.path("value").asText()) != null) {
                throw new JsonFormatException(pointer + "/" + i, "the axis is there twice");
            }
        }
        return params;
    }

    /** The value of a summary, null where the state has none of that tag. */
    private static JsonNode summary(JsonNode state, String tag) {
        for (JsonNode summary : state.path("summaries")) {
            if (summary.path("tag").asText().equals(tag)) {
                for (JsonNode datum : summary.path("data")) {
                    if (datum.path("name").asText().equals("value")) {
                        return datum.path("value");
                    }
                }
            }
        }
        return null;
    }

    private static double nanoseconds(JsonNode value, String pointer, String tag) throws JsonFormatException {
        double seconds;
        try {
            seconds = value.isNumber() ? value.asDouble() : Double.parseDouble(value.asText());
        } catch (NumberFormatException noNumber) {
            seconds = Double.NaN;
        }
        if (!(seconds > 0) || Double.isInfinite(seconds * 1e9)) {
            String text = value.toString();
            throw new JsonFormatException(
                    pointer, tag + ": expected seconds above 0, got " + text.substring(0, Math.min(60, text.length())));
        }
        return seconds * 1e9;
    }

    private static String key(String benchmark, Map<String, String> params, Integer device) {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.put("nvbench", benchmark);
        if (device != null) {
            question.put("device", device);
        }
        ObjectNode of = question.putObject("params");
        params.forEach(of::put);
        return CanonicalJson.sha256(question);
    }
}
