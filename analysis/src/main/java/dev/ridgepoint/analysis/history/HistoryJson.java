package dev.ridgepoint.analysis.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ridgepoint.results.json.JsonDiff.Difference;
import java.io.IOException;
import java.io.Writer;

/** A history for programs: every run, every series and every change in full, nothing rounded. */
public final class HistoryJson {
    private HistoryJson() {}

    /** Writes one JSON document and leaves the writer open. */
    public static void write(History history, Writer out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeNumberField("least", history.least());
            json.writeArrayFieldStart("notes");
            for (String limit : HistoryText.limits(history)) {
                json.writeString(limit);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("runs");
            for (HistoryRun run : history.runs()) {
                run(json, run);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("cases");
            for (CaseHistory one : history.cases()) {
                one(json, history, one);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static void run(JsonGenerator json, HistoryRun run) throws IOException {
        json.writeStartObject();
        json.writeNumberField("run", run.number());
        json.writeStringField("runId", run.runId());
        json.writeStringField("path", run.path());
        json.writeStringField("started", run.started());
        json.writeNumberField("circumstances", run.circumstances());
        json.writeArrayFieldStart("changed");
        for (Difference difference : run.changed()) {
            json.writeStartObject();
            json.writeStringField("pointer", difference.pointer());
            json.writeStringField("before", difference.left());
            json.writeStringField("after", difference.right());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void one(JsonGenerator json, History history, CaseHistory one) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", one.key());
        json.writeStringField("subject", one.subject());
        json.writeStringField("benchmark", one.benchmark());
        json.writeNumberField("circumstances", one.circumstances());
        json.writeFieldName("runs");
        json.writeArray(one.runs(), 0, one.runs().length);
        json.writeFieldName("ns");
        json.writeArray(one.ns(), 0, one.ns().length);
        json.writeNumberField("leftOut", one.leftOut());
        if (one.q() == null) {
            json.writeNullField("p");
            json.writeNullField("q");
        } else {
            json.writeNumberField("p", one.p());
            json.writeNumberField("q", one.q());
        }
        json.writeArrayFieldStart("changes");
        for (CaseHistory.Change change : one.changes()) {
            json.writeStartObject();
            json.writeNumberField("run", one.runs()[change.at()]);
            json.writeStringField(
                    "started", history.run(one.runs()[change.at()]).started());
            json.writeNumberField("ratio", change.ratio());
            json.writeArrayFieldStart("ci");
            json.writeNumber(change.low());
            json.writeNumber(change.high());
            json.writeEndArray();
            json.writeNumberField("p", change.p());
            json.writeStringField("sentence", HistoryText.sentence(history, one, change));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
