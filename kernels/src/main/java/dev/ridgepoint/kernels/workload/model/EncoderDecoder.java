package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.TaskFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A model that reads one sequence and writes another: translation, summarisation, speech recognition.
 *
 * <p>Its encoder runs once; its decoder steps, looking back at itself and across to the encoder's states. Beams have a
 * cache each for themselves but share the source, so across they are further queries of one sequence.
 *
 * @param fixedSource encoder positions where the input has one length (Whisper's 30 s window), else 0
 * @param melBins input channels of the convolutions in front (Whisper), else 0
 * @param textContext tokens the decoder may write
 * @param beams hypotheses the published configuration keeps
 * @param norm how tokens are normalised, or null where the entry does not say
 */
record EncoderDecoder(
        Card card,
        long encoderLayers,
        long decoderLayers,
        long hidden,
        Heads heads,
        FeedForward ffn,
        long vocab,
        long maxSource,
        long fixedSource,
        long melBins,
        long textContext,
        long beams,
        Norm norm)
        implements Model {
    private static final long CONV_TAPS = 3;

    static Model read(Card card, Fields fields) {
        long maxContext = fields.extent("max_ctx");
        long text = fields.extentOrNone("text_ctx");
        EncoderDecoder model = new EncoderDecoder(
                card,
                fields.extent("enc_layers"),
                fields.extent("dec_layers"),
                fields.extent("hidden"),
                Heads.read(fields, false),
                FeedForward.read(fields),
                fields.extent("vocab"),
                maxContext,
                fields.extentOrNone("fixed_source"),
                fields.extentOrNone("mel_bins"),
                text == 0 ? maxContext : text,
                Math.max(1, fields.extentOrNone("beams")),
                Norm.readOrNone(fields));
        if (model.fixedSource > maxContext) {
            throw fields.error("fixed_source", model.fixedSource + " exceeds max_ctx=" + maxContext);
        }
        return model;
    }

    @Override
    public TaskFamily family() {
        return TaskFamily.SEQ2SEQ;
    }

    @Override
    public List<Pass> passes() {
        List<Pass> passes = new ArrayList<>();
        List<Long> sources = fixedSource > 0 ? List.of(fixedSource) : List.of(40L, 128L, 512L);
        for (long source : sources) {
            for (long batch : new long[] {1, 8, 64}) {
                passes.add(Pass.encode(batch, source));
                passes.add(Pass.decode(batch, Math.min(64, textContext)).withSource(source));
            }
        }
        long source = sources.get(sources.size() - 1);
        passes.add(Pass.decode(8, Math.min(256, textContext)).withSource(source));
        if (beams > 1) {
            passes.add(Pass.decode(1, 64).withSource(sources.get(0)).withBeams(beams));
            passes.add(Pass.decode(64, 64).withSource(sources.get(0)).withBeams(beams));
        }
        passes.add(Pass.train(8, source));
        passes.add(Pass.offline());
        return passes;
    }

    @Override
    public List<LayerOp> layers(Pass pass) {
        return switch (pass.phase()) {
            case ENCODE -> encode(pass);
            case DECODE -> decode(pass);
            case TRAIN -> train(pass);
            case OFFLINE -> DerivedWork.offline(stored());
            default -> throw noSuchPhase(pass);
        };
    }

    private List<LayerOp> encode(Pass pass) {
        checkSource("s", pass.keys());
        Heads share = heads.split(pass.tensorParallel());
        List<LayerOp> ops = new ArrayList<>();
        for (Linear linear : linears(pass.tensorParallel())) {
            ops.add(linear.on(pass.rows()));
        }
        ops.add(Linear.of("cross_kv", 2 * share.kvWidth(), hidden).on(pass.rows()));
        ops.add(new LayerOp.Attend("self", Attentions.full(pass.batch(), share, pass.keys(), pass.keys()), false));
        ops.add(DerivedWork.quantise("quant_in", pass.rows(), hidden));
        ops.addAll(Norm.on(norm, pass.rows(), hidden));
        ops.addAll(ffn.split(pass.tensorParallel()).fused(pass.rows(), hidden));
        if (melBins > 0) {
            // Two convolutions over time come first; the second halves the frames.
            ops.add(DerivedWork.convolution("conv1", "conv 3", 2 * pass.rows(), hidden, melBins, CONV_TAPS));
            ops.add(DerivedWork.convolution("conv2", "conv 3, stride 2", pass.rows(), hidden, hidden, CONV_TAPS));
        }
        return ops;
    }

    private List<LayerOp> decode(Pass pass) {
        long source = source(pass);
        if (pass.keys() > textContext) {
            throw new IllegalArgumentException("kv: " + name() + " writes at most " + textContext + " tokens");
        }
        Heads share = heads.split(pass.tensorParallel());
        List<LayerOp> ops = new ArrayList<>();
        for (Linear linear : linears(pass.tensorParallel())) {
            ops.add(linear.on(pass.rows()));
        }
        ops.add(Linear.of("cross_q", share.queryWidth(), hidden).on(pass.rows()));
        ops.add(Linear.of("cross_o", hidden, share.queryWidth()).on(pass.rows()));
        ops.add(Linear.of("head", Split.padded(vocab, pass.tensorParallel()), hidden)
                .on(pass.rows()));
        ops.add(new LayerOp.Attend("self", Attentions.causal(pass, share), true));
        ops.add(new LayerOp.Attend("cross", Attentions.full(pass.batch(), share, pass.beams(), source), true));
        ops.add(DerivedWork.quantise("quant_in", pass.rows(), hidden));
        ops.add(DerivedWork.quantiseKeys(pass, share));
        ops.addAll(Norm.on(norm, pass.rows(), hidden));
        ops.addAll(ffn.split(pass.tensorParallel()).fused(pass.rows(), hidden));
        return ops;
    }

    private long source(Pass pass) {
        long source = pass.sourceTokens() == 0 ? fixedSource : pass.sourceTokens();
        if (source == 0) {
            throw new IllegalArgumentException("src: " + name() + " needs the source's length, as in "
                    + pass.withSource(512).label());
        }
        checkSource("src", source);
        return source;
    }

    private void checkSource(String field, long tokens) {
        if (fixedSource > 0 && tokens != fixedSource) {
            throw new IllegalArgumentException(
                    field + ": " + name() + " always reads " + fixedSource + " positions, got " + tokens);
        }
        if (tokens > maxSource) {
            throw new IllegalArgumentException(
                    field + ": " + name() + " reads at most " + maxSource + " tokens, got " + tokens);
        }
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
