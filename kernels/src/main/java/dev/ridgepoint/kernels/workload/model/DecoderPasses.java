package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.Phase;
import java.util.ArrayList;
import java.util.List;

/** The passes listed for language models: prompts, steps and what servers make of them. */
final class DecoderPasses {
    /** Tokens a turn of an agent adds, and what the cache then holds: medians of published traces. */
    private static final Pass AGENT_TURN = Pass.chunk(1, 857, 126857);

    private DecoderPasses() {}

    /**
     * All passes that fit a context.
     *
     * @param devices tensor-parallel devices such a model is served on; 1 lists no split passes
     */
    static List<Pass> of(long maxContext, int devices) {
        List<Pass> passes = new ArrayList<>();
        passes.addAll(prompts());
        passes.addAll(steps());
        passes.addAll(served());
        if (devices > 1) {
            passes.add(Pass.prefill(1, 2048).withTensorParallel(devices));
            passes.add(Pass.decode(1, 2048).withTensorParallel(devices));
            passes.add(Pass.decode(64, 2048).withTensorParallel(devices));
        }
        passes.removeIf(pass -> longest(pass) > maxContext);
        passes.add(Pass.train(4, Math.min(2048, maxContext)));
        passes.add(Pass.offline());
        return passes;
    }

    private static List<Pass> prompts() {
        return List.of(
                Pass.prefill(1, 128),
                Pass.prefill(1, 512),
                Pass.prefill(1, 2048),
                Pass.prefill(1, 8192),
                Pass.prefill(1, 32768),
                Pass.prefill(8, 1024),
                Pass.chunk(1, 512, 1024),
                Pass.chunk(1, 512, 4096),
                Pass.chunk(1, 512, 32768),
                AGENT_TURN);
    }

    private static List<Pass> steps() {
        List<Pass> steps = new ArrayList<>();
        for (long batch : new long[] {1, 8, 64, 256}) {
            for (long keys : new long[] {512, 2048, 8192}) {
                steps.add(Pass.decode(batch, keys));
            }
        }
        steps.add(Pass.decode(1, 32768));
        steps.add(Pass.decode(1, 131072));
        steps.add(Pass.decode(1, 1024).withBeams(4));
        steps.add(Pass.decode(16, 2048).withPages(16));
        return steps;
    }

    private static List<Pass> served() {
        return List.of(
                Pass.ragged(
                        Phase.DECODE,
                        new Segment(4, 1, 128),
                        new Segment(4, 1, 700),
                        new Segment(4, 1, 1500),
                        new Segment(4, 1, 2048)),
                Pass.ragged(Phase.MIXED_BATCH, new Segment(1, 512, 2048), new Segment(32, 1, 2048)),
                Pass.ragged(Phase.MIXED_BATCH, new Segment(1, 448, 448), new Segment(64, 1, 1024)),
                Pass.verify(1, 5, 2048),
                Pass.verify(64, 5, 2048),
                Pass.verify(1, 16, 2048).withTree());
    }

    private static long longest(Pass pass) {
        return pass.sequences().stream().mapToLong(Segment::seqLenKv).max().orElse(0);
    }
}
