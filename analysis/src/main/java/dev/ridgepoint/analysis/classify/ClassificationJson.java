package dev.ridgepoint.analysis.classify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** A classification as fields of a JSON object. */
final class ClassificationJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int USUAL_LENGTH = 1024;

    private ClassificationJson() {}

    /** The fields of an answer in UTF-8, but for its id, which is the asker's, and for the braces around them. */
    static byte[] fields(Classification answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_LENGTH);
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            write(answer, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.copyOfRange(bytes.toByteArray(), 1, bytes.size() - 1);
    }

    /** {@code reachedRegime} is there only where the descriptor gave ceilings that the kernel reaches. */
    private static void write(Classification answer, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("workloadClass", answer.workloadClass().name());
        out.writeStringField("phase", answer.phase().name());
        out.writeStringField("taskFamily", answer.taskFamily().name());
        out.writeStringField("regime", answer.regime().name());
        if (answer.reached() != null) {
            out.writeStringField("reachedRegime", answer.reached().regime().name());
        }
        out.writeFieldName("confidence");
        out.writeNumber(rounded(answer.confidence()));
        out.writeArrayFieldStart("candidates");
        for (Candidate candidate : answer.candidates()) {
            out.writeStartObject();
            out.writeStringField("workloadClass", candidate.workloadClass().name());
            out.writeStringField("phase", candidate.phase().name());
            out.writeFieldName("probability");
            out.writeNumber(rounded(candidate.probability()));
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
    private static String rounded(double probability) {
        return Figures.decimals(probability, 6);
    }
}
