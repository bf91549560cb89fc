package dev.ridgepoint.analysis.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.CaseKeys;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.Question;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.json.CanonicalJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cuts the cases of one bundle down to entries, which share its protocol and its context. */
final class BundleEntries {
    private final ObjectNode protocol;
    private final ObjectNode context;

    BundleEntries(RunDocument run, Context context) {
        this.protocol = Records.toJson(run.protocol());
        this.context = context.identity();
    }

    /** May be asked by several threads. */
    Entry of(CaseResult result) {
        Timing timing = result.timing();
        List<Timing.Fork> forks = timing == null
                ? List.of()
                : timing.forks().stream()
                        .sorted((a, b) -> Integer.compare(a.fork(), b.fork()))
                        .toList();
        Question question = result.question();
        Question.Inputs inputs = question.inputs();
        return new Entry(
                result.caseKey(),
                () -> problemKey(question),
                result.id(),
                params(result),
                new Entry.Asked(
                        question.domain(),
                        question.cacheState(),
                        inputs.distribution(),
                        inputs.seed(),
                        inputs.sha256()),
                protocol,
                context,
                result.subject(),
                result.outcome().kind(),
                why(result.outcome()),
                forks.stream().mapToInt(Timing.Fork::fork).toArray(),
                forks.stream().mapToDouble(Timing.Fork::steadyNs).toArray(),
                timing == null
                        ? Entry.Health.UNKNOWN
                        : new Entry.Health(
                                timing.unsteadyForks(),
                                "yes".equals(result.validity().throttled()),
                                result.validity().plausible()),
                result.outcome() instanceof Outcome.Measured measured
                        ? measured.correctness().relFrobenius()
                        : Double.NaN);
    }

    private static String problemKey(Question question) {
        ObjectNode json = CaseKeys.hashed(question);
        json.remove(List.of("domain", "cacheState", "inputs"));
        return CanonicalJson.sha256(json);
    }

    private static Map<String, String> params(CaseResult result) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("op", result.question().op());
        params.put("precision", result.question().precision());
        params.put("domain", result.question().domain());
        params.put("cacheState", result.question().cacheState());
        params.put("kernel", result.subject().kernel());
        params.put("backend", result.subject().backend());
        return params;
    }

    private static String why(Outcome outcome) {
        if (outcome instanceof Outcome.Skipped skipped) {
            return skipped.reason();
        }
        if (outcome instanceof Outcome.Failed failed) {
            return failed.reason();
        }
        return outcome instanceof Outcome.Incorrect incorrect ? incorrect.reason() : null;
    }
}
