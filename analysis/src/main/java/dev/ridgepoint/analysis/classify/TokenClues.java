package dev.ridgepoint.analysis.classify;

import static dev.ridgepoint.analysis.classify.Story.*;

import dev.ridgepoint.kernels.shape.GemmShape;

/** How many tokens a sequence and how many sequences a GEMM serves, from its hints and rows. */
final class TokenClues implements Clues {
    /** Convolutions and packed batches have no tokens a sequence to state; layers over sequences do. */
    private static final Odds UNSTATED = Odds.all(.12)
            .but(.90, HYBRID)
            .but(.75, GENERATOR_MAP)
            .but(.15, DENOISE)
            .but(.90, GRADIENT);

    private static final Odds ONE_SEQUENCE = Odds.all(.35)
            .but(.75, CHUNK)
            .but(.45, PROMPT)
            .but(.15, DENOISE, GENERATOR_MAP)
            .but(.3, LAST_TOKEN_HEAD);
    /** Classifier-free guidance runs a prompt and its absence side by side. */
    private static final Odds TWO_SEQUENCES = Odds.all(.07).but(.5, DENOISE).but(.04, CHUNK);

    private static final Odds MORE_SEQUENCES =
            Odds.all(.58).but(.20, CHUNK).but(.45, PROMPT).but(.35, DENOISE).but(.60, LAST_TOKEN_HEAD);

    @Override
    public void weigh(Descriptor descriptor, Belief belief) {
        if (!(descriptor.shape() instanceof GemmShape gemm)) {
            return;
        }
        Hints hints = descriptor.hints();
        Long tokens = hints.tokensOf(gemm.m());
        Long sequences = hints.sequencesOf(gemm.m());
        if (tokens != null) {
            stated(tokens, belief);
        } else {
            unstated(gemm.m(), hints, belief);
        }
        if (sequences != null) {
            belief.add(
                    sequences == 1 ? ONE_SEQUENCE : sequences == 2 ? TWO_SEQUENCES : MORE_SEQUENCES,
                    () -> sequences == 1 ? "one sequence" : sequences + " sequences side by side");
        }
    }

    private static void stated(long tokens, Belief belief) {
        double[] chances = TokenTables.tokens(tokens);
        belief.add(
                Odds.of(story -> (1 - UNSTATED.of(story)) * chances[story.ordinal()]),
                () -> tokens == 1
                        ? "q_tokens=1: one new token a sequence"
                        : "q_tokens=" + tokens + ": " + tokens + " new tokens a sequence");
    }

    private static void unstated(long rows, Hints hints, Belief belief) {
        double[] chances = TokenTables.rows(rows);
        belief.add(
                Odds.of(story -> UNSTATED.of(story) * chances[story.ordinal()]),
                () -> "nobody says how the " + rows + " rows divide into sequences");
        if (hints.batch() != null) {
            belief.add(
                    Odds.all(.1).but(1, HYBRID),
                    () -> rows + " rows do not divide by batch=" + hints.batch() + ": sequences of different lengths");
        }
    }
}
