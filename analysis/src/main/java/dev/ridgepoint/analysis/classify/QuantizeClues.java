package dev.ridgepoint.analysis.classify;

import static dev.ridgepoint.analysis.classify.Story.*;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.shape.QuantizeShape;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.model.Model;
import java.util.List;
import java.util.Optional;

/** Rows, columns and groups of a quantisation: activations of a phase, keys for a cache, or a weight. */
final class QuantizeClues implements Clues {
    private static final Odds NO_PREFERENCE = Odds.all(1);
    private static final double[] UNLISTED = new double[Story.values().length];
    private static final Odds DEQUANTIZE =
            Odds.all(.06).but(.6, WEIGHT_TRANSFORM).but(.12, STEP, SEQ2SEQ_STEP, VERIFY, HYBRID);
    private static final Odds QUANTIZE =
            Odds.all(.94).but(.4, WEIGHT_TRANSFORM).but(.88, STEP, SEQ2SEQ_STEP, VERIFY, HYBRID);
    private static final Odds A_ROW = Odds.all(.70).but(.18, WEIGHT_TRANSFORM);
    private static final Odds A_TENSOR = Odds.all(.12).but(.15, WEIGHT_TRANSFORM);
    private static final Odds A_BLOCK = Odds.all(.02).but(.10, WEIGHT_TRANSFORM);
    private static final Odds A_GROUP = Odds.all(.16).but(.57, WEIGHT_TRANSFORM);
    private static final Odds FOUR_BIT = Odds.all(.02).but(.45, WEIGHT_TRANSFORM);
    /** Floating codes of 4 bits carry activations too, on hardware that multiplies them. */
    private static final Odds FOUR_BIT_FLOAT = Odds.all(.02).but(.06, WEIGHT_TRANSFORM);

    private static final Odds EIGHT_BIT = Odds.all(.98).but(.55, WEIGHT_TRANSFORM);
    private static final Odds HEAD_WIDE =
            Odds.all(.01).but(.08, PROMPT, CHUNK).but(.25, STEP, VERIFY, HYBRID).but(.05, SEQ2SEQ_STEP);
    private static final Odds NOT_HEAD_WIDE =
            Odds.all(.99).but(.92, PROMPT, CHUNK).but(.75, STEP, VERIFY, HYBRID).but(.95, SEQ2SEQ_STEP);
    /** Output channels of a weight: seldom fewer than a few hundred, and nearly always a multiple of 64. */
    private static final Lengths CHANNELS = Lengths.none().range(256, 65536, .96, .35, .60);

    /** Rows of a cache's entries: tokens times key/value heads. */
    private static final Lengths NEW_ENTRIES =
            Lengths.none().range(4, 4096, .87, .6, .2).range(4097, 65536, .10, .6, .2);

    private static final Lengths PROMPT_ENTRIES = Lengths.none().range(64, 1 << 22, .97, .5, .3);
    private static final long WIDEST_HEAD = 256;

    private static final double KNOWN_WEIGHT = 5;
    private static final double FOREIGN_WEIGHT = .15;

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
        boolean floating = shape.src() == DType.FP4_E2M1 || shape.dst() == DType.FP4_E2M1;
        belief.add(
                fourBit ? (floating ? FOUR_BIT_FLOAT : FOUR_BIT) : EIGHT_BIT,
                () -> fourBit ? "codes of 4 bits, a weight's" : "codes of 8 bits");
        rows(shape, descriptor.hints(), belief);
        columns(shape, belief);
        transform(shape, descriptor.context(), belief);
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
        double channels = CHANNELS.of(rows);
        double[] ofRows = TokenTables.rows(rows);
        belief.add(
                Odds.of(story -> story == WEIGHT_TRANSFORM
                        ? channels
                        : shape.cols() <= WIDEST_HEAD ? entries(story, shape) : ofRows[story.ordinal()]),
                () -> rows + (rows == 1 ? " row" : " rows"));
        if (tokens != null) {
            double[] ofTokens = TokenTables.tokens(tokens);
            belief.add(
                    Odds.of(story -> story == WEIGHT_TRANSFORM ? .001 : ofTokens[story.ordinal()]),
                    () -> "q_tokens=" + tokens + ": " + tokens + " new tokens a sequence");
        }
    }

    /** A step writes few entries; whoever reads a cache back reads all of it. */
    private static double entries(Story story, QuantizeShape shape) {
        boolean step = story.phase() == Phase.DECODE || story.phase() == Phase.SPEC_VERIFY;
        boolean writes = shape.direction() == Direction.QUANTIZE;
        return (step && writes ? NEW_ENTRIES : PROMPT_ENTRIES).of(shape.rows());
    }

    private void columns(QuantizeShape shape, Belief belief) {
        boolean headWide = shape.cols() <= WIDEST_HEAD;
        belief.add(
                headWide ? HEAD_WIDE : NOT_HEAD_WIDE,
                () -> shape.cols() + " columns, " + (headWide ? "a head's: keys or values for a cache" : "a layer's"));
        if (!headWide) {
            Odds odds = knowledge.odds(
                    UNLISTED, NO_PREFERENCE, architecture -> knowledge.widths.of(architecture, shape.cols()));
            belief.add(
                    shape.cols() > WeightClues.WIDEST ? odds.times(WeightClues.TOO_WIDE) : odds,
                    () -> shape.cols() + " columns: widths of that size");
        }
    }

    /** A matrix of the extents of a weight may be that weight; of the wrong model's extents it is not. */
    private void transform(QuantizeShape shape, Context context, Belief belief) {
        List<String> owners = knowledge.transforms.owners(new Weight(shape.rows(), shape.cols()), null);
        Optional<String> model = Optional.ofNullable(context.model())
                .flatMap(knowledge.models::named)
                .map(Model::name);
        boolean owned = model.map(owners::contains).orElse(!owners.isEmpty());
        if (owned) {
            belief.add(
                    Odds.all(1).but(KNOWN_WEIGHT, WEIGHT_TRANSFORM),
                    () -> shape.rows() + "x" + shape.cols() + " is a weight of "
                            + model.orElseGet(() -> WeightClues.names(owners)));
        } else if (model.isPresent()) {
            belief.add(
                    Odds.all(1).but(FOREIGN_WEIGHT, WEIGHT_TRANSFORM),
                    () -> model.get() + " has no weight of " + shape.rows() + "x" + shape.cols());
        }
    }
}
