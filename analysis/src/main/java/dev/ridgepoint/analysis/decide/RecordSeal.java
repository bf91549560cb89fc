package dev.ridgepoint.analysis.decide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.json.CanonicalJson;
import dev.ridgepoint.results.json.Sha256;
import java.security.MessageDigest;

/**
 * The digest of a decision's record, taken as it streams by: of the canonical JSON that gives each member its own digest, a
 * list's being over its elements' canonical JSON in turn. White space and the order of members do not count. It attests
 * that a record is as it was written, and not who wrote it.
 */
public final class RecordSeal {
    /** The member that holds it, itself left out. */
    public static final String MEMBER = "sha256";

    private final ObjectNode digests = JsonNodeFactory.instance.objectNode();
    private String name;
    private MessageDigest elements;

    /** The seal of a whole record. */
    public static String of(ObjectNode record) {
        RecordSeal seal = new RecordSeal();
        record.properties().forEach(member -> {
            if (member.getValue().isArray()) {
                seal.list(member.getKey());
                member.getValue().forEach(seal::element);
            } else if (!member.getKey().equals(MEMBER)) {
                seal.member(member.getKey(), member.getValue());
            }
        });
        return seal.hex();
    }

    /** A member that is no list. */
    void member(String of, JsonNode value) {
        close();
        digests.put(of, CanonicalJson.sha256(value));
    }

    /** A list begins; its elements follow. */
    void list(String of) {
        close();
        name = of;
        elements = Sha256.digest();
    }

    void element(JsonNode value) {
        CanonicalJson.feed(value, elements);
    }

    /** To be asked once. */
    String hex() {
        close();
        return CanonicalJson.sha256(digests);
    }

    private void close() {
        if (elements != null) {
            digests.put(name, Sha256.hex(elements));
            elements = null;
        }
    }
}
