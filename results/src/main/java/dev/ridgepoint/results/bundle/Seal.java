package dev.ridgepoint.results.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.RunDocument.FileEntry;
import dev.ridgepoint.results.json.CanonicalJson;
import dev.ridgepoint.results.json.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The digest of a whole {@code result.json}, taken as it streams by: of the head's canonical JSON in which {@code cases}
 * is the digest over the cases' digests and {@code files} the digest over the entries' canonical JSON.
 */
public final class Seal {
    private final MessageDigest cases = Sha256.digest();
    private final MessageDigest files = Sha256.digest();

    /** The next case, by its own digest. */
    public void addCase(String sha256) {
        cases.update(sha256.getBytes(StandardCharsets.US_ASCII));
    }

    /** The next file entry. */
    public void addFile(JsonNode entry) {
        CanonicalJson.feed(entry, files);
    }

    /** The next file entry, in its plain form. */
    public void addPlain(FileEntry entry) {
        String canonical = "{\"bytes\":" + entry.bytes() + ",\"path\":\"" + entry.path() + "\",\"sha256\":\""
                + entry.sha256() + "\"}";
        files.update(canonical.getBytes(StandardCharsets.US_ASCII));
    }

    /** What the head's {@code sha256} must be; to be asked once. */
    public String of(ObjectNode head) {
        ObjectNode sealed = head.objectNode();
        sealed.setAll(head);
        sealed.remove("sha256");
        sealed.put("cases", Sha256.hex(cases));
        sealed.put("files", Sha256.hex(files));
        return CanonicalJson.sha256(sealed);
    }
}
