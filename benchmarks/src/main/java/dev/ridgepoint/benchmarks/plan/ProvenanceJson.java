package dev.ridgepoint.benchmarks.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.Provenance;
import dev.ridgepoint.kernels.workload.TaskFamily;

/** A provenance as JSON, and back; by hand, because binding records by reflection takes a fork a second. */
final class ProvenanceJson {
    private ProvenanceJson() {}

    static JsonNode write(Provenance from) {
        if (from == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model", from.model()).put("modelCls", from.modelCls()).put("role", from.role());
        json.put("phase", from.phase() == null ? null : from.phase().name());
        json.put("family", from.family() == null ? null : from.family().name());
        json.put("batch", from.batch()).put("length", from.length()).put("source", from.source());
        return json;
    }

    static Provenance read(JsonNode json) {
        if (!json.isObject()) {
            return null;
        }
        String phase = text(json, "phase");
        String family = text(json, "family");
        return new Provenance(
                text(json, "model"),
                text(json, "modelCls"),
                text(json, "role"),
                phase == null ? null : Phase.valueOf(phase),
                family == null ? null : TaskFamily.valueOf(family),
                whole(json, "batch"),
                whole(json, "length"),
                text(json, "source"));
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).isTextual() ? json.get(field).textValue() : null;
    }

    private static Long whole(JsonNode json, String field) {
        return json.path(field).isNumber() ? (Long) json.get(field).longValue() : null;
    }
}
