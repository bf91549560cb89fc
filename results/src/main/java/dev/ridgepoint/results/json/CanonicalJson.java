package dev.ridgepoint.results.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;

/**
 * Canonical JSON after RFC 8785: members sorted, no white space, one text for each number. Two trees that mean the same
 * have the same text and so the same digest, whatever wrote them; any JCS library checks our hashes.
 */
public final class CanonicalJson {
    private CanonicalJson() {}

    /**
     * The canonical text.
     *
     * @throws IllegalArgumentException naming the pointer of a number that is not finite, of an integer beyond
     *     +-(2^53-1), or of a text that is not Unicode
     */
    public static String write(JsonNode tree) {
        return JsonText.write(tree, true);
    }

    /** The digest of the canonical text's UTF-8 bytes. */
    public static String sha256(JsonNode tree) {
        MessageDigest digest = Sha256.digest();
        feed(tree, digest);
        return Sha256.hex(digest);
    }

    /** Feeds the canonical text's UTF-8 bytes to a digest; refuses what {@link #write} refuses. */
    public static void feed(JsonNode tree, MessageDigest digest) {
        JsonText.feed(tree, true, digest);
    }
}
