package dev.ridgepoint.analysis.classify;

import static dev.ridgepoint.analysis.classify.Story.*;

import dev.ridgepoint.kernels.shape.GemmShape;
import java.util.List;

/** What the weight [N, K] of a GEMM says about the model that owns it. */
final class WeightClues implements Clues {
    /** Width up to which recurrent networks and generators are published. */
    static final long WIDEST = 2816;

    static final Odds TOO_WIDE = Odds.all(1)
            .but(.02, GENERATOR_MAP, GENERATOR_DENSE, RNN_INPUT, RNN_STEP, RNN_SEQ2SEQ_INPUT, RNN_SEQ2SEQ_STEP);

    private static final Odds GROUPED =
            Odds.all(.002).but(.25, PROMPT, CHUNK, STEP, VERIFY, HYBRID).but(.1, GRADIENT);
    /** Sub-byte weights are for models that would not fit otherwise. */
    private static final Odds SUB_BYTE = Odds.all(.01)
            .but(.15, PROMPT, LAST_TOKEN_HEAD, CHUNK, STEP, VERIFY, HYBRID)
            .but(.03, DENOISE);

    private static final Odds CONVOLUTION =
            Odds.all(.001).but(.2, DENOISE, GENERATOR_MAP).but(.02, SEQ2SEQ_ENCODE, GRADIENT);
    private static final Odds CELL =
            Odds.all(.001).but(.8, RNN_STEP, RNN_SEQ2SEQ_STEP).but(.1, RNN_INPUT, RNN_SEQ2SEQ_INPUT);

    private final Knowledge knowledge;

    WeightClues(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    @Override
    public void weigh(Descriptor descriptor, Belief belief) {
        if (!(descriptor.shape() instanceof GemmShape gemm)) {
            return;
        }
        Weight weight = new Weight(gemm.n(), gemm.k());
        Long tokens = descriptor.hints().tokensOf(gemm.m());
        WeightKind kind = WeightKind.of(gemm.n(), gemm.k(), knowledge.vocabularies.contains(gemm.n()));
        Odds odds = knowledge.odds(
                knowledge.weights.shares(weight, tokens),
                kind.odds(),
                architecture -> size(architecture, weight, kind));
        if (Math.min(weight.n(), weight.k()) > WIDEST) {
            odds = odds.times(TOO_WIDE);
        }
        belief.add(odds, () -> words(weight, kind, tokens));
        if (gemm.moe() != null) {
            belief.add(
                    GROUPED,
                    () -> gemm.moe().experts() + " experts, " + gemm.moe().topK() + " a token: a mixture of experts");
        }
        if (descriptor.bytes().weight() < 1) {
            belief.add(SUB_BYTE, () -> "weights of less than a byte: a large model made to fit");
        }
        if (gemm.proxyFor() != null) {
            proxy(gemm.proxyFor(), belief);
        }
    }

    /** Either side may be the model's width; of vocabularies, labels and ranks only the other one. */
    private double size(Architecture architecture, Weight weight, WeightKind kind) {
        double density = switch (kind) {
            case VOCABULARY, LABELS -> knowledge.widths.of(architecture, weight.k());
            case RANK -> knowledge.widths.of(architecture, Math.max(weight.n(), weight.k()));
            default ->
                (knowledge.widths.of(architecture, weight.n()) + knowledge.widths.of(architecture, weight.k())) / 2;
        };
        return density / kind.spread() / Knowledge.SIZES_AN_OCTAVE;
    }

    private String words(Weight weight, WeightKind kind, Long tokens) {
        List<String> owners = knowledge.weights.owners(weight, tokens);
        String extents = "weight " + weight.n() + "x" + weight.k();
        String whose = owners.isEmpty() ? "like none of the catalogue's" : "as in " + names(owners);
        return extents + ", " + whose + "; " + kind.words();
    }

    private static void proxy(String what, Belief belief) {
        if (what.contains("conv")) {
            belief.add(CONVOLUTION, () -> "stands in for " + what);
        } else if (what.contains("lstm") || what.contains("gru")) {
            belief.add(CELL, () -> "stands in for " + what);
        }
    }

    static String names(List<String> names) {
        List<String> distinct = names.stream().distinct().toList();
        String first = String.join(", ", distinct.subList(0, Math.min(3, distinct.size())));
        return distinct.size() <= 3 ? first : first + " and " + (distinct.size() - 3) + " more";
    }
}
