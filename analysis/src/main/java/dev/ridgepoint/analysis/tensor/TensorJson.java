package dev.ridgepoint.analysis.tensor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/** Studies for programs; what is not finite is null. */
public final class TensorJson {
    private TensorJson() {}

    /** Writes one document and a line feed. */
    public static void write(List<TensorStudy> studies, Writer out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out).useDefaultPrettyPrinter()) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeArrayFieldStart("tensors");
            for (TensorStudy study : studies) {
                json.writeStartObject();
                facts(json, study);
                json.writeArrayFieldStart("formats");
                for (StorageError error : study.errors()) {
                    error(json, error);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static void facts(JsonGenerator json, TensorStudy study) throws IOException {
        TensorFacts facts = study.facts();
        json.writeStringField("name", study.tensor().name());
        json.writeNumberField("rows", study.tensor().rows());
        json.writeNumberField("cols", study.tensor().cols());
        json.writeNumberField("nan", facts.nan());
        json.writeNumberField("infinite", facts.infinite());
        json.writeNumberField("zeros", facts.zeros());
        number(json, "low", facts.low());
        number(json, "high", facts.high());
        number(json, "mean", facts.mean());
        number(json, "rms", facts.rms());
        json.writeArrayFieldStart("magnitudes");
        for (Map.Entry<Integer, Long> bin : facts.histogram().entrySet()) {
            json.writeStartObject();
            json.writeNumberField("exponent", bin.getKey());
            json.writeNumberField("elements", bin.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void error(JsonGenerator json, StorageError error) throws IOException {
        json.writeStartObject();
        json.writeStringField("format", error.format().id());
        number(json, "bitsPerElement", error.bits());
        number(json, "maxAbs", error.maxAbs());
        number(json, "rms", error.rms());
        number(json, "relativeFrobenius", error.relative());
        number(json, "sqnrDb", error.sqnrDb());
        number(json, "cosine", error.cosine());
        number(json, "saturatedShare", error.saturated());
        number(json, "underflowedShare", error.underflowed());
        json.writeNumberField("lost", error.lost());
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }
}
