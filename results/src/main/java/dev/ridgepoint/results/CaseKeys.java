package dev.ridgepoint.results;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.json.CanonicalJson;

/** The key of a case: the digest of what was asked. */
public final class CaseKeys {
    private CaseKeys() {}

    /** SHA-256 of the canonical JSON of {@link #hashed}. */
    public static String of(Question question) {
        return CanonicalJson.sha256(hashed(question));
    }

    /**
     * What the key covers: the whole question but the digest of the input bytes. Distribution and seed decide the
     * bytes, and a case that was skipped, so that none were generated, is the same case as one that ran.
     */
    public static ObjectNode hashed(Question question) {
        ObjectNode json = Records.toJson(question);
        json.withObject("/inputs").remove("sha256");
        return json;
    }
}
