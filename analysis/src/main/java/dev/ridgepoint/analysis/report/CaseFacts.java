package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.roofline.Reading;
import dev.ridgepoint.kernels.workload.Provenance;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Correctness;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.Question;
import dev.ridgepoint.results.Subject;
import dev.ridgepoint.results.Timing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All there is to know about one case, by name, for the row a reader opens. */
final class CaseFacts {
    private CaseFacts() {}

    static Map<String, String> of(CaseRow row) {
        Map<String, String> facts = new LinkedHashMap<>();
        CaseResult result = row.result();
        put(facts, "outcome", row.reason() == null ? null : result.outcome().kind() + ": " + row.reason());
        if (row.measured()) {
            time(facts, row.timing());
            validity(facts, row);
            ceilings(facts, row.reading());
        }
        if (result.outcome() instanceof Outcome.Simulated simulated) {
            simulated.counters().forEach((name, count) -> put(facts, "counted " + name, Numbers.count(count)));
        }
        error(facts, row.correctness());
        question(facts, result.question());
        label(facts, row.label());
        provenance(facts, result.provenance());
        subject(facts, result.subject());
        put(facts, "case key", result.caseKey());
        return facts;
    }

    private static void time(Map<String, String> facts, Timing timing) {
        if (timing.ciLowNs() != null) {
            put(
                    facts,
                    "interval",
                    Numbers.time(timing.ciLowNs()) + " to " + Numbers.time(timing.ciHighNs()) + " ("
                            + Numbers.confidence(timing.confidence()) + ")");
        }
        List<String> means = new ArrayList<>();
        timing.forks().forEach(fork -> means.add(Numbers.time(fork.steadyNs()) + (fork.steady() ? "" : " unsteady")));
        put(facts, "forks", String.join(", ", means));
        if (timing.betweenForkCv() != null) {
            put(facts, "spread of forks", Numbers.percent(timing.betweenForkCv()));
        }
        if (timing.mde() != null) {
            put(facts, "detectable change", Numbers.percent(timing.mde()));
        }
        List<String> percentiles = new ArrayList<>();
        timing.percentiles().forEach((name, ns) -> percentiles.add(name + " " + Numbers.time(ns)));
        put(facts, "percentiles of iterations", String.join(", ", percentiles));
    }

    private static void validity(Map<String, String> facts, CaseRow row) {
        List<String> objections = row.objections();
        put(facts, "validity", objections.isEmpty() ? "valid" : String.join("; ", objections));
        put(facts, "throttled", row.result().validity().throttled());
    }

    private static void ceilings(Map<String, String> facts, Reading reading) {
        put(facts, "intensity", Numbers.rate(reading.intensity()) + " FLOP/byte");
        List<String> shares = new ArrayList<>();
        share(shares, "declared multiplier rate", reading.ofDeclaredCompute());
        share(shares, "declared bandwidth", reading.ofDeclaredBandwidth());
        share(shares, "measured multiplier rate", reading.ofMeasuredCompute());
        share(shares, "measured bandwidth", reading.ofMeasuredBandwidth());
        put(facts, "share of ceilings", String.join(", ", shares));
        put(facts, "cache", reading.inCache() ? "warm, and the least traffic fits the last cache" : null);
    }

    private static void share(List<String> shares, String name, Double fraction) {
        if (fraction != null) {
            shares.add(Numbers.percent(fraction) + " of " + name);
        }
    }

    private static void error(Map<String, String> facts, Correctness seen) {
        if (seen == null) {
            return;
        }
        put(
                facts,
                "error",
                "relative Frobenius " + Numbers.error(seen.relFrobenius()) + ", largest absolute "
                        + Numbers.error(seen.maxAbs()) + ", RMSE " + Numbers.error(seen.rmse())
                        + (seen.sqnrDb() == null ? "" : ", SQNR " + Numbers.significant(seen.sqnrDb(), 3) + " dB")
                        + (seen.nonFinite() == 0 ? "" : ", " + seen.nonFinite() + " not finite"));
        put(
                facts,
                "tolerance",
                Numbers.error(seen.tolerance()) + " " + seen.toleranceKind() + ", " + seen.toleranceSource());
        String missed = seen.missProbability() == 0
                ? ""
                : ", a wrong element goes unseen with probability " + Numbers.significant(seen.missProbability(), 2);
        put(
                facts,
                "checked",
                seen.method() + ", " + Numbers.count(seen.checkedElements()) + " elements of " + seen.buffers()
                        + " buffer sets" + missed);
    }

    private static void question(Map<String, String> facts, Question question) {
        put(facts, "shape", question.op() + " " + question.shape());
        put(facts, "precision", question.precision());
        put(facts, "timing domain", question.domain() + ", " + question.cacheState());
        if (question.inputs() != null) {
            put(
                    facts,
                    "inputs",
                    question.inputs().distribution() + ", seed "
                            + question.inputs().seed());
        }
    }

    private static void label(Map<String, String> facts, CaseLabel label) {
        put(facts, "class", ClassMap.words(label.workloadClass().name()) + ", " + label.basis());
        if (label.stated() && label.fromShape() != null) {
            put(
                    facts,
                    "class from the shape alone",
                    ClassMap.words(label.fromShape().name()));
        }
    }

    private static void provenance(Map<String, String> facts, Provenance from) {
        if (from == null) {
            return;
        }
        List<String> parts = new ArrayList<>();
        parts.add(from.model());
        parts.add(from.role());
        parts.add(from.phase() == null ? null : ClassMap.words(from.phase().name()));
        parts.add(from.batch() == null ? null : "batch " + from.batch());
        parts.add(from.length() == null ? null : "length " + from.length());
        parts.removeIf(part -> part == null || part.isBlank());
        put(facts, "asked by", String.join(", ", parts));
        put(facts, "source of extents", from.source());
    }

    private static void subject(Map<String, String> facts, Subject subject) {
        if (subject == null) {
            return;
        }
        put(facts, "kernel", subject.kernel());
        put(facts, "implementation", subject.implementation());
        put(facts, "precision on this hardware", subject.support());
        put(facts, "built for", subject.arch());
        put(facts, "build", subject.buildDigest());
    }

    private static void put(Map<String, String> facts, String name, String value) {
        if (value != null && !value.isBlank()) {
            facts.put(name, Names.oneLine(value));
        }
    }
}
