package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.RowFunction;
import dev.ridgepoint.kernels.shape.RowShape;
import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.TaskFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A transformer that reads whole texts: BERT and its kin, sentence embedders, cross-encoders, CLIP's text tower.
 *
 * @param mask full, or causal in CLIP, which encodes all the same
 * @param window keys a local layer sees around a position, 0 where every layer is global
 * @param globalEvery one layer in so many is global, 0 where all are
 * @param relPositions relative-position vectors of disentangled attention, else 0
 * @param norm how tokens are normalised, or null where the entry does not say
 * @param block how its layer is put together, or null where the entry does not say
 */
record Encoder(
        Card card,
        long layers,
        long hidden,
        Heads heads,
        FeedForward ffn,
        long vocab,
        long maxContext,
        Mask mask,
        long window,
        long globalEvery,
        long relPositions,
        Norm norm,
        Block block)
        implements Model {
    private static final List<Long> BATCHES = List.of(1L, 8L, 64L);
    private static final List<Long> LENGTHS = List.of(32L, 128L, 384L, 512L, 2048L, 8192L);
    /** Beyond this many tokens a pass no serving batch of an encoder goes. */
    private static final long MOST_ROWS = 65536;

    /** Labels of a yes-or-no classifier: sentiment, spam. */
    private static final long BINARY = 2;

    static Model read(Card card, Fields fields) {
        Encoder encoder = new Encoder(
                card,
                fields.extent("layers"),
                fields.extent("hidden"),
                Heads.read(fields, false),
                FeedForward.read(fields),
                fields.extent("vocab"),
                fields.extent("max_ctx"),
                mask(fields),
                fields.extentOrNone("window"),
                fields.extentOrNone("global_every"),
                fields.extentOrNone("rel_positions"),
                Norm.readOrNone(fields),
                Block.readOrNone(fields));
        if ((encoder.window == 0) != (encoder.globalEvery == 0)) {
            throw fields.error("global_every", "local layers need both window and global_every");
        }
        return encoder;
    }

    private static Mask mask(Fields fields) {
        return switch (fields.text("mask")) {
            case "full" -> Mask.FULL;
            case "causal" -> Mask.CAUSAL;
            default -> throw fields.error("mask", "expected full or causal");
        };
    }

    @Override
    public TaskFamily family() {
        return TaskFamily.UNDERSTANDING;
    }

    @Override
    public List<Pass> passes() {
        List<Pass> passes = new ArrayList<>();
        List<Long> lengths = Stream.concat(LENGTHS.stream(), Stream.of(maxContext))
                .filter(s -> s <= maxContext)
                .distinct()
                .sorted()
                .toList();
        for (long batch : BATCHES) {
            for (long length : lengths) {
                if (batch * length <= MOST_ROWS) {
                    passes.add(Pass.encode(batch, length));
                }
            }
        }
        passes.add(Pass.train(32, Math.min(128, maxContext)));
        passes.add(Pass.offline());
        return passes;
    }

    @Override
    public List<LayerOp> layers(Pass pass) {
        return switch (pass.phase()) {
            case ENCODE -> encode(pass);
            case TRAIN -> train(pass);
            case OFFLINE -> DerivedWork.offline(stored());
            default -> throw noSuchPhase(pass);
        };
    }

    private List<LayerOp> encode(Pass pass) {
        Heads share = heads.split(pass.tensorParallel());
        List<LayerOp> ops = new ArrayList<>();
        for (Linear linear : linears(pass.tensorParallel())) {
            ops.add(linear.on(pass.rows()));
        }
        ops.add(Linear.of("pool", hidden, hidden).on(pass.batch()));
        ops.add(Linear.of("cls2", BINARY, hidden).on(pass.batch()));
        ops.addAll(attention(pass, share));
        ops.add(DerivedWork.quantise("quant_in", pass.rows(), hidden));
        ops.add(DerivedWork.quantise("quant_pool", pass.batch(), hidden));
        ops.addAll(Norm.on(norm, pass.rows(), hidden));
        if (pass.tensorParallel() == 1) {
            ops.addAll(Block.on(block, norm, global(pass, share), false, hidden, ffn));
        }
        ops.addAll(ffn.split(pass.tensorParallel()).fused(pass.rows(), hidden));
        if (relPositions == 0) {
            long rows = pass.batch() * share.query() * pass.keys();
            ops.add(new LayerOp.Vectors("scores", new RowShape(RowFunction.SOFTMAX, rows, pass.keys())));
        }
        return ops;
    }

    /** The layers alone: what is asked of their last states (a pooler, a classifier) differs from task to task. */
    @Override
    public List<StepPart> trip(Pass pass) {
        if (pass.phase() != Phase.ENCODE) {
            throw new IllegalArgumentException("phase: passes that encode are added up, got " + pass.label());
        }
        List<StepPart> parts = new ArrayList<>();
        linears(pass.tensorParallel()).forEach(linear -> parts.add(new StepPart(linear.on(pass.rows()), layers)));
        List<LayerOp> kinds = attention(pass, heads.split(pass.tensorParallel()));
        // The first layer is global, then every globalEvery-th; where no text outgrows the window, all do the same.
        long global = kinds.size() == 1 ? layers : (layers + globalEvery - 1) / globalEvery;
        parts.add(new StepPart(kinds.get(0), global));
        if (layers > global) {
            parts.add(new StepPart(kinds.get(1), layers - global));
        }
        return parts;
    }

    @Override
    public List<StepInput> inputs(Pass pass) {
        Heads share = heads.split(pass.tensorParallel());
        List<StepInput> inputs = new ArrayList<>();
        inputs.add(new StepInput("quant_in", pass.rows(), hidden, layers));
        inputs.add(new StepInput("quant_o", pass.rows(), share.queryWidth(), layers));
        inputs.addAll(ffn.split(pass.tensorParallel()).inputs(pass.rows(), hidden, layers));
        return inputs;
    }

    private AttentionShape global(Pass pass, Heads share) {
        return new AttentionShape(
                pass.batch(),
                share.query(),
                share.kv(),
                pass.keys(),
                pass.keys(),
                share.dim(),
                share.dim(),
                mask,
                0,
                0,
                false,
                relPositions,
                List.of());
    }

    private List<LayerOp> attention(Pass pass, Heads share) {
        long length = pass.keys();
        if (length > maxContext) {
            throw new IllegalArgumentException("s: " + name() + " reads at most " + maxContext + " tokens");
        }
        AttentionShape global = global(pass, share);
        List<LayerOp> ops = new ArrayList<>();
        ops.add(new LayerOp.Attend("self", global, false));
        if (window > 0 && length > window) {
            ops.add(new LayerOp.Attend("self_local", global.withWindow(Mask.LOCAL, window), false));
        }
        return ops;
    }

    private List<LayerOp> train(Pass pass) {
        List<LayerOp> ops = new ArrayList<>(DerivedWork.gradients(linears(pass.tensorParallel()), pass.rows()));
        ops.add(DerivedWork.quantiseGradient(pass.rows(), hidden));
        return ops;
    }

    private List<Linear> linears(int devices) {
        return Stream.concat(
                        heads.split(devices).projections(hidden).stream(),
                        ffn.split(devices).projections(hidden).stream())
                .toList();
    }

    private List<Linear> stored() {
        return Stream.concat(heads.stored(hidden).stream(), ffn.stored(hidden).stream())
                .toList();
    }
}
