package dev.ridgepoint.analysis.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ridgepoint.results.json.JsonDiff.Difference;
import java.io.IOException;
import java.io.Writer;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A comparison for programs: nothing rounded, every case in full, no figure where there is none. */
public final class CompareJson {
    private CompareJson() {}

    /** Writes one JSON document and leaves the writer open. */
    public static void write(Comparison comparison, Writer out) throws IOException {
        comparison.inFull();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            side(json, "base", comparison.base());
            side(json, "candidate", comparison.candidate());
            json.writeNumberField("margin", comparison.options().margin());
            json.writeBooleanField("paired", comparison.options().paired());
            json.writeStringField(
                    "margins",
                    comparison.options().margins() == null
                            ? null
                            : comparison.options().margins().sentence());
            json.writeBooleanField("sameRun", comparison.sameRun());
            json.writeObjectFieldStart("comparability");
            json.writeStringField("level", comparison.level().name());
            differences(json, comparison.differences());
            strings(json, "changed", comparison.axes());
            json.writeEndObject();
            json.writeObjectFieldStart("verdictCounts");
            for (Map.Entry<Verdict, Long> count : comparison.counts().entrySet()) {
                json.writeNumberField(count.getKey().name(), count.getValue());
            }
            json.writeEndObject();
            gate(json, comparison);
            second(json, comparison.second());
            strings(json, "baseOnly", comparison.baseOnly());
            strings(json, "candidateOnly", comparison.candidateOnly());
            strings(json, "next", NextSteps.of(comparison));
            json.writeArrayFieldStart("cases");
            for (CaseVerdict one : comparison.cases()) {
                one(json, one);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.write('\n');
    }

    /** Absent where there was one stage. */
    private static void second(JsonGenerator json, Comparison.SecondStage second) throws IOException {
        if (second == null) {
            return;
        }
        json.writeObjectFieldStart("secondStage");
        json.writeStringField("path", second.path());
        json.writeStringField("baseRunId", second.baseRunId());
        json.writeStringField("candidateRunId", second.candidateRunId());
        json.writeNumberField("open", second.open());
        json.writeNumberField("decided", second.decided());
        json.writeObjectFieldStart("firstVerdicts");
        for (Map.Entry<String, Verdict> one : second.firstVerdicts().entrySet()) {
            json.writeStringField(one.getKey(), one.getValue().name());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void side(JsonGenerator json, String name, Comparison.SideFacts side) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("path", side.path());
        json.writeStringField("runId", side.runId());
        json.writeStringField("grade", side.grade().name());
        strings(json, "gradeReasons", side.gradeReasons());
        strings(json, "notChecked", side.unchecked());
        json.writeNumberField("cases", side.cases());
        json.writeEndObject();
    }

    private static void gate(JsonGenerator json, Comparison comparison) throws IOException {
        Gate gate = comparison.gate();
        json.writeObjectFieldStart("gate");
        json.writeBooleanField("passed", gate.passed());
        json.writeNumberField("power", gate.power());
        strings(
                json,
                "reasons",
                gate.objections().keySet().stream().map(Reason::name).toList());
        strings(json, "sentences", gate.objections().values());
        json.writeNumberField("unconfirmed", comparison.unconfirmed());
        json.writeObjectFieldStart("control");
        json.writeNumberField("cases", comparison.control().cases());
        json.writeNumberField("moved", comparison.control().moved());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void one(JsonGenerator json, CaseVerdict one) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", one.key());
        json.writeStringField("benchmark", one.benchmark());
        json.writeStringField("candidateBenchmark", one.candidate());
        json.writeObjectFieldStart("params");
        for (Map.Entry<String, String> param : one.params().entrySet()) {
            json.writeStringField(param.getKey(), param.getValue());
        }
        json.writeEndObject();
        json.writeStringField("verdict", one.verdict().name());
        figures(json, one);
        strings(json, "reasons", one.reasons().stream().map(Reason::name).toList());
        json.writeStringField("sentence", Sentences.of(one));
        json.writeNumberField("margin", one.margin());
        json.writeArrayFieldStart("forks");
        json.writeNumber(one.baseForks());
        json.writeNumber(one.candidateForks());
        json.writeEndArray();
        number(json, "baseNs", one.baseNs());
        number(json, "candidateNs", one.candidateNs());
        json.writeBooleanField("couldShowMargin", one.couldShow());
        strings(json, "changed", one.axes());
        json.writeStringField("attributedTo", one.attributedTo());
        differences(json, one.differences());
        json.writeEndObject();
    }

    private static void figures(JsonGenerator json, CaseVerdict one) throws IOException {
        Figures figures = one.figures();
        boolean none = figures == null;
        number(json, "ratio", none ? null : figures.ratio());
        interval(json, "ci", none ? null : figures.low(), none ? null : figures.high());
        number(json, "mde", none ? null : figures.mde());
        number(json, "p", none ? null : figures.p());
        number(json, "q", one.q());
        number(json, "pEquivalent", none ? null : figures.pEquivalent());
        number(json, "testMde", none ? null : figures.testMde());
        interval(json, "bootstrapCi", none ? null : figures.bootstrapLow(), none ? null : figures.bootstrapHigh());
        number(json, "mannWhitneyP", none ? null : figures.mannWhitneyP());
        number(json, "cliffsDelta", none ? null : figures.cliffsDelta());
        number(json, "cyclesRatio", one.cyclesRatio());
    }

    private static void interval(JsonGenerator json, String name, Double low, Double high) throws IOException {
        if (low == null) {
            json.writeNullField(name);
            return;
        }
        json.writeArrayFieldStart(name);
        finite(json, low);
        finite(json, high);
        json.writeEndArray();
    }

    private static void number(JsonGenerator json, String name, Double value) throws IOException {
        json.writeFieldName(name);
        finite(json, value);
    }

    private static void finite(JsonGenerator json, Double value) throws IOException {
        if (value == null || !Double.isFinite(value)) {
            json.writeNull();
        } else {
            json.writeNumber(value);
        }
    }

    private static void differences(JsonGenerator json, List<Difference> differences) throws IOException {
        json.writeArrayFieldStart("differences");
        for (Difference difference : differences) {
            json.writeStartObject();
            json.writeStringField("pointer", difference.pointer());
            json.writeStringField("base", difference.left());
            json.writeStringField("candidate", difference.right());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void strings(JsonGenerator json, String name, Collection<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
