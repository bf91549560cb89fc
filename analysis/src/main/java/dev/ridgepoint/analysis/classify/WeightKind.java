package dev.ridgepoint.analysis.classify;

import static dev.ridgepoint.analysis.classify.Story.*;

/** What the proportions of a weight [N, K] say, whatever its size; with how often each story meets the kind. */
enum WeightKind {
    VOCABULARY(
            "N is a vocabulary",
            Odds.all(.002)
                    .but(.02, ENCODER_PASS, PROMPT)
                    .but(.03, ENCODER_HEAD)
                    .but(.05, HYBRID)
                    .but(.12, SEQ2SEQ_STEP, STEP, VERIFY)
                    .but(1, LAST_TOKEN_HEAD)),
    TINY("both sides are smaller than any layer's", Odds.all(.001).but(.15, GENERATOR_MAP, GENERATOR_DENSE)),
    LABELS(
            "N is a handful of labels",
            Odds.all(.002).but(.02, ENCODER_PASS).but(.5, ENCODER_HEAD).but(.04, GENERATOR_MAP, GENERATOR_DENSE)),
    RANK(
            "one side is the rank of a low-rank update",
            Odds.all(.004).but(.06, PROMPT, CHUNK, STEP, VERIFY, HYBRID).but(.02, GENERATOR_MAP, GENERATOR_DENSE)),
    LATENT(
            "a short latent spread over a first grid of channels",
            Odds.all(.0005).but(.004, PROMPT, CHUNK, STEP, VERIFY, HYBRID).but(.15, GENERATOR_DENSE)),
    SQUARE(
            "N = K",
            Odds.all(.15)
                    .but(.22, ENCODER_PASS, SEQ2SEQ_ENCODE, SEQ2SEQ_STEP, DENOISE)
                    .but(.40, ENCODER_HEAD, GENERATOR_DENSE)
                    .but(.03, RNN_STEP, RNN_SEQ2SEQ_STEP)
                    .but(1e-4, LAST_TOKEN_HEAD)),
    THREE_TO_ONE("N = 3K: queries, keys and values, or the three gates of a GRU", gates(.20)),
    FOUR_TO_ONE("N = 4K: an ungated feed-forward, or the four gates of an LSTM", gates(.35)),
    ONE_TO_FOUR(
            "K = 4N: a feed-forward's way down",
            Odds.all(.06)
                    .but(.20, ENCODER_PASS, SEQ2SEQ_ENCODE, SEQ2SEQ_STEP, DENOISE)
                    .but(.01, ENCODER_HEAD, RNN_STEP, RNN_INPUT, RNN_SEQ2SEQ_INPUT, RNN_SEQ2SEQ_STEP)
                    .but(1e-4, LAST_TOKEN_HEAD)),
    EIGHT_TO_ONE(
            "N = 8K: a gated feed-forward of four times the width",
            Odds.all(.005).but(.04, PROMPT, CHUNK, STEP, VERIFY, HYBRID).but(.15, DENOISE)),
    /** Kernel width times height times channels against few output channels. */
    FUNNEL(
            "K is nine or more times N, as in a convolution, a router or a latent cache",
            Odds.all(.005)
                    .but(.02, PROMPT, CHUNK, STEP, VERIFY, HYBRID)
                    .but(.12, DENOISE)
                    .but(.45, GENERATOR_MAP)),
    ODD(
            "an extent is no multiple of 32",
            Odds.all(.004)
                    .but(.03, ENCODER_HEAD)
                    .but(.10, GENERATOR_MAP)
                    .but(.40, GENERATOR_DENSE)
                    .but(.02, RNN_INPUT, RNN_STEP)),
    PLAIN(
            "no telling proportion",
            Odds.all(.55)
                    .but(.12, ENCODER_PASS, SEQ2SEQ_ENCODE, SEQ2SEQ_STEP, DENOISE)
                    .but(.05, ENCODER_HEAD, RNN_STEP, RNN_SEQ2SEQ_STEP)
                    .but(.10, RNN_INPUT, RNN_SEQ2SEQ_INPUT)
                    .but(.20, GENERATOR_MAP, GENERATOR_DENSE)
                    .but(1e-4, LAST_TOKEN_HEAD));

    private final String words;
    private final Odds odds;

    WeightKind(String words, Odds odds) {
        this.words = words;
        this.odds = odds;
    }

    String words() {
        return words;
    }

    Odds odds() {
        return odds;
    }

    private static Odds gates(double recurrent) {
        return Odds.all(.06)
                .but(.20, ENCODER_PASS, SEQ2SEQ_ENCODE, SEQ2SEQ_STEP, DENOISE)
                .but(.005, ENCODER_HEAD)
                .but(.02, GENERATOR_MAP, GENERATOR_DENSE)
                .but(recurrent, RNN_INPUT, RNN_STEP, RNN_SEQ2SEQ_INPUT, RNN_SEQ2SEQ_STEP)
                .but(1e-4, LAST_TOKEN_HEAD);
    }

    /** Over how many proportions the kind spreads, as against those that are one proportion each. */
    double spread() {
        return this == PLAIN ? 20 : 1;
    }

    /**
     * The kind of a weight.
     *
     * @param listedVocabulary whether {@code n} is the size of a vocabulary that is known
     */
    static WeightKind of(long n, long k, boolean listedVocabulary) {
        if (isLatent(n, k)) {
            return LATENT;
        }
        if (listedVocabulary || isVocabulary(n, k)) {
            return VOCABULARY;
        }
        if (n < 100 && k < 100) {
            return TINY;
        }
        if (isRank(n, k) || isRank(k, n)) {
            return RANK;
        }
        if (isLabels(n, k)) {
            return LABELS;
        }
        if (n % 32 != 0 || k % 32 != 0) {
            return ODD;
        }
        return k >= 9 * n ? FUNNEL : proportion(n, k);
    }

    /** More outputs than any feed-forward has for its width; gated ones reach 8 and, in Gemma, 16 times. */
    private static boolean isVocabulary(long n, long k) {
        boolean beyondAnyLayer = n > 20 * k || n % 32 != 0;
        return (n >= 24_000 && beyondAnyLayer) || (n >= 48_000 && n > 8 * k && n != 16 * k);
    }

    /**
     * A generator's first layer: 4 x 4 places of 32 channels or more, from a latent narrower than any model of language is
     * wide. Decoders meet the proportion in updates of rank 128 and 256.
     */
    private static boolean isLatent(long n, long k) {
        return k > 64 && k <= 256 && n >= 16 * k && n % 512 == 0;
    }

    private static WeightKind proportion(long n, long k) {
        if (n == k) {
            return SQUARE;
        }
        if (n == 3 * k) {
            return THREE_TO_ONE;
        }
        if (n == 4 * k) {
            return FOUR_TO_ONE;
        }
        if (n == 8 * k) {
            return EIGHT_TO_ONE;
        }
        return k == 4 * n ? ONE_TO_FOUR : PLAIN;
    }

    /** Two classes, ten or a thousand: numbers nature gives, over a width that people chose. */
    private static boolean isLabels(long n, long k) {
        boolean few = n < 8 || (n < 32 && !powerOfTwo(n));
        return few || (n <= 2048 && n % 32 != 0 && k % 64 == 0);
    }

    private static boolean isRank(long small, long large) {
        return small >= 8 && small <= 64 && powerOfTwo(small) && large >= 256;
    }

    private static boolean powerOfTwo(long n) {
        return Long.bitCount(n) == 1;
    }
}
