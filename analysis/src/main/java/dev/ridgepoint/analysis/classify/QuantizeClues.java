package dev.ridgepoint.analysis.classify;

import static dev.ridgepoint.analysis.classify.Story.*;

import dev.ridgepoint.analysis.classify.WeightBook.Weight;
import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.shape.QuantizeShape;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.util.List;

/** Rows, columns and groups of a quantisation: activations of a phase, keys for a cache, or a weight. */
final class QuantizeClues implements Clues {
    private static final Odds DEQUANTIZE =
            Odds.all(.06).but(.6, WEIGHT_TRANSFORM).but(.12, STEP, SEQ2SEQ_STEP, VERIFY, HYBRID);
    private static final Odds QUANTIZE =
            Odds.all(.94).but(.4, WEIGHT_TRANSFORM).but(.88, STEP, SEQ2SEQ_STEP, VERIFY, HYBRID);
    private static final Odds A_ROW = Odds.all(.70).but(.22, WEIGHT_TRANSFORM);
    private static final Odds A_TENSOR = Odds.all(.12).but(.15, WEIGHT_TRANSFORM);
    private static final Odds A_BLOCK = Odds.all(.02).but(.10, WEIGHT_TRANSFORM);
    private static final Odds A_GROUP = Odds.all(.16).but(.53, WEIGHT_TRANSFORM);
    private static final Odds FOUR_BIT = Odds.all(.02).but(.45, WEIGHT_TRANSFORM);
    private static final Odds EIGHT_BIT = Odds.all(.98).but(.55, WEIGHT_TRANSFORM);
    private static final Odds HEAD_WIDE =
            Odds.all(.01).but(.08, PROMPT, CHUNK).but(.25, STEP, VERIFY, HYBRID).but(.05, SEQ2SEQ_STEP);
    private static final Odds NOT_HEAD_WIDE =
            Odds.all(.99).but(.92, PROMPT, CHUNK).but(.75, STEP, VERIFY, HYBRID).but(.95, SEQ2SEQ_STEP);
    /** Rows of a weight: output channels, seldom fewer than a few hundred and nearly always a multiple of 64. */
    private static final Lengths CHANNELS = Lengths.none().range(256, 65536, .96, .35);

    private static final Lengths CHANNELS_OF_64 = Lengths.none().range(256, 65536, .96 * 40, .02);
    private static final double KNOWN_WEIGHT = 12;

    private final Knowledge knowledge;

    QuantizeClues(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    @Override
    public void weigh(Descriptor descriptor, Belief belief) {
        if (!(descriptor.shape() instanceof QuantizeShape shape)) {
            return;
        }
        boolean back = shape.direction() == Direction.DEQUANTIZE;
        belief.add(back ? DEQUANTIZE : QUANTIZE, () -> back ? "codes are expanded" : "values are quantised");
        grouping(shape, belief);
        boolean fourBit = Math.min(shape.src().bits(), shape.dst().bits()) <= 6;
        belief.add(fourBit ? FOUR_BIT : EIGHT_BIT, () -> fourBit ? "codes of 4 bits, a weight's" : "codes of 8 bits");
        rows(shape, descriptor.hints(), belief);
        columns(shape, belief);
    }

    private static void grouping(QuantizeShape shape, Belief belief) {
        Granularity granularity = shape.granularity();
        if (granularity.equals(Granularity.PER_ROW)) {
            belief.add(A_ROW, () -> "one scale a row, as tokens get");
        } else if (granularity.equals(Granularity.PER_TENSOR)) {
            belief.add(A_TENSOR, () -> "one scale for the tensor");
        } else if (granularity.rows() != 1) {
            belief.add(A_BLOCK, () -> "scales by blocks of rows and columns, as weights get");
        } else {
            belief.add(A_GROUP, () -> "groups of " + granularity.cols() + " columns, as weights get");
        }
    }

    private static void rows(QuantizeShape shape, Hints hints, Belief belief) {
        long rows = shape.rows();
        Long tokens = hints.tokensOf(rows);
        double channels = rows % 64 == 0 ? channelsOf64(rows) : CHANNELS.of(rows) * .05;
        belief.add(
                Odds.of(story -> story == WEIGHT_TRANSFORM ? channels : TokenTables.rows(story, rows)),
                () -> rows + (rows == 1 ? " row" : " rows"));
        if (tokens != null) {
            belief.add(
                    Odds.of(story -> story == WEIGHT_TRANSFORM ? .001 : TokenTables.tokens(story, tokens)),
                    () -> "q_tokens=" + tokens + ": " + tokens + " new tokens a sequence");
        }
    }

    private static double channelsOf64(long rows) {
        return Math.min(1, CHANNELS.of(rows) + CHANNELS_OF_64.of(rows));
    }

    private void columns(QuantizeShape shape, Belief belief) {
        boolean headWide = shape.cols() <= 256;
        belief.add(
                headWide ? HEAD_WIDE : NOT_HEAD_WIDE,
                () -> shape.cols() + " columns, " + (headWide ? "a head's: keys or values for a cache" : "a layer's"));
        if (!headWide) {
            belief.add(
                    knowledge.byArchitecture(architecture -> knowledge.widths.of(architecture, shape.cols())),
                    () -> shape.cols() + " columns: widths of that size");
        }
        List<Weight> owners = knowledge.weights.find(shape.rows(), shape.cols(), null);
        if (!owners.isEmpty()) {
            belief.add(
                    Odds.all(1).but(KNOWN_WEIGHT, WEIGHT_TRANSFORM),
                    () -> shape.rows() + "x" + shape.cols() + " is a weight of "
                            + WeightClues.names(
                                    owners.stream().map(w -> w.model().name()).toList()));
        }
    }
}
