package dev.ridgepoint.analysis.classify;

import static dev.ridgepoint.analysis.classify.Story.*;

import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.Mask;
import java.util.List;

/** How queries, keys and mask lie to each other; with how often each story meets the geometry. */
enum Geometry {
    ONE_QUERY("one query a sequence", Odds.all(.001).but(.95, STEP).but(.75, SEQ2SEQ_STEP)),
    FEW_AFTER_CACHE(
            "a few causal queries after cached keys",
            Odds.all(.0005).but(.70, VERIFY).but(.02, CHUNK).but(.01, SEQ2SEQ_STEP)),
    FEW_TO_MEMORY(
            "a few queries that see all of a memory, as beams folded into queries do",
            Odds.all(.001).but(.22, SEQ2SEQ_STEP).but(.02, VERIFY).but(.002, ENCODER_PASS)),
    TREE("a tree of drafted tokens", Odds.all(.0002).but(.15, VERIFY)),
    /** A decoder masks; one whose prompt sees all of itself is an embedder or reads a prefix. */
    SQUARE_FULL(
            "every token sees every token",
            Odds.all(.0005)
                    .but(.78, ENCODER_PASS)
                    .but(.97, SEQ2SEQ_ENCODE)
                    .but(.60, DENOISE)
                    .but(.95, GENERATOR_MAP)
                    .but(.002, PROMPT)),
    SQUARE_LOCAL(
            "every token sees its neighbours on both sides",
            Odds.all(.0002).but(.08, ENCODER_PASS).but(.01, DENOISE).but(.01, SEQ2SEQ_ENCODE)),
    /** A prompt of exactly CLIP's length is CLIP's text tower far more often than a chat. */
    SQUARE_CAUSAL_77(
            "77 causal tokens, the length of CLIP's text tower",
            Odds.all(1e-5).but(.095, ENCODER_PASS).but(.001, PROMPT)),
    SQUARE_CAUSAL(
            "every token sees those before it, and no cache",
            Odds.all(.0002).but(.93, PROMPT).but(.003, ENCODER_PASS).but(.01, GENERATOR_MAP)),
    TAIL_AFTER_CACHE(
            "many causal queries after cached keys",
            Odds.all(.0002).but(.93, CHUNK).but(.02, VERIFY)),
    /** No story asks what sees nothing: a test, or a cache that was cut off. */
    BEFORE_KEYS("queries that see no key", Odds.all(.0001)),
    WIDE_TO_NARROW(
            "many queries that see a short memory",
            Odds.all(.002).but(.35, DENOISE).but(.004, ENCODER_PASS, PROMPT)),
    NARROW_TO_WIDE(
            "some queries that see all of a longer memory",
            Odds.all(.001).but(.02, DENOISE).but(.005, ENCODER_PASS, PROMPT).but(.02, SEQ2SEQ_STEP)),
    RAGGED_ONES(
            "one query for each of many lengths", Odds.all(.0005).but(.05, STEP).but(.02, SEQ2SEQ_STEP)),
    RAGGED_FEW("a few queries for each of many lengths", Odds.all(.0005).but(.07, VERIFY)),
    RAGGED_MIX("some sequences decode while others prefill", Odds.all(.0002).but(.98, HYBRID)),
    RAGGED_CAUSAL(
            "whole prompts of different lengths",
            Odds.all(.0005).but(.05, PROMPT).but(.002, ENCODER_PASS)),
    RAGGED_TAILS(
            "chunks of different lengths after cached keys", Odds.all(.0005).but(.05, CHUNK)),
    RAGGED_FULL(
            "sequences of different lengths, each seeing all of itself",
            Odds.all(.0005).but(.03, ENCODER_PASS).but(.02, SEQ2SEQ_ENCODE).but(.005, DENOISE));

    /** Drafts and beams are counted on the fingers of two hands, seldom more. */
    static final long FEW = 16;

    private final String words;
    private final Odds odds;

    Geometry(String words, Odds odds) {
        this.words = words;
        this.odds = odds;
    }

    String words() {
        return words;
    }

    Odds odds() {
        return odds;
    }

    /** Whether the number of queries says more than the geometry already did. */
    boolean lengthTells() {
        return switch (this) {
            case SQUARE_FULL, SQUARE_LOCAL, SQUARE_CAUSAL, TAIL_AFTER_CACHE, WIDE_TO_NARROW -> true;
            default -> false;
        };
    }

    static Geometry of(AttentionShape shape) {
        if (shape.mask() == Mask.TREE) {
            return TREE;
        }
        if (!shape.segments().isEmpty()) {
            return ragged(shape);
        }
        boolean causal = shape.mask() == Mask.CAUSAL || shape.mask() == Mask.SLIDING;
        long queries = shape.seqLenQ();
        long keys = shape.seqLenKv();
        if (shape.seeingQueries(queries, keys) < queries) {
            return BEFORE_KEYS;
        }
        if (queries == 1) {
            return ONE_QUERY;
        }
        if (shape.mask() == Mask.LOCAL) {
            return SQUARE_LOCAL;
        }
        if (queries == keys) {
            return causal ? (queries == 77 ? SQUARE_CAUSAL_77 : SQUARE_CAUSAL) : SQUARE_FULL;
        }
        if (queries <= FEW) {
            return causal ? FEW_AFTER_CACHE : FEW_TO_MEMORY;
        }
        if (causal) {
            return TAIL_AFTER_CACHE;
        }
        return queries > keys ? WIDE_TO_NARROW : NARROW_TO_WIDE;
    }

    private static Geometry ragged(AttentionShape shape) {
        // A sequence that has nothing, or waits, tells nothing of the others.
        List<Segment> segments =
                shape.segments().stream().filter(s -> s.seqLenQ() > 0).toList();
        if (segments.stream().anyMatch(s -> shape.seeingQueries(s.seqLenQ(), s.seqLenKv()) < s.seqLenQ())) {
            return BEFORE_KEYS;
        }
        boolean few = segments.stream().allMatch(s -> s.seqLenQ() <= FEW && s.seqLenQ() < s.seqLenKv());
        boolean ones = segments.stream().allMatch(s -> s.seqLenQ() == 1);
        boolean someOnes = segments.stream().anyMatch(s -> s.seqLenQ() == 1);
        boolean whole = segments.stream().allMatch(s -> s.seqLenQ() == s.seqLenKv());
        if (ones) {
            return RAGGED_ONES;
        }
        if (few) {
            return RAGGED_FEW;
        }
        if (someOnes) {
            return RAGGED_MIX;
        }
        if (shape.mask() == Mask.FULL || shape.mask() == Mask.LOCAL) {
            return RAGGED_FULL;
        }
        return whole ? RAGGED_CAUSAL : RAGGED_TAILS;
    }
}
