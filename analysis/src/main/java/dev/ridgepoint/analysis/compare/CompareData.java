package dev.ridgepoint.analysis.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ridgepoint.analysis.report.Names;
import dev.ridgepoint.analysis.report.Numbers;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What the page of a comparison draws from: cases as arrays under one list of field names, in the order of the base. */
final class CompareData {
    private static final List<String> FIELDS = List.of(
            "id",
            "candidate",
            "group",
            "verdict",
            "ratio",
            "low",
            "high",
            "mde",
            "margin",
            "p",
            "q",
            "reasons",
            "sentence",
            "facts");

    private CompareData() {}

    static String of(Comparison comparison, CaseGroups groups) throws IOException {
        comparison.inFull();
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeFieldName("margin");
            number(json, commonMargin(comparison));
            strings(json, "groups", groups.names());
            strings(json, "fields", FIELDS);
            json.writeArrayFieldStart("rows");
            for (CaseVerdict one : comparison.cases()) {
                row(json, one, groups.number(one));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    /** The margin of all cases, null where they have margins of their own. */
    static Double commonMargin(Comparison comparison) {
        Set<Double> margins =
                comparison.cases().stream().map(CaseVerdict::margin).collect(Collectors.toSet());
        return margins.size() == 1 ? margins.iterator().next() : null;
    }

    private static void row(JsonGenerator json, CaseVerdict one, int group) throws IOException {
        Figures figures = one.figures();
        boolean none = figures == null;
        json.writeStartArray();
        json.writeString(Names.oneLine(one.name()));
        json.writeString(one.candidate().equals(one.benchmark()) ? null : Names.oneLine(one.candidate()));
        json.writeNumber(group);
        json.writeString(one.verdict().name());
        number(json, none ? null : figures.ratio());
        number(json, none ? null : figures.low());
        number(json, none ? null : figures.high());
        number(json, none ? null : figures.mde());
        number(json, one.margin());
        number(json, none ? null : figures.p());
        number(json, one.q());
        json.writeString(one.reasons().stream().map(Reason::name).collect(Collectors.joining(", ")));
        json.writeString(Sentences.of(one));
        facts(json, one);
        json.writeEndArray();
    }

    /** Names and texts in turn, of what only a reader of this case asks. */
    private static void facts(JsonGenerator json, CaseVerdict one) throws IOException {
        json.writeStartArray();
        fact(json, "forks", one.baseForks() + " of the base, " + one.candidateForks() + " of the candidate");
        if (one.baseNs() > 0) {
            fact(json, "base", Numbers.time(one.baseNs()));
        }
        if (one.candidateNs() > 0) {
            fact(json, "candidate", Numbers.time(one.candidateNs()));
        }
        if (one.figures() != null) {
            Figures figures = one.figures();
            fact(json, "test alone shows", Sentences.percent(figures.testMde()) + " four times in five");
            fact(json, "p of no equivalence", Numbers.significant(figures.pEquivalent(), 2));
            fact(
                    json,
                    "bootstrap 95 %",
                    Sentences.ratio(figures.bootstrapLow()) + " to " + Sentences.ratio(figures.bootstrapHigh()));
            fact(json, "p by order alone", Numbers.significant(figures.mannWhitneyP(), 2));
            fact(json, "Cliff's delta", String.format(Locale.ROOT, "%.2f", figures.cliffsDelta()));
        }
        if (one.cyclesRatio() != null) {
            fact(json, "ratio in cycles", Sentences.ratio(one.cyclesRatio()));
        }
        fact(json, "could show the margin", one.couldShow() ? "yes" : "no");
        if (!one.axes().isEmpty()) {
            fact(json, "changed", String.join(", ", one.axes()));
        }
        if (!one.differences().isEmpty()) {
            fact(
                    json,
                    "differs",
                    one.differences().stream().map(Sentences::difference).collect(Collectors.joining("; ")));
        }
        json.writeEndArray();
    }

    private static void fact(JsonGenerator json, String name, String text) throws IOException {
        json.writeString(name);
        json.writeString(Names.oneLine(text));
    }

    private static void number(JsonGenerator json, Double value) throws IOException {
        if (value == null || !Double.isFinite(value)) {
            json.writeNull();
        } else {
            json.writeNumber(value);
        }
    }

    private static void strings(JsonGenerator json, String name, Collection<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(Names.oneLine(value));
        }
        json.writeEndArray();
    }
}
