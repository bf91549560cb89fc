package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.RowFunction;
import dev.ridgepoint.kernels.shape.RowShape;
import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.TaskFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A language model that writes token after token.
 *
 * @param ffn the dense feed-forward layer
 * @param experts what stands in its place in most layers, or null
 * @param norm how tokens are normalised, or null where the entry does not say
 * @param block how its layer is put together, or null where the entry does not say
 */
record Decoder(
        Card card,
        long layers,
        long hidden,
        SelfAttention attention,
        FeedForward ffn,
        Experts experts,
        Norm norm,
        Block block,
        long vocab,
        long maxContext)
        implements Model {
    /** What is added up; a chunk is taken for the last of its prompt, which alone needs logits. */
    private static final Set<Phase> STEPS = Set.of(Phase.PREFILL, Phase.CHUNKED_PREFILL, Phase.DECODE);

    /** More weights than this and a model is served on several devices. */
    private static final long SPLIT_ABOVE = 20_000_000_000L;

    private static final int DEVICES = 8;

    static Model read(Card card, Fields fields) {
        long layers = fields.extent("layers");
        SelfAttention attention =
                fields.has("kv_lora_rank") ? LatentAttention.read(fields) : GroupedAttention.read(fields, layers);
        return new Decoder(
                card,
                layers,
                fields.extent("hidden"),
                attention,
                FeedForward.read(fields),
                Experts.readOrNone(fields),
                Norm.readOrNone(fields),
                Block.readOrNone(fields),
                fields.extent("vocab"),
                fields.extent("max_ctx"));
    }

    @Override
    public TaskFamily family() {
        return TaskFamily.GENERATIVE_TEXT;
    }

    @Override
    public List<Pass> passes() {
        return DecoderPasses.of(maxContext, weights() > SPLIT_ABOVE ? DEVICES : 1);
    }

    /** Elements of all matrices of all layers, without the vocabulary's. */
    public long weights() {
        long dense = experts == null ? layers : experts.denseLayers();
        long mixed = experts == null ? 0 : (layers - dense) * experts.parameters(hidden);
        long projections = attention.stored(hidden).stream()
                .mapToLong(w -> w.role().equals("kv") ? 2 * w.parameters() : w.parameters())
                .sum();
        return layers * projections + dense * ffn.parameters(hidden) + mixed;
    }

    @Override
    public List<LayerOp> layers(Pass pass) {
        checkContext(pass);
        return switch (pass.phase()) {
            case PREFILL, CHUNKED_PREFILL, DECODE, SPEC_VERIFY, MIXED_BATCH -> serve(pass);
            case TRAIN -> train(pass);
            case OFFLINE -> DerivedWork.offline(stored());
            default -> throw noSuchPhase(pass);
        };
    }

    private void checkContext(Pass pass) {
        for (Segment s : pass.sequences()) {
            if (s.seqLenKv() > maxContext) {
                throw new IllegalArgumentException(
                        "kv: " + name() + " holds at most " + maxContext + " tokens, got " + s.seqLenKv());
            }
        }
    }

    private List<LayerOp> serve(Pass pass) {
        long rows = pass.rows();
        List<LayerOp> ops = new ArrayList<>();
        for (Linear linear : attention.projections(pass, hidden)) {
            ops.add(linear.on(rows));
        }
        if (hasDenseLayers()) {
            for (Linear linear : ffn.split(pass.tensorParallel()).projections(hidden)) {
                ops.add(linear.on(rows));
            }
        }
        if (experts != null) {
            ops.addAll(experts.on(pass, hidden));
        }
        ops.add(head(pass).on(logits(pass)));
        ops.addAll(attention.kernels(pass));
        if (pass.tensorParallel() == 1) {
            Linear query = attention.stored(hidden).get(0);
            ops.addAll(DerivedWork.adapters(rows, query.n(), query.k()));
        }
        ops.add(DerivedWork.quantise("quant_in", rows, hidden));
        ops.add(attention.quantisedCache(pass));
        ops.addAll(Norm.on(norm, rows, hidden));
        if (hasDenseLayers()) {
            ops.addAll(ffn.split(pass.tensorParallel()).fused(rows, hidden));
        }
        if (pass.tensorParallel() == 1) {
            ops.add(new LayerOp.Vectors("probs", new RowShape(RowFunction.SOFTMAX, logits(pass), vocab)));
        }
        if (pass.tensorParallel() == 1 && hasDenseLayers()) {
            attention.whole(pass).ifPresent(self -> ops.addAll(Block.on(block, norm, self, true, hidden, ffn)));
        }
        return ops;
    }

    @Override
    public List<StepPart> trip(Pass pass) {
        checkContext(pass);
        if (!STEPS.contains(pass.phase())) {
            throw new IllegalArgumentException(
                    "phase: prompts, their chunks and steps are added up, got " + pass.label());
        }
        long rows = pass.rows();
        long mixed = mixedLayers();
        List<StepPart> parts = new ArrayList<>();
        attention.fused(pass, hidden).forEach(linear -> parts.add(new StepPart(linear.on(rows), layers)));
        parts.addAll(attention.kernelsOf(layers, pass));
        if (layers > mixed) {
            ffn.split(pass.tensorParallel())
                    .projections(hidden)
                    .forEach(linear -> parts.add(new StepPart(linear.on(rows), layers - mixed)));
        }
        if (mixed > 0) {
            experts.step(pass, hidden).forEach(op -> parts.add(new StepPart(op, mixed)));
        }
        parts.add(new StepPart(head(pass).on(logits(pass)), 1));
        return parts;
    }

    @Override
    public List<StepInput> inputs(Pass pass) {
        long mixed = mixedLayers();
        List<StepInput> inputs = new ArrayList<>(attention.inputs(pass, hidden, layers));
        if (layers > mixed) {
            inputs.addAll(ffn.split(pass.tensorParallel()).inputs(pass.rows(), hidden, layers - mixed));
        }
        if (mixed > 0) {
            inputs.addAll(experts.inputs(pass, hidden, mixed));
        }
        inputs.add(new StepInput("quant_head", logits(pass), hidden, 1));
        return inputs;
    }

    private long mixedLayers() {
        return experts == null ? 0 : layers - experts.denseLayers();
    }

    private boolean hasDenseLayers() {
        return experts == null || experts.denseLayers() > 0;
    }

    private Linear head(Pass pass) {
        return Linear.of("head", Split.padded(vocab, pass.tensorParallel()), hidden);
    }

    /** Rows that need logits: only the last of a prompt, every one of a draft. */
    private static long logits(Pass pass) {
        return pass.phase() == Phase.SPEC_VERIFY ? pass.rows() : pass.streams();
    }

    private List<LayerOp> train(Pass pass) {
        List<Linear> linears = new ArrayList<>(attention.projections(pass, hidden));
        if (hasDenseLayers()) {
            linears.addAll(ffn.split(pass.tensorParallel()).projections(hidden));
        }
        if (experts != null) {
            linears.addAll(experts.linears(pass.tensorParallel(), hidden));
        }
        linears.add(head(pass));
        List<LayerOp> ops = new ArrayList<>(DerivedWork.gradients(linears, pass.rows()));
        ops.add(DerivedWork.quantiseGradient(pass.rows(), hidden));
        return ops;
    }

    private List<Linear> stored() {
        List<Linear> stored = new ArrayList<>(attention.stored(hidden));
        if (hasDenseLayers()) {
            stored.addAll(ffn.stored(hidden));
        }
        if (experts != null) {
            stored.addAll(experts.stored(hidden));
        }
        return stored;
    }
}
