package dev.ridgepoint.analysis.targets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ridgepoint.analysis.report.RunFigures.Figure;
import dev.ridgepoint.analysis.stats.Timings;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;

/** The targets for programs: every figure in full, nothing rounded. */
public final class TargetsJson {
    private TargetsJson() {}

    /** Writes one JSON document and leaves the writer open. */
    public static void write(TargetStudy study, Writer out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("runId", study.run().run().runId());
            json.writeStringField("provenance", study.run().provenance());
            json.writeStringField("device", study.run().context().device().name());
            json.writeStringField("note", study.note());
            json.writeNumberField("confidence", Timings.CONFIDENCE);
            json.writeObjectFieldStart("counts");
            for (Map.Entry<TargetVerdict, Long> count : study.counts().entrySet()) {
                json.writeNumberField(count.getKey().id(), count.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("targets");
            for (TargetAnswer answer : study.answers()) {
                answer(json, answer);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static void answer(JsonGenerator json, TargetAnswer answer) throws IOException {
        Target target = answer.target();
        Ratio ratio = answer.ratio();
        json.writeStartObject();
        json.writeStringField("name", target.name());
        json.writeStringField("ratio", target.kind().id());
        json.writeStringField("better", target.kind().moreIsBetter() ? "more" : "less");
        json.writeNumberField("gate", target.gate());
        json.writeNumberField("goal", target.goal());
        json.writeStringField("source", target.source());
        json.writeStringField("verdict", answer.verdict().id());
        json.writeBooleanField("goalUndecided", answer.goalUndecided());
        json.writeStringField("reason", answer.reason());
        if (ratio == null) {
            json.writeNullField("value");
            json.writeNullField("ci");
        } else {
            json.writeNumberField("value", ratio.value());
            json.writeArrayFieldStart("ci");
            json.writeNumber(ratio.low());
            json.writeNumber(ratio.high());
            json.writeEndArray();
        }
        figure(json, "case", answer.ours());
        json.writeNumberField("fastestOf", answer.among());
        figure(json, "over", answer.over());
        if (answer.gigabytesPerSecond() == null) {
            json.writeNullField("overGigabytesPerSecond");
        } else {
            json.writeNumberField("overGigabytesPerSecond", answer.gigabytesPerSecond());
        }
        json.writeEndObject();
    }

    private static void figure(JsonGenerator json, String field, Figure figure) throws IOException {
        if (figure == null) {
            json.writeNullField(field);
            return;
        }
        json.writeObjectFieldStart(field);
        json.writeStringField("id", figure.result().id());
        json.writeStringField("kernel", Choosing.kernel(figure));
        json.writeStringField("implementation", figure.result().subject().implementation());
        json.writeNumberField("steadyNs", figure.timing().steadyNs());
        json.writeNumberField("forks", figure.timing().forks().size());
        json.writeEndObject();
    }
}
