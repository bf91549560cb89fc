package dev.ridgepoint.analysis.classify;

import static dev.ridgepoint.analysis.classify.Story.*;

import dev.ridgepoint.analysis.classify.WeightBook.Weight;
import dev.ridgepoint.kernels.shape.GemmShape;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the weight [N, K] of a GEMM says about the model that owns it. */
final class WeightClues implements Clues {
    /** How much more often than by likeness alone a weight meets an architecture all of whose models own it. */
    private static final double IDENTITY = 30;

    private static final Odds GROUPED =
            Odds.all(.002).but(.25, PROMPT, CHUNK, STEP, VERIFY, HYBRID).but(.1, GRADIENT);
    /** Sub-byte weights are for models that would not fit otherwise. */
    private static final Odds SUB_BYTE = Odds.all(.01)
            .but(.15, PROMPT, LAST_TOKEN_HEAD, CHUNK, STEP, VERIFY, HYBRID)
            .but(.03, DENOISE);

    private final Knowledge knowledge;

    WeightClues(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    @Override
    public void weigh(Descriptor descriptor, Belief belief) {
        if (!(descriptor.shape() instanceof GemmShape gemm)) {
            return;
        }
        Set<String> vocabulary = gemm.n() >= 20_000 ? knowledge.weights.vocabulary(gemm.n()) : Set.of();
        WeightKind kind = WeightKind.of(gemm.n(), gemm.k(), !vocabulary.isEmpty());
        belief.add(kind.odds(), () -> extents(gemm) + ": " + kind.words());
        width(gemm, kind, belief);
        identity(gemm, descriptor.hints().tokensOf(gemm.m()), belief);
        if (gemm.moe() != null) {
            belief.add(
                    GROUPED,
                    () -> gemm.moe().experts() + " experts, " + gemm.moe().topK() + " a token: a mixture of experts");
        }
        if (descriptor.bytes().weight() < 1) {
            belief.add(SUB_BYTE, () -> "weights of less than a byte: a large model made to fit");
        }
    }

    private void width(GemmShape gemm, WeightKind kind, Belief belief) {
        boolean oneSided = kind == WeightKind.VOCABULARY || kind == WeightKind.LABELS || kind == WeightKind.RANK;
        long narrow = kind == WeightKind.RANK ? Math.max(gemm.n(), gemm.k()) : gemm.k();
        Odds odds = knowledge.byArchitecture(architecture -> oneSided
                ? knowledge.widths.of(architecture, narrow)
                : (knowledge.widths.of(architecture, gemm.n()) + knowledge.widths.of(architecture, gemm.k())) / 2);
        belief.add(odds, () -> extents(gemm) + ": widths of that size");
    }

    private void identity(GemmShape gemm, Long tokens, Belief belief) {
        List<Weight> owners = knowledge.weights.find(gemm.n(), gemm.k(), tokens);
        if (owners.isEmpty()) {
            return;
        }
        Odds owned =
                knowledge.byArchitecture(architecture -> 1 + IDENTITY * knowledge.weights.share(owners, architecture));
        belief.add(
                owned.but(1, ENCODER_HEAD, LAST_TOKEN_HEAD),
                () -> extents(gemm) + " is a weight of "
                        + names(owners.stream().map(w -> w.model().name()).collect(Collectors.toList())));
    }

    static String names(List<String> names) {
        List<String> distinct = names.stream().distinct().toList();
        String first = String.join(", ", distinct.subList(0, Math.min(3, distinct.size())));
        return distinct.size() <= 3 ? first : first + " and " + (distinct.size() - 3) + " more";
    }

    private static String extents(GemmShape gemm) {
        return "weight " + gemm.n() + "x" + gemm.k();
    }
}
