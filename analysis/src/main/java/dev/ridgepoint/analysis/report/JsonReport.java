package dev.ridgepoint.analysis.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ridgepoint.analysis.roofline.Reading;
import dev.ridgepoint.analysis.soak.SoakJson;
import dev.ridgepoint.results.Correctness;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the plain report says, for programs: units in the names, no rounding, every figure with its context. */
public final class JsonReport {
    private JsonReport() {}

    /** The report of a bundle as one JSON document. */
    public static String render(Path bundle) throws IOException {
        return render(bundle, Labeller.standard());
    }

    /** The report of a bundle under another labeller. */
    public static String render(Path bundle, Labeller labeller) throws IOException {
        return render(RunReport.of(BundleReader.open(bundle), labeller));
    }

    static String render(RunReport report) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("runId", report.run().runId());
            json.writeStringField("status", report.run().status());
            json.writeStringField("suite", report.run().suite());
            json.writeStringField("protocol", report.run().protocol().id());
            json.writeStringField("started", report.run().started());
            json.writeStringField("device", report.context().device().name());
            json.writeStringField("deviceKind", report.context().device().kind());
            json.writeStringField("provenance", Citation.provenance(report.run(), report.context()));
            json.writeObjectFieldStart("counts");
            for (Map.Entry<String, Long> count : report.counts().entrySet()) {
                json.writeNumberField(count.getKey(), count.getValue());
            }
            json.writeNumberField("valid", report.validCount());
            json.writeEndObject();
            detection(json, report.detection());
            json.writeArrayFieldStart("cases");
            VendorSpeedup speedup = new VendorSpeedup(report.rows());
            for (CaseRow row : report.rows()) {
                row(json, row, speedup);
            }
            json.writeEndArray();
            if (report.soak() != null) {
                json.writeFieldName("soak");
                SoakJson.write(json, report.soak());
            }
            if (report.gpu() != null) {
                json.writeObjectFieldStart("gpu");
                SoakJson.machine(json, report.gpu());
                json.writeEndObject();
            }
            strings(json, "limits", Limits.of(report));
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    private static void detection(JsonGenerator json, Detection detection) throws IOException {
        json.writeObjectFieldStart("detection");
        number(json, "changeInFourOfFiveCases", detection.inMostCases());
        json.writeNumberField("forks", detection.forks());
        json.writeBooleanField("canGate", detection.canGate());
        json.writeStringField("noBase", detection.noBase());
        json.writeStringField("sentence", detection.sentence());
        json.writeEndObject();
    }

    private static void row(JsonGenerator json, CaseRow row, VendorSpeedup speedup) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", row.id());
        json.writeStringField("caseKey", row.result().caseKey());
        json.writeStringField("kernel", row.kernel());
        json.writeStringField("outcome", row.result().outcome().kind());
        if (row.reason() != null) {
            json.writeStringField("reason", row.reason());
        }
        json.writeStringField("workloadClass", row.label().workloadClass().name());
        json.writeStringField(
                "phase",
                row.label().phase() == null ? null : row.label().phase().name());
        json.writeNumberField("classProbability", row.label().probability());
        if (row.measured()) {
            time(json, row.timing());
            if (speedup.of(row).isPresent()) {
                json.writeNumberField("speedupOverVendor", speedup.of(row).getAsDouble());
            }
            if (speedup.overWideWeights(row).isPresent()) {
                json.writeNumberField(
                        "speedupOverVendorWithWideWeights",
                        speedup.overWideWeights(row).getAsDouble());
            }
            ceilings(json, row.reading());
            json.writeBooleanField("valid", row.valid());
            json.writeStringField("flags", row.flags());
            strings(json, "reasons", row.objections());
            json.writeStringField("citation", Citation.figure(row.result(), row.timing()));
        }
        if (row.result().outcome() instanceof Outcome.Simulated simulated) {
            counters(json, simulated.counters());
        }
        error(json, row.correctness());
        json.writeEndObject();
    }

    private static void counters(JsonGenerator json, Map<String, Long> counters) throws IOException {
        json.writeObjectFieldStart("counters");
        for (Map.Entry<String, Long> counter : counters.entrySet()) {
            json.writeNumberField(counter.getKey(), counter.getValue());
        }
        json.writeEndObject();
    }

    private static void time(JsonGenerator json, Timing timing) throws IOException {
        json.writeNumberField("steadyNs", timing.steadyNs());
        number(json, "ciLowNs", timing.ciLowNs());
        number(json, "ciHighNs", timing.ciHighNs());
        json.writeNumberField("confidence", timing.confidence());
        json.writeNumberField("forks", timing.forks().size());
        number(json, "betweenForkCv", timing.betweenForkCv());
        number(json, "minimumDetectableEffect", timing.mde());
    }

    private static void ceilings(JsonGenerator json, Reading reading) throws IOException {
        json.writeNumberField("gflops", reading.gflops());
        json.writeNumberField("gigabytesPerSecond", reading.gigabytesPerSecond());
        number(json, "flopsPerByte", reading.intensity());
        json.writeBooleanField("inCache", reading.inCache());
        number(json, "ofDeclaredCompute", reading.ofDeclaredCompute());
        number(json, "ofDeclaredBandwidth", reading.ofDeclaredBandwidth());
        number(json, "ofMeasuredCompute", reading.ofMeasuredCompute());
        number(json, "ofMeasuredBandwidth", reading.ofMeasuredBandwidth());
        number(json, "ofMeasuredCeiling", reading.ofMeasuredCeiling());
        json.writeStringField(
                "bound", reading.bound() == null ? null : reading.bound().id());
    }

    private static void error(JsonGenerator json, Correctness seen) throws IOException {
        if (seen != null) {
            json.writeObjectFieldStart("error");
            number(json, "relFrobenius", seen.relFrobenius());
            number(json, "maxAbs", seen.maxAbs());
            number(json, "rmse", seen.rmse());
            number(json, "cosine", seen.cosine());
            number(json, "sqnrDb", seen.sqnrDb());
            number(json, "tolerance", seen.tolerance());
            json.writeStringField("toleranceKind", seen.toleranceKind());
            number(json, "missProbability", seen.missProbability());
            json.writeEndObject();
        }
    }

    private static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void number(JsonGenerator json, String name, Double value) throws IOException {
        if (value == null || !Double.isFinite(value)) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }
}
