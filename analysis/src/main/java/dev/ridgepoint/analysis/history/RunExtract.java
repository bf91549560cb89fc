package dev.ridgepoint.analysis.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * One run cut down to what a history needs.
 *
 * @param started UTC
 * @param protocol digest of how times were taken
 * @param context what decides a time beside the question and the kernel
 * @param points measured cases
 */
record RunExtract(String runId, String started, String protocol, JsonNode context, List<RunPoint> points) {
    RunExtract {
        Instant.parse(started);
        points = List.copyOf(points);
    }
}
