package dev.ridgepoint.results.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Headline;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.json.CanonicalJson;
import dev.ridgepoint.results.json.JsonFormatException;

/**
 * A case as {@code result.json} holds it: the record's components, and three derived members. {@code headline} is the
 * figure that may be quoted or null, {@code nonFinite} says what a null stood for, {@code sha256} covers the rest.
 */
public final class CaseJson {
    public static final String HEADLINE = "headline";
    public static final String NON_FINITE = "nonFinite";
    public static final String SHA256 = "sha256";

    private CaseJson() {}

    public static ObjectNode write(CaseResult result) {
        ObjectNode json = Records.toJson(result);
        ObjectNode nonFinite = NonFinite.takeOut(json);
        json.set(HEADLINE, headline(result));
        json.set(NON_FINITE, nonFinite);
        json.put(SHA256, CanonicalJson.sha256(json));
        return json;
    }

    /** The headline member of a case. */
    public static JsonNode headline(CaseResult result) {
        Headline headline = Headline.of(result);
        return headline == null ? JsonNodeFactory.instance.nullNode() : Records.toJson(headline);
    }

    /** What {@code sha256} must be. */
    public static String digest(ObjectNode json) {
        ObjectNode rest = topOf(json);
        rest.remove(SHA256);
        return CanonicalJson.sha256(rest);
    }

    /**
     * The record, its derived members left aside.
     *
     * @param pointer where the case lies in its file, for messages
     */
    public static CaseResult read(JsonNode json, String pointer) throws JsonFormatException {
        if (!(json instanceof ObjectNode object)) {
            throw new JsonFormatException(pointer, "expected a case, an object");
        }
        // Only what is put back changes the tree below its top.
        ObjectNode rest = object.path(NON_FINITE).isEmpty() ? topOf(object) : object.deepCopy();
        NonFinite.putBack(rest, rest.path(NON_FINITE), pointer);
        rest.remove(HEADLINE);
        rest.remove(NON_FINITE);
        rest.remove(SHA256);
        return Records.fromJson(rest, CaseResult.class, pointer);
    }

    /**
     * The record of a case that still is as its digest says.
     *
     * @param pointer where the case lies in its file, for messages
     */
    static CaseResult readSealed(JsonNode json, String pointer) throws JsonFormatException {
        CaseResult result = read(json, pointer);
        if (!digest((ObjectNode) json).equals(json.path(SHA256).asText())) {
            throw new JsonFormatException(
                    pointer + "/sha256", "the case does not match its digest; 'ridgepoint validate' says what else");
        }
        return result;
    }

    /** A copy whose members are the original's own. */
    private static ObjectNode topOf(ObjectNode json) {
        ObjectNode top = json.objectNode();
        top.setAll(json);
        return top;
    }
}
