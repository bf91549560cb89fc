package dev.ridgepoint.analysis.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.HeldBack;
import java.util.ArrayList;
import java.util.List;

/**
 * What a GPU said of itself around one iteration. Counts are -1 and the temperature NaN where it does not tell.
 *
 * @param iteration counted over warm-up and measurement
 * @param periodNs between the readings before and after
 * @param smClockMhz at its end
 * @param temperatureC at its end, in degrees Celsius
 * @param heldByHeatNs for how long heat held clocks back
 * @param heldByBoardNs for how long the board did
 * @param heldByPowerNs for how long the power limit did
 * @param reasons why clocks are where they are at its end
 */
public record Sample(
        int iteration,
        boolean warmup,
        long periodNs,
        long smClockMhz,
        double temperatureC,
        long heldByHeatNs,
        long heldByBoardNs,
        long heldByPowerNs,
        List<String> reasons) {
    static Sample of(JsonNode json) {
        List<String> reasons = new ArrayList<>();
        json.path("clockReasons").forEach(reason -> reasons.add(reason.asText()));
        return new Sample(
                json.path("iteration").asInt(),
                json.path("warmup").asBoolean(),
                json.path("periodNs").asLong(-1),
                json.path("smClockMhz").asLong(-1),
                json.path("temperatureC").asDouble(Double.NaN),
                json.at("/heldNs/heat").asLong(-1),
                json.at("/heldNs/boardLimit").asLong(-1),
                json.at("/heldNs/power").asLong(-1),
                List.copyOf(reasons));
    }

    /** Whether heat or the board held its clocks back, as a case's validity counts it. */
    public boolean heldBack() {
        return HeldBack.is(periodNs, Math.max(heldByHeatNs, heldByBoardNs), reasons);
    }
}
