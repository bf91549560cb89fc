package dev.ridgepoint.analysis.classify.heldout;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One labelled line: what happens, in which words, and what it is by definition. */
final class HeldoutCase {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    final ObjectNode json = NODES.objectNode();

    HeldoutCase(String op, ObjectNode shape, HeldoutModel model, String role) {
        json.put("id", "").put("split", "heldout").put("op", op);
        json.set("shape", shape);
        json.putObject("precision");
        json.putObject("hardware");
        ObjectNode context = json.putObject("context")
                .put("model", model.name())
                .put("family", model.family())
                .put("model_cls", model.cls());
        if (role != null) {
            context.put("role", role);
        }
        json.putObject("labels").put("task_family", model.taskFamily());
    }

    /** The truth, by the definitions. */
    HeldoutCase is(String workloadClass, String phase, String identifiable, String hard) {
        labels().put("workload_class", workloadClass).put("phase", phase);
        json.put("identifiable", identifiable).put("hard", hard);
        return this;
    }

    HeldoutCase family(String family) {
        labels().put("task_family", family);
        return this;
    }

    ObjectNode labels() {
        return (ObjectNode) json.get("labels");
    }

    ObjectNode shape() {
        return (ObjectNode) json.get("shape");
    }

    void precision(String label, double act, double weight, double kv, double out, String peak) {
        ObjectNode precision = (ObjectNode) json.get("precision");
        precision.put("label", label);
        if (act > 0) {
            precision
                    .put("act_bytes", act)
                    .put("weight_bytes", weight)
                    .put("kv_bytes", kv)
                    .put("out_bytes", out);
        }
        precision.put("peak", peak);
    }

    void hardware(String name, double peak, double bandwidth, String launch, double floorUs) {
        ((ObjectNode) json.get("hardware"))
                .put("name", name)
                .put("peak_tflops", peak)
                .put("bandwidth_tbs", bandwidth)
                .put("launch", launch)
                .put("launch_floor_us", floorUs);
    }

    void work(PlainWork work, double peak, double bandwidth, double floorUs) {
        labels().put("regime", work.regime(peak, bandwidth, floorUs));
        var acceptable = labels().putArray("regime_acceptable");
        work.acceptable(peak, bandwidth, floorUs).forEach(acceptable::add);
        json.putObject("reference").put("flops", work.flops()).put("bytes", work.bytes());
    }
}
