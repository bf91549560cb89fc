package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.workload.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Multi-head, grouped-query or multi-query attention, causal, in some models through a sliding window.
 *
 * @param window keys a windowed layer sees, 0 where none is windowed
 * @param windowed layers that are windowed
 * @param mixed whether global layers stand beside windowed ones
 */
record GroupedAttention(Heads heads, long window, long windowed, boolean mixed) implements SelfAttention {
    static GroupedAttention read(Fields fields, long layers) {
        long window = fields.extentOrNone("window");
        long windowed = fields.extentOrNone("window_layers");
        if ((window == 0) != (windowed == 0)) {
            throw fields.error("window_layers", "a sliding window needs both window and window_layers");
        }
        if (windowed > layers) {
            throw fields.error("window_layers", windowed + " of layers=" + layers);
        }
        return new GroupedAttention(Heads.read(fields, true), window, windowed, windowed < layers);
    }

    @Override
    public List<Linear> projections(Pass pass, long hidden) {
        return heads.split(pass.tensorParallel()).projections(hidden);
    }

    @Override
    public List<Linear> stored(long hidden) {
        return heads.stored(hidden);
    }

    @Override
    public List<LayerOp> kernels(Pass pass) {
        AttentionShape causal = Attentions.causal(pass, heads.split(pass.tensorParallel()));
        boolean windowBites = windowBites(pass);
        List<LayerOp> kernels = new ArrayList<>();
        if (mixed || !windowBites) {
            kernels.add(new LayerOp.Attend("self", causal, pass.cached()));
        }
        if (windowBites && !pass.tree()) {
            String role = mixed ? "self_local" : "self";
            kernels.add(new LayerOp.Attend(role, causal.withWindow(Mask.SLIDING, window), pass.cached()));
        }
        return kernels;
    }

    /** Where a window bites, layers that have it are the most. */
    @Override
    public Optional<AttentionShape> whole(Pass pass) {
        AttentionShape causal = Attentions.causal(pass, heads.split(pass.tensorParallel()));
        return Optional.of(windowBites(pass) && !pass.tree() ? causal.withWindow(Mask.SLIDING, window) : causal);
    }

    private boolean windowBites(Pass pass) {
        return window > 0
                && pass.sequences().stream().mapToLong(Segment::seqLenKv).max().orElse(0) > window;
    }

    /** Where no sequence outgrows the window, windowed layers do what global ones do. */
    @Override
    public List<StepPart> kernelsOf(long layers, Pass pass) {
        List<LayerOp> kinds = kernels(pass);
        if (kinds.size() == 1) {
            return List.of(new StepPart(kinds.get(0), layers));
        }
        return List.of(new StepPart(kinds.get(0), layers - windowed), new StepPart(kinds.get(1), windowed));
    }

    @Override
    public LayerOp quantisedCache(Pass pass) {
        return DerivedWork.quantiseKeys(pass, heads.split(pass.tensorParallel()));
    }
}
