package dev.ridgepoint.analysis.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.json.CanonicalJson;
import dev.ridgepoint.results.json.JsonFormatException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Reads one benchmark of a plain JMH file. */
final class JmhEntry {
    private static final List<String> PROTOCOL = List.of(
            "mode",
            "threads",
            "forks",
            "warmupIterations",
            "warmupTime",
            "warmupBatchSize",
            "measurementIterations",
            "measurementTime",
            "measurementBatchSize");
    private static final List<String> CONTEXT = List.of("jmhVersion", "jdkVersion", "vmName", "vmVersion", "jvmArgs");

    private final JsonNode json;
    private final String pointer;

    private JmhEntry(JsonNode json, String pointer) {
        this.json = json;
        this.pointer = pointer;
    }

    /**
     * The case an element stands for.
     *
     * @param shared gives the one instance of equal trees, so that thousands of cases do not each keep their own
     */
    static Entry read(JsonNode json, String pointer, UnaryOperator<JsonNode> shared) throws JsonFormatException {
        return new JmhEntry(json, pointer).read(shared);
    }

    private Entry read(UnaryOperator<JsonNode> shared) throws JsonFormatException {
        if (!json.isObject()) {
            throw fault("", "expected a benchmark, an object");
        }
        String benchmark = text("/benchmark");
        Map<String, String> params = params();
        double[] forkNs = forkNs();
        return new Entry(
                key(benchmark, text("/mode"), params),
                () -> key(benchmark, null, params),
                benchmark,
                params,
                null,
                shared.apply(members(PROTOCOL)),
                shared.apply(members(CONTEXT)),
                null,
                Entry.MEASURED,
                null,
                numbers(forkNs.length),
                forkNs,
                Entry.Health.UNKNOWN,
                Double.NaN);
    }

    private static int[] numbers(int forks) {
        int[] numbers = new int[forks];
        for (int i = 0; i < forks; i++) {
            numbers[i] = i;
        }
        return numbers;
    }

    private static String key(String benchmark, String mode, Map<String, String> params) {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.put("benchmark", benchmark);
        if (mode != null) {
            question.put("mode", mode);
        }
        ObjectNode of = question.putObject("params");
        params.forEach(of::put);
        return CanonicalJson.sha256(question);
    }

    private ObjectNode members(List<String> names) {
        ObjectNode some = JsonNodeFactory.instance.objectNode();
        for (String name : names) {
            if (json.has(name)) {
                some.set(name, json.get(name));
            }
        }
        return some;
    }

    /** JMH leaves the member out where a benchmark has none. */
    private Map<String, String> params() throws JsonFormatException {
        Map<String, String> params = new TreeMap<>();
        JsonNode given = json.path("params");
        if (!given.isMissingNode() && !given.isObject()) {
            throw fault("/params", "expected an object, got " + shown(given));
        }
        for (Map.Entry<String, JsonNode> param : given.properties()) {
            if (!param.getValue().isTextual()) {
                throw fault("/params/" + param.getKey(), "expected a string, got " + shown(param.getValue()));
            }
            params.put(param.getKey(), param.getValue().asText());
        }
        return params;
    }

    private double[] forkNs() throws JsonFormatException {
        ScoreUnit unit = ScoreUnit.of(text("/primaryMetric/scoreUnit"));
        if (unit == null) {
            throw fault(
                    "/primaryMetric/scoreUnit",
                    "expected a time a call or calls a time, such as ns/op, got "
                            + shown(at("/primaryMetric/scoreUnit")));
        }
        boolean histogram = at("/primaryMetric/rawDataHistogram").isArray();
        String name = "/primaryMetric/" + (histogram ? "rawDataHistogram" : "rawData");
        JsonNode forks = at(name);
        if (!forks.isArray() || forks.isEmpty()) {
            throw fault(name, "expected an array of forks, got " + shown(forks));
        }
        double[] means = new double[forks.size()];
        for (int i = 0; i < means.length; i++) {
            means[i] = unit.nsPerCall(forkMean(name + "/" + i, forks.get(i), histogram));
            if (!(means[i] > 0) || Double.isInfinite(means[i])) {
                throw fault(name + "/" + i, "is no time a call above 0: " + means[i] + " ns");
            }
        }
        return means;
    }

    private double forkMean(String at, JsonNode fork, boolean histogram) throws JsonFormatException {
        if (!fork.isArray() || fork.isEmpty()) {
            throw fault(at, "expected an array of iterations, got " + shown(fork));
        }
        double sum = 0;
        for (int i = 0; i < fork.size(); i++) {
            String where = at + "/" + i;
            sum += histogram ? histogramMean(where, fork.get(i)) : positive(where, fork.get(i));
        }
        return sum / fork.size();
    }

    /** Pairs of a score and how often it was seen. */
    private double histogramMean(String at, JsonNode iteration) throws JsonFormatException {
        double sum = 0;
        double count = 0;
        for (int i = 0; i < iteration.size(); i++) {
            double times = positive(at + "/" + i + "/1", iteration.get(i).path(1));
            sum += times * positive(at + "/" + i + "/0", iteration.get(i).path(0));
            count += times;
        }
        if (count == 0) {
            throw fault(at, "expected pairs of a score and a count, got " + shown(iteration));
        }
        return sum / count;
    }

    private double positive(String at, JsonNode value) throws JsonFormatException {
        if (!value.isNumber() || !(value.asDouble() > 0)) {
            throw fault(at, "expected a score above 0, got " + shown(value));
        }
        return value.asDouble();
    }

    private String text(String at) throws JsonFormatException {
        JsonNode value = at(at);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw fault(at, "expected a text, got " + shown(value));
        }
        return value.asText();
    }

    private JsonNode at(String at) {
        return json.at(at);
    }

    private static String shown(JsonNode value) {
        String text = value.isMissingNode() ? "nothing" : value.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    private JsonFormatException fault(String at, String message) {
        return new JsonFormatException(pointer + at, message);
    }
}
