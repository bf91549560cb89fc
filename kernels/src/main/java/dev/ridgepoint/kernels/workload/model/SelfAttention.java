package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.workload.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A decoder's attention over its own tokens: its projections and its kernel. */
sealed interface SelfAttention permits GroupedAttention, LatentAttention {
    /** The projections a pass runs, as one of {@code devices} holds them. */
    List<Linear> projections(Pass pass, long hidden);

    /** The projections one layer runs once each: of several ways to compute the same, one. */
    default List<Linear> fused(Pass pass, long hidden) {
        return projections(pass, hidden);
    }

    /** What {@link #fused} reads: the layer's own input, which several may share, and others; the last reads attention's output. */
    default List<StepInput> inputs(Pass pass, long hidden, long layers) {
        List<Linear> linears = fused(pass, hidden);
        List<StepInput> inputs = new ArrayList<>();
        inputs.add(new StepInput("quant_in", pass.rows(), hidden, layers));
        for (Linear linear : linears) {
            boolean last = linear == linears.get(linears.size() - 1);
            if (last || linear.k() != hidden) {
                inputs.add(new StepInput("quant_" + linear.role(), pass.rows(), linear.k(), layers));
            }
        }
        return inputs;
    }

    /** The projections as checkpoints store them. */
    List<Linear> stored(long hidden);

    /** The attention kernels of a pass, one for each kind of layer. */
    List<LayerOp> kernels(Pass pass);

    /** The attention of most layers, where keys and values are cached as they are projected. */
    default Optional<AttentionShape> whole(Pass pass) {
        return Optional.empty();
    }

    /** The same with the number of layers of each kind, of {@code layers} in all. */
    List<StepPart> kernelsOf(long layers, Pass pass);

    /** New cache entries on their way into a quantised cache. */
    LayerOp quantisedCache(Pass pass);
}
