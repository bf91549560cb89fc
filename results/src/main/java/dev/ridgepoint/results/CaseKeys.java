package dev.ridgepoint.results;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.json.CanonicalJson;

/** The key of a case: the digest of what was asked. */
public final class CaseKeys {
    private static final String INPUTS = "inputs";
    private static final String SHA256 = "sha256";

    private CaseKeys() {}

    /** SHA-256 of the canonical JSON of {@link #hashed}. */
    public static String of(Question question) {
        return CanonicalJson.sha256(hashed(question));
    }

    /** The same of a question's JSON, which {@link Records} read without a complaint. */
    public static String of(ObjectNode question) {
        ObjectNode inputs = topOf((ObjectNode) question.get(INPUTS));
        inputs.remove(SHA256);
        return CanonicalJson.sha256(topOf(question).set(INPUTS, inputs));
    }

    private static ObjectNode topOf(ObjectNode json) {
        ObjectNode top = json.objectNode();
        top.setAll(json);
        return top;
    }

    /**
     * What the key covers: the whole question but the digest of the input bytes. Distribution and seed decide the
     * bytes, and a case that was skipped, so that none were generated, is the same case as one that ran.
     */
    public static ObjectNode hashed(Question question) {
        ObjectNode json = Records.toJson(question);
        ((ObjectNode) json.get(INPUTS)).remove(SHA256);
        return json;
    }
}
