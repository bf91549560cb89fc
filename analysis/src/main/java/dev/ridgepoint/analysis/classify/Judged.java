package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.analysis.classify.score.Bet;
import dev.ridgepoint.kernels.workload.WorkloadClass;

/** A labelled case beside the classifier's answer to it. */
record Judged(LabelledCase truth, Classification answer) {
    /** A probability of nothing would make the loss infinite; nobody is that sure. */
    private static final double LEAST = 1e-6;

    boolean classRight() {
        return answer.workloadClass() == truth.workloadClass();
    }

    boolean phaseRight() {
        return answer.phase() == truth.phase();
    }

    boolean familyRight() {
        return answer.taskFamily() == truth.taskFamily();
    }

    boolean regimeRight() {
        return truth.acceptable().contains(answer.regime());
    }

    /** Probability given to the true class. */
    double ofTruth() {
        return answer.probability(truth.workloadClass());
    }

    double logLoss() {
        return -Math.log(Math.max(LEAST, ofTruth()));
    }

    /** Squared distance between the probabilities of the classes and the truth. */
    double brier() {
        double sum = 0;
        for (WorkloadClass c : WorkloadClass.values()) {
            double gap = answer.probability(c) - (c == truth.workloadClass() ? 1 : 0);
            sum += gap * gap;
        }
        return sum;
    }

    /** The likeliest class and its probability, even where the classifier abstained from naming it. */
    Bet bet() {
        WorkloadClass likeliest = answer.candidates().get(0).workloadClass();
        return new Bet(answer.confidence(), likeliest == truth.workloadClass());
    }
}
