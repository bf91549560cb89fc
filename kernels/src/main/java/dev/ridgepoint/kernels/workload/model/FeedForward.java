package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.shape.Epilogue;
import dev.ridgepoint.kernels.shape.GemmShape;
import java.util.List;

/**
 * The two matrices after attention; a gated one computes gate and value in one product of twice the width.
 *
 * @param width inner width, of one branch
 * @param gated whether gate and value are two branches (GLU)
 * @param epilogue what follows the first matrix, element by element, where the entry says so; a gate's function does not, as
 *     it multiplies half of a product by the other half
 */
record FeedForward(long width, boolean gated, Epilogue epilogue) {
    static FeedForward read(Fields fields) {
        FeedForward ffn = new FeedForward(fields.extent("ffn"), fields.flag("ffn_gated"), epilogue(fields));
        if (ffn.gated && ffn.epilogue != Epilogue.NONE) {
            throw fields.error("ffn_epilogue", "a gated layer has none: its function takes half of the product");
        }
        return ffn;
    }

    private static Epilogue epilogue(Fields fields) {
        String text = fields.textOrNone("ffn_epilogue");
        try {
            return text == null ? Epilogue.NONE : Epilogue.parse(text);
        } catch (IllegalArgumentException unknown) {
            throw fields.error("ffn_epilogue", unknown.getMessage());
        }
    }

    FeedForward split(int devices) {
        return new FeedForward(Split.of("ffn", width, devices), gated, epilogue);
    }

    List<Linear> projections(long hidden) {
        return List.of(Linear.of("up", gated ? 2 * width : width, hidden), Linear.of("down", hidden, width));
    }

    /** What both read. */
    List<StepInput> inputs(long rows, long hidden, long layers) {
        return List.of(
                new StepInput("quant_up", rows, hidden, layers), new StepInput("quant_down", rows, width, layers));
    }

    /** The first product with what follows it in one kernel; nothing where the entry does not say what follows. */
    List<LayerOp> fused(long rows, long hidden) {
        return epilogue == Epilogue.NONE
                ? List.of()
                : List.of(new LayerOp.Gemm(
                        "up_fused", GemmShape.of(rows, width, hidden).with(epilogue), false));
    }

    /** The matrices as checkpoints store them: gate and value apart, and alike. */
    List<Linear> stored(long hidden) {
        return List.of(Linear.of("up", width, hidden), Linear.of("down", hidden, width));
    }

    long parameters(long hidden) {
        return projections(hidden).stream().mapToLong(Linear::parameters).sum();
    }
}
