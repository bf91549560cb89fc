package dev.ridgepoint.benchmarks.counts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the launches of one call did, summed and flattened: {@code ptx.globalLoads.sectors}. The first word is the level
 * that was counted at, for a count of PTX instructions is none of a GPU's.
 */
public final class LaunchCounts {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};
    /** Which launch it was: a number, and no count. */
    private static final String NUMBER = "launch";

    private LaunchCounts() {}

    /**
     * Sums launches.
     *
     * @param launches a JSON object each, as the driver writes them
     */
    public static Map<String, Long> sum(List<String> launches) {
        Map<String, Long> sum = new TreeMap<>();
        sum.put("launches", (long) launches.size());
        for (String launch : launches) {
            if (launch.isEmpty()) {
                throw new IllegalStateException("the emulated driver kept no counts of a launch");
            }
            JsonNode counts = read(launch);
            add(counts, counts.path("level").asText("unknown"), sum);
        }
        return sum;
    }

    private static void add(JsonNode counts, String prefix, Map<String, Long> sum) {
        for (Map.Entry<String, JsonNode> count : counts.properties()) {
            String name = prefix + "." + count.getKey();
            if (count.getValue().isObject()) {
                add(count.getValue(), name, sum);
            } else if (count.getValue().isIntegralNumber() && !count.getKey().equals(NUMBER)) {
                sum.merge(name, count.getValue().longValue(), Math::addExact);
            }
        }
    }

    /** The text that {@link #parse} reads. */
    public static String write(Map<String, Long> counts) {
        try {
            return JSON.writeValueAsString(counts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers by name can be written", e);
        }
    }

    public static Map<String, Long> parse(String counts) throws JsonProcessingException {
        return JSON.readValue(counts, COUNTS);
    }

    private static JsonNode read(String launch) {
        try {
            return JSON.readTree(launch);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the emulated driver's counts are no JSON: " + launch, e);
        }
    }
}
