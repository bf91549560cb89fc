package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.analysis.classify.score.Bet;
import dev.ridgepoint.analysis.classify.score.Confusion;
import dev.ridgepoint.analysis.classify.score.CoverageRisk;
import dev.ridgepoint.analysis.classify.score.Proportion;
import dev.ridgepoint.analysis.classify.score.Reliability;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Everything that is said of one set of cases, answered in one way. */
final class Scores {
    /** Probability from which a class that needs context counts as a candidate. */
    static final double CANDIDATE = .1;
    /** Confidence from which a wrong answer is a bad one. */
    static final double SURE = .9;

    private final List<Judged> all;

    Scores(List<Judged> all) {
        this.all = all;
    }

    static Scores of(List<LabelledCase> cases, Classifier classifier, boolean blind) {
        return new Scores(cases.stream()
                .map(c ->
                        new Judged(c, classifier.classify(blind ? c.descriptor().blind() : c.descriptor())))
                .toList());
    }

    int count() {
        return all.size();
    }

    List<Judged> all() {
        return all;
    }

    List<LabelledCase> cases() {
        return all.stream().map(Judged::truth).toList();
    }

    /** The same of some of the cases. */
    Scores where(Predicate<LabelledCase> wanted) {
        return new Scores(all.stream().filter(j -> wanted.test(j.truth())).toList());
    }

    Proportion right(Predicate<Judged> right) {
        return new Proportion((int) all.stream().filter(right).count(), all.size());
    }

    /** Cases whose true class is a candidate. */
    Proportion covered() {
        return right(j -> j.ofTruth() >= CANDIDATE);
    }

    Confusion confusion(Function<LabelledCase, Enum<?>> truth, Function<Classification, Enum<?>> answer) {
        Confusion confusion = new Confusion();
        for (Judged j : all) {
            confusion.add(
                    truth.apply(j.truth()).name(), answer.apply(j.answer()).name());
        }
        return confusion;
    }

    Confusion classes() {
        return confusion(LabelledCase::workloadClass, Classification::workloadClass);
    }

    Confusion phases() {
        return confusion(LabelledCase::phase, Classification::phase);
    }

    Confusion families() {
        return confusion(LabelledCase::taskFamily, Classification::taskFamily);
    }

    double logLoss() {
        return all.stream().mapToDouble(Judged::logLoss).average().orElse(Double.NaN);
    }

    double brier() {
        return all.stream().mapToDouble(Judged::brier).average().orElse(Double.NaN);
    }

    Reliability reliability() {
        return new Reliability(bets());
    }

    CoverageRisk coverageRisk() {
        return new CoverageRisk(bets());
    }

    private List<Bet> bets() {
        return all.stream().map(Judged::bet).toList();
    }

    /** Class accuracy by a property of the cases; cases that lack it are left out. */
    TreeMap<String, Proportion> strata(Function<LabelledCase, String> property) {
        TreeMap<String, Proportion> strata = new TreeMap<>();
        all.stream()
                .map(j -> property.apply(j.truth()))
                .filter(Objects::nonNull)
                .distinct()
                .forEach(value -> strata.put(
                        value, where(c -> value.equals(property.apply(c))).right(Judged::classRight)));
        return strata;
    }
}
