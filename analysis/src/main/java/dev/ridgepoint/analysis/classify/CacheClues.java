package dev.ridgepoint.analysis.classify;

import static dev.ridgepoint.analysis.classify.Story.*;

import dev.ridgepoint.kernels.shape.GemmShape;

/** What is said of the cache and the mask around a GEMM, which itself has neither. */
final class CacheClues implements Clues {
    private static final Odds CACHED_KEYS =
            Odds.all(.05).but(1, CHUNK, STEP, VERIFY, HYBRID, SEQ2SEQ_STEP).but(.1, LAST_TOKEN_HEAD);
    private static final Odds NO_CACHED_KEYS =
            Odds.all(1).but(.01, CHUNK, VERIFY, HYBRID).but(.03, STEP, SEQ2SEQ_STEP);
    /** The tokens of CLIP's text towers, the encoders that are causal. */
    private static final long CLIP_TOKENS = 77;

    private static final Odds CAUSAL = Odds.all(.01)
            .but(1, PROMPT, CHUNK, STEP, VERIFY, HYBRID, LAST_TOKEN_HEAD)
            .but(.6, SEQ2SEQ_STEP);
    private static final Odds CAUSAL_77 = CAUSAL.but(.3, ENCODER_PASS);
    private static final Odds FULL =
            Odds.all(1).but(.05, PROMPT, CHUNK, VERIFY, HYBRID, LAST_TOKEN_HEAD).but(.15, STEP);
    /** Only decoders keep one; who says it is kept is seldom mistaken. */
    private static final Odds CACHE =
            Odds.all(.005).but(1, PROMPT, CHUNK, STEP, VERIFY, HYBRID, LAST_TOKEN_HEAD, SEQ2SEQ_STEP);

    private static final Odds NO_CACHE = Odds.all(1)
            .but(.05, CHUNK, STEP, VERIFY, HYBRID)
            .but(.2, SEQ2SEQ_STEP)
            .but(.3, PROMPT, LAST_TOKEN_HEAD);

    @Override
    public void weigh(Descriptor descriptor, Belief belief) {
        Hints hints = descriptor.hints();
        if (hints.kvCache() != null) {
            boolean cache = hints.kvCache();
            belief.add(cache ? CACHE : NO_CACHE, () -> cache ? "a KV cache is kept" : "no KV cache is kept");
        }
        if (descriptor.shape() instanceof GemmShape gemm) {
            Long tokens = hints.tokensOf(gemm.m());
            mask(hints, tokens, belief);
            keys(hints, tokens, belief);
        }
    }

    private static void mask(Hints hints, Long tokens, Belief belief) {
        if (hints.mask() != null) {
            boolean full = hints.mask().equals("full") || hints.mask().equals("local");
            boolean clip = tokens != null && tokens == CLIP_TOKENS;
            belief.add(full ? FULL : clip ? CAUSAL_77 : CAUSAL, () -> "mask=" + hints.mask());
        }
    }

    private static void keys(Hints hints, Long tokens, Belief belief) {
        if (hints.kvLen() == null || tokens == null) {
            return;
        }
        boolean cached = hints.kvLen() > tokens;
        belief.add(
                cached ? CACHED_KEYS : NO_CACHED_KEYS,
                () -> "kv_len=" + hints.kvLen() + ": " + (cached ? "keys were cached before" : "no keys from before"));
    }
}
