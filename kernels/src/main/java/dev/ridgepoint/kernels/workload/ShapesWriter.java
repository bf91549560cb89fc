package dev.ridgepoint.kernels.workload;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.kernels.shape.Shape;
import dev.ridgepoint.kernels.shape.ShapeJson;
import java.util.List;

/** Workloads in the words of a {@link ShapesFile}. */
public final class ShapesWriter {
    private ShapesWriter() {}

    /**
     * An entry a workload, in their order, of which {@link ShapesFile#read} makes the same ids and problems. Of where they come
     * from an entry keeps model, role and phase; the rest is the catalogue's.
     */
    public static ArrayNode write(List<Workload> workloads) {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        workloads.forEach(workload -> entries.add(entry(workload)));
        return entries;
    }

    private static ObjectNode entry(Workload workload) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("id", workload.id()).put("op", workload.problem().op());
        entry.put("precision", workload.problem().precisionId());
        Provenance from = workload.provenance();
        if (from != null) {
            put(entry, "model", from.model());
            put(entry, "role", from.role());
            put(entry, "phase", from.phase() == null ? null : PassLabel.word(from.phase()));
        }
        return entry.set("shape", shape(workload.problem().shape()));
    }

    private static void put(ObjectNode entry, String field, String value) {
        if (value != null) {
            entry.put(field, value);
        }
    }

    /** A shape as entries have it: what follows from a quantiser's format is left out, since they must not say it. */
    public static ObjectNode shape(Shape shape) {
        return ShapeJson.write(shape).retain(OwnShape.fields(shape.op()));
    }
}
