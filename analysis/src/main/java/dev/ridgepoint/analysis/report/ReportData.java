package dev.ridgepoint.analysis.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ridgepoint.analysis.roofline.Ceilings;
import dev.ridgepoint.analysis.roofline.Reading;
import dev.ridgepoint.analysis.roofline.Roofline;
import dev.ridgepoint.analysis.steady.SteadyState;
import dev.ridgepoint.analysis.tradeoff.TradeOff;
import dev.ridgepoint.results.Correctness;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.Timing;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What the page's scripts draw from: rows as arrays under one list of field names, since there may be thousands. */
final class ReportData {
    private static final List<String> FIELDS = List.of(
            "id",
            "how",
            "kernel",
            "outcome",
            "class",
            "stated",
            "time",
            "ns",
            "vendor",
            "gflops",
            "gbs",
            "intensity",
            "ceil",
            "bound",
            "error",
            "flags",
            "valid",
            "reason",
            "figure",
            "facts");

    private final RunReport report;
    private final VendorSpeedup speedup;
    private final Map<String, Integer> factNames = new LinkedHashMap<>();
    /** Most facts are those of many cases, so each text is written once. */
    private final Map<String, Integer> factTexts = new LinkedHashMap<>();

    ReportData(RunReport report) {
        this.report = report;
        this.speedup = new VendorSpeedup(report.rows());
    }

