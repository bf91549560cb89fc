package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.shape.RowFunction;
import dev.ridgepoint.kernels.shape.RowShape;
import java.util.List;

/** How a transformer normalises tokens between its layers. */
enum Norm {
    RMS("rms", RowFunction.RMSNORM),
    LAYER("layer", RowFunction.LAYERNORM);

    private final String id;
    private final RowFunction function;

    Norm(String id, RowFunction function) {
        this.id = id;
        this.function = function;
    }

    /** The entry's {@code norm}; null where it does not say. */
    static Norm readOrNone(Fields fields) {
        String text = fields.textOrNone("norm");
        if (text == null) {
            return null;
        }
        for (Norm norm : values()) {
            if (norm.id.equals(text)) {
                return norm;
            }
        }
        throw fields.error("norm", "expected rms or layer, got " + text);
    }

    RowFunction function() {
        return function;
    }

    /** What a norm does to so many tokens; nothing for a model that does not say which it has. */
    static List<LayerOp> on(Norm norm, long rows, long hidden) {
        return norm == null
                ? List.of()
                : List.of(new LayerOp.Vectors("norm", new RowShape(norm.function, rows, hidden)));
    }
}
