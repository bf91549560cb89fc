package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.analysis.classify.Belief.Clue;
import dev.ridgepoint.analysis.classify.Regimes.Reading;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.workload.WorkloadClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Puts a belief into words: the clues that decided between the answer and its strongest rival. */
final class Explanation {
    /** Odds below which a clue is not worth a sentence. */
    private static final double WORTH_SAYING = Math.log(1.5);

    private static final int FOR = 3;
    private static final int AGAINST = 1;
    /** Belief from which a class counts as settled. */
    private static final double SETTLED = .9;

    private static final Story[] STORIES = Story.values();

    private final Descriptor descriptor;
    private final Belief belief;
    private final Story best;
    private final Story rival;

    Explanation(Descriptor descriptor, Belief belief, double[] stories, Candidate answer) {
        this.descriptor = descriptor;
        this.belief = belief;
        WorkloadClass answered = answer.workloadClass();
        this.best = likeliest(stories, s -> s.workloadClass() == answered && s.phase() == answer.phase());
        this.rival = likeliest(stories, s -> s.workloadClass() != answered);
    }

    private static Story likeliest(double[] stories, Predicate<Story> wanted) {
        Story found = null;
        for (Story story : STORIES) {
            if (wanted.test(story) && (found == null || stories[story.ordinal()] > stories[found.ordinal()])) {
                found = story;
            }
        }
        return found;
    }

    List<String> evidence(Reading declared, Reading reached) {
        List<String> evidence = new ArrayList<>();
        evidence.add("most like " + best.words() + "; strongest rival of another class: " + rival.words());
        say(evidence, FOR, +1);
        say(evidence, AGAINST, -1);
        if (!descriptor.hints().unknown().isEmpty()) {
            evidence.add("not understood and left aside: "
                    + String.join(", ", descriptor.hints().unknown()));
        }
        evidence.add("by the datasheet " + words(declared));
        if (reached != null) {
            evidence.add("by the ceilings this kernel reaches " + words(reached));
        }
        return evidence;
    }

    /** The clues that lean most to one side, strongest first. */
    private void say(List<String> evidence, int atMost, int sign) {
        List<Clue> leaning = new ArrayList<>();
        for (Clue clue : belief.clues()) {
            if (sign * clue.favours(best, rival) >= WORTH_SAYING) {
                leaning.add(clue);
            }
        }
        leaning.sort(Comparator.comparingDouble(clue -> -sign * clue.favours(best, rival)));
        for (Clue clue : leaning.subList(0, Math.min(atMost, leaning.size()))) {
            evidence.add((sign > 0 ? "" : "against it: ") + clue.words().get() + " ("
                    + odds(sign * clue.favours(best, rival)) + ")");
        }
    }

    private static String odds(double log) {
        double odds = Math.exp(log);
        if (odds >= 1000) {
            return "over 1000 to 1";
        }
        return Figures.decimals(odds, odds < 10 ? 1 : 0) + " to 1";
    }

    private static String words(Reading r) {
        return r.regime() + ": " + Figures.three(r.intensity()) + " FLOP/B against a ridge of "
                + Figures.three(r.ridge()) + " (x" + Figures.decimals(r.overRidge(), 2) + "), roofline time "
                + Figures.three(r.rooflineUs()) + " us against a launch floor of " + Figures.three(r.launchFloorUs())
                + " us";
    }

    /** The hint that tells the best story from its rival; null where belief is settled. */
    String wouldSettle(double confidence) {
        if (confidence >= SETTLED) {
            return null;
        }
        if (descriptor.shape() instanceof GemmShape gemm && descriptor.hints().tokensOf(gemm.m()) == null) {
            return "shape.q_tokens and shape.batch: how the rows divide into sequences";
        }
        boolean noRequest =
                best.architecture() == Architecture.NO_REQUEST || rival.architecture() == Architecture.NO_REQUEST;
        boolean sameModel = best.architecture() == rival.architecture();
        if (!sameModel && !noRequest && descriptor.context().modelCls() == null) {
            return "context.model or context.model_cls: whether it is "
                    + best.architecture().words() + " or "
                    + rival.architecture().words();
        }
        if (descriptor.shape() instanceof GemmShape) {
            return "shape.kv_len: keys already cached for each sequence";
        }
        if (descriptor.shape() instanceof AttentionShape) {
            return "shape.kv_cache: whether the keys come from a cache";
        }
        return "context.role: whether rows are tokens (act), cache entries (kv) or a weight's channels (weight)";
    }
}
