package dev.ridgepoint.analysis.classify;

import static dev.ridgepoint.analysis.classify.Story.*;

import dev.ridgepoint.kernels.shape.AttentionShape;
import java.util.List;

/** Mask, lengths and heads of an attention. */
final class AttentionClues implements Clues {
    private static final Odds NO_PREFERENCE = Odds.all(1);
    private static final Odds GROUPED =
            Odds.all(.01).but(.7, PROMPT, CHUNK, STEP, VERIFY, HYBRID).but(.03, SEQ2SEQ_STEP);
    private static final Odds UNGROUPED =
            Odds.all(.99).but(.3, PROMPT, CHUNK, STEP, VERIFY, HYBRID).but(.97, SEQ2SEQ_STEP);
    private static final Odds ONE_WIDE_HEAD = Odds.all(.001).but(.9, GENERATOR_MAP);
    private static final Odds NO_WIDE_HEAD = Odds.all(.999).but(.01, GENERATOR_MAP);
    private static final Odds PAGED =
            Odds.all(.001).but(.2, STEP, CHUNK, VERIFY, HYBRID).but(.02, PROMPT, SEQ2SEQ_STEP);
    private static final Odds RELATIVE = Odds.all(.001).but(.1, ENCODER_PASS).but(.01, SEQ2SEQ_ENCODE);
    private static final Odds SHARED =
            Odds.all(.001).but(.05, STEP, CHUNK, VERIFY, HYBRID).but(.01, PROMPT);
    private static final Odds SLIDING = Odds.all(.01).but(.1, PROMPT, CHUNK, STEP, VERIFY, HYBRID);
    /** Text conditions of image generators: CLIP's 77, doubled or tripled, and T5's padded lengths. */
    private static final Lengths CONDITION = Lengths.none()
            .atom(77, .7)
            .atom(154, .05)
            .atom(231, .02)
            .atom(256, .03)
            .atom(120, .02)
            .atom(300, .02)
            .atom(512, .02)
            .range(4, 1024, .13, .3);

    private static final Lengths MEMORY = Lengths.none().range(8, 8192, .98, .3);
    /** Guided diffusion runs two sequences; see {@link TokenClues}. */
    private static final Odds TWO = Odds.all(.07).but(.5, DENOISE);

    private static final Odds NOT_TWO = Odds.all(.93).but(.5, DENOISE);

    private final Knowledge knowledge;

    AttentionClues(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    @Override
    public void weigh(Descriptor descriptor, Belief belief) {
        if (!(descriptor.shape() instanceof AttentionShape attention)) {
            return;
        }
        Geometry geometry = Geometry.of(attention);
        belief.add(geometry.odds(), () -> lengths(attention) + ": " + geometry.words());
        long queries = attention.seqLenQ();
        if (geometry.lengthTells()) {
            double[] chances = TokenTables.tokens(queries);
            belief.add(Odds.of(story -> chances[story.ordinal()]), () -> queries + " queries, a length of its own");
        }
        if (geometry == Geometry.WIDE_TO_NARROW || geometry == Geometry.NARROW_TO_WIDE) {
            memory(attention.seqLenKv(), belief);
        }
        if (geometry == Geometry.SQUARE_FULL || geometry == Geometry.WIDE_TO_NARROW) {
            belief.add(attention.batch() == 2 ? TWO : NOT_TWO, () -> "batch " + attention.batch());
        }
        heads(attention, belief);
        marks(attention, belief);
    }

    private static void memory(long keys, Belief belief) {
        double condition = CONDITION.of(keys);
        belief.add(Odds.all(MEMORY.of(keys)).but(condition, DENOISE), () -> keys + " keys of a condition");
    }

    private void heads(AttentionShape a, Belief belief) {
        boolean grouped = a.groupSize() > 1;
        belief.add(
                grouped ? GROUPED : UNGROUPED,
                () -> grouped
                        ? a.qHeads() + " query heads share " + a.kvHeads() + " key/value heads"
                        : "as many key/value heads as query heads");
        boolean oneWide = a.qHeads() == 1 && a.headDim() >= 256;
        belief.add(
                oneWide ? ONE_WIDE_HEAD : NO_WIDE_HEAD,
                () -> oneWide ? "one head of " + a.headDim() + ", as in an autoencoder's middle" : "several heads");
        if (oneWide) {
            return;
        }
        Heads heads = Heads.of(a);
        Long queries = a.segments().isEmpty() ? Long.valueOf(a.seqLenQ()) : null;
        Odds odds = knowledge.odds(
                knowledge.heads.shares(heads, queries), NO_PREFERENCE, architecture -> size(architecture, heads));
        belief.add(odds, () -> words(heads, knowledge.heads.owners(heads, queries)));
    }

    private double size(Architecture architecture, Heads heads) {
        return knowledge.dimensions.of(architecture, heads.headDim())
                * knowledge.widths.of(architecture, heads.qHeads() * heads.headDim())
                / Knowledge.SIZES_AN_OCTAVE;
    }

    private static String words(Heads heads, List<String> owners) {
        String whose = owners.isEmpty() ? "like none of the catalogue's" : "as in " + WeightClues.names(owners);
        return heads.qHeads() + " heads of " + heads.headDim() + ", " + whose;
    }

    private static void marks(AttentionShape a, Belief belief) {
        if (a.pageSize() > 0) {
            belief.add(PAGED, () -> "a cache in pages of " + a.pageSize() + " tokens, as servers keep it");
        }
        if (a.relPositions() > 0) {
            belief.add(RELATIVE, () -> "scores of relative positions, as in DeBERTa");
        }
        if (a.kvShared()) {
            belief.add(SHARED, () -> "values are part of the keys: latent attention");
        }
        if (a.window() > 0 && a.mask() == dev.ridgepoint.kernels.shape.Mask.SLIDING) {
            belief.add(SLIDING, () -> "a sliding window of " + a.window());
        }
    }

    private static String lengths(AttentionShape a) {
        return a.segments().isEmpty()
                ? "Sq=" + a.seqLenQ() + ", Skv=" + a.seqLenKv() + ", mask "
                        + a.mask().id()
                : a.segments().size() + " segments";
    }
}
