package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.economics.Derived;
import dev.ridgepoint.analysis.economics.Economics;
import dev.ridgepoint.analysis.tradeoff.TradeOff;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the answers of all alternatives under the questions they answer; precisions of one shape share a question. */
final class Questions {
    private Questions() {}

    /** Those with most answers first. */
    static List<SharedQuestion> of(List<Side> sides) {
        Map<String, List<Answer>> byQuestion = new LinkedHashMap<>();
        for (Side side : sides) {
            for (CaseResult result : side.measured()) {
                byQuestion
                        .computeIfAbsent(name(result.question()), name -> new ArrayList<>())
                        .add(answer(side, result));
            }
        }
        List<SharedQuestion> questions = new ArrayList<>();
        byQuestion.forEach((name, answers) -> {
            answers.sort(Comparator.comparing(Answer::of)
                    .thenComparingDouble(Answer::error)
                    .thenComparing(Answer::caseId));
            questions.add(new SharedQuestion(name, List.copyOf(answers)));
        });
        questions.sort(
                Comparator.comparingInt((SharedQuestion one) -> -one.answers().size())
                        .thenComparing(SharedQuestion::name));
        return questions;
    }

    /** What conversions to and from share is the matrix; they remain two questions. */
    private static String name(Question question) {
        String name = TradeOff.name(question);
        String inputs = question.inputs() == null
                ? "unknown"
                : question.inputs().distribution() + " seed "
                        + question.inputs().seed();
        return name + ", inputs " + inputs;
    }

    private static Answer answer(Side side, CaseResult result) {
        double ns = result.timing().steadyNs();
        double flops = result.work().flops();
        double storing = TradeOff.operands(result.question());
        double found = ((Outcome.Measured) result.outcome()).correctness().relFrobenius();
        double arithmetic = Double.isNaN(found) ? 0 : found;
        Derived money = side.price() == null || flops == 0 ? null : Economics.workPerMoney(flops, ns, side.price());
        return new Answer(
                side.label(),
                result.id(),
                result.question().precision(),
                result.subject().kernel(),
                result.subject().support(),
                ns,
                result.timing().ciLowNs(),
                result.timing().ciHighNs(),
                flops / ns,
                result.timing().percentiles(),
                storing,
                arithmetic,
                Math.hypot(storing, arithmetic),
                side.energy(result.id()),
                money);
    }
}
