package dev.ridgepoint.analysis.classify;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Writes a classification as one JSON object. */
final class ClassificationJson {
    private ClassificationJson() {}

    /**
     * The id is given back as it came, text or number. {@code reachedRegime} is there only where the descriptor gave ceilings
     * that the kernel reaches.
     */
    static void write(JsonNode id, Classification answer, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeFieldName("id");
        out.writeTree(id);
        out.writeStringField("workloadClass", answer.workloadClass().name());
        out.writeStringField("phase", answer.phase().name());
        out.writeStringField("taskFamily", answer.taskFamily().name());
        out.writeStringField("regime", answer.regime().name());
        if (answer.reached() != null) {
            out.writeStringField("reachedRegime", answer.reached().regime().name());
        }
        out.writeNumberField("confidence", rounded(answer.confidence()));
        out.writeArrayFieldStart("candidates");
        for (Candidate candidate : answer.candidates()) {
            out.writeStartObject();
            out.writeStringField("workloadClass", candidate.workloadClass().name());
            out.writeStringField("phase", candidate.phase().name());
            out.writeNumberField("probability", rounded(candidate.probability()));
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("evidence");
        for (String sentence : answer.evidence()) {
            out.writeString(sentence);
        }
        out.writeEndArray();
        out.writeStringField("wouldSettle", answer.wouldSettle());
        out.writeEndObject();
    }

    /** Six decimals: beyond them belief means nothing. */
    private static double rounded(double probability) {
        return Math.round(probability * 1e6) / 1e6;
    }
}