    String json(List<TradeOff> tradeOffs, Map<String, Double> joules, List<SequencePlots.Sequence> sequences)
            throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("provenance", Citation.provenance(report.run(), report.context()));
            ceilings(json);
            tradeOffs(json, tradeOffs, joules);
            sequences(json, sequences);
            strings(json, "fields", FIELDS);
            json.writeArrayFieldStart("rows");
            for (CaseRow row : report.rows()) {
                row(json, row);
            }
            json.writeEndArray();
            strings(json, "factNames", factNames.keySet());
            strings(json, "factTexts", factTexts.keySet());
            json.writeEndObject();
        }
        return text.toString();
    }

    private void row(JsonGenerator json, CaseRow row) throws IOException {
        Timing timing = row.timing();
        Reading reading = row.reading();
        Correctness correctness = row.correctness();
        json.writeStartArray();
        json.writeString(Names.oneLine(CaseTables.shortId(row)));
        json.writeString(CaseTables.domain(row));
        json.writeString(Names.oneLine(row.kernel()));
        json.writeString(row.result().outcome().kind());
        json.writeString(row.label().workloadClass().name());
        json.writeNumber(row.label().stated() ? 1 : 0);
        json.writeString(timing == null ? null : row.time());
        number(json, timing == null ? null : timing.steadyNs());
        OptionalDouble overVendor = speedup.of(row);
        number(json, overVendor.isPresent() ? overVendor.getAsDouble() : null);
        number(json, reading == null ? null : reading.gflops());
        number(json, reading == null ? null : reading.gigabytesPerSecond());
        number(json, reading == null ? null : reading.intensity());
        number(json, reading == null ? null : reading.ofMeasuredCeiling());
        json.writeString(
                reading == null || reading.bound() == null
                        ? null
                        : reading.bound().id());
        number(json, correctness == null ? null : correctness.relFrobenius());
        json.writeString(row.flags());
        json.writeNumber(row.valid() ? 1 : 0);
        json.writeString(reason(row));
        json.writeString(timing == null ? null : Citation.figure(row.result(), timing));
        facts(json, CaseFacts.of(row));
        json.writeEndArray();
    }

    private static String reason(CaseRow row) {
        if (row.measured()) {
            return row.valid() ? null : Names.oneLine(String.join("; ", row.objections()));
        }
        return Names.oneLine(row.reason());
    }

    /** Pairs of numbers: of the fact's name and of its text. */
    private void facts(JsonGenerator json, Map<String, String> facts) throws IOException {
        json.writeStartArray();
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            json.writeNumber(factNames.computeIfAbsent(fact.getKey(), name -> factNames.size()));
            json.writeNumber(factTexts.computeIfAbsent(fact.getValue(), text -> factTexts.size()));
        }
        json.writeEndArray();
    }

    private void ceilings(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("ceilings");
        for (Roofline roofline : report.rooflines().values()) {
            ceiling(json, roofline.type(), "declared", roofline.declared());
            ceiling(json, roofline.type(), "measured", roofline.measured());
        }
        json.writeEndArray();
    }

    private static void ceiling(JsonGenerator json, String type, String kind, Ceilings ceilings) throws IOException {
        if (ceilings.complete()) {
            json.writeStartObject();
            json.writeStringField("type", type);
            json.writeStringField("kind", kind);
            json.writeNumberField("gflops", ceilings.gflops());
            json.writeNumberField("gbs", ceilings.gigabytesPerSecond());
            json.writeEndObject();
        }
    }

    private static void tradeOffs(JsonGenerator json, List<TradeOff> groups, Map<String, Double> joules)
            throws IOException {
        json.writeArrayFieldStart("tradeOffs");
        for (TradeOff group : groups) {
            json.writeStartObject();
            json.writeStringField("op", group.op());
            json.writeStringField("name", group.name());
            json.writeArrayFieldStart("points");
            for (TradeOff.Point point : group.points()) {
                json.writeStartObject();
                json.writeStringField("precision", point.precision());
                json.writeStringField("kernel", Names.oneLine(point.kernel()));
                json.writeStringField("time", Numbers.time(point.ns()));
                json.writeNumberField("ns", point.ns());
                json.writeNumberField("error", point.error());
                json.writeNumberField("operands", point.operands());
                json.writeNumberField("arithmetic", point.arithmetic());
                json.writeStringField("support", point.support());
                json.writeFieldName("joules");
                number(json, joules.get(point.caseId()));
                json.writeStringField("energy", Numbers.energy(joules.get(point.caseId())));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("absent");
            for (TradeOff.Absent absent : group.absent()) {
                json.writeStartObject();
                json.writeStringField("precision", absent.precision());
                json.writeNumberField("operands", absent.operands());
                json.writeStringField("support", absent.support());
                json.writeStringField("reason", Names.oneLine(absent.reason()));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void sequences(JsonGenerator json, List<SequencePlots.Sequence> sequences) throws IOException {
        json.writeArrayFieldStart("sequences");
        for (SequencePlots.Sequence sequence : sequences) {
            json.writeStartObject();
            json.writeNumberField("ns", sequence.row().timing().steadyNs());
            json.writeArrayFieldStart("forks");
            for (Map.Entry<Integer, List<IterationLine>> fork : sequence.forks().entrySet()) {
                fork(json, sequence, fork.getKey(), fork.getValue());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void fork(JsonGenerator json, SequencePlots.Sequence sequence, int fork, List<IterationLine> lines)
            throws IOException {
        SteadyState.Verdict verdict = sequence.verdict(fork);
        json.writeStartObject();
        json.writeNumberField("fork", fork);
        json.writeNumberField(
                "warmups", lines.stream().filter(IterationLine::warmup).count());
        json.writeNumberField("steadyFrom", verdict.steadyFrom());
        json.writeFieldName("changes");
        int[] changes = verdict.changePoints().stream().mapToInt(at -> at).toArray();
        json.writeArray(changes, 0, changes.length);
        json.writeArrayFieldStart("times");
        for (IterationLine line : lines) {
            number(json, line.nsPerOp());
        }
        json.writeEndArray();
        if (sequence.telemetry().containsKey(fork)) {
            TelemetryStrip.write(json, sequence.telemetry().get(fork));
        }
        json.writeEndObject();
    }

    private static void strings(JsonGenerator json, String name, Iterable<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    /** Single precision: more digits than any plot shows, in half the bytes. */
    private static void number(JsonGenerator json, Double value) throws IOException {
        if (value == null || !Double.isFinite(value)) {
            json.writeNull();
        } else {
            float rounded = value.floatValue();
            boolean fits = Float.isFinite(rounded) && (rounded != 0 || value == 0);
            json.writeNumber(fits ? Float.toString(rounded) : value.toString());
        }
    }
}
