package dev.ridgepoint.results.bundle;

import dev.ridgepoint.results.RunDocument.FileEntry;
import dev.ridgepoint.results.json.PlainJson;
import dev.ridgepoint.results.json.Sha256;
import java.nio.charset.StandardCharsets;

/** A file entry as {@link ResultWriter} writes it, read without a tree: a run has more parts than cases. */
final class EntryLine {
    private static final byte[] PATH = ascii("path");
    private static final byte[] BYTES = ascii("bytes");
    private static final byte[] SHA256 = ascii("sha256");

    private final PlainJson json = new PlainJson();

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Null where it is laid out in another way, or is none. */
    FileEntry read(byte[] buffer, int offset, int length) {
        json.begin(buffer, offset, length);
        json.object();
        boolean usual = json.member() && json.named(PATH);
        String path = json.text();
        usual = usual && json.member() && json.named(BYTES);
        double bytes = json.number();
        usual = usual && json.member() && json.named(SHA256);
        String sha256 = json.text();
        usual = usual && !json.member() && json.ended();
        boolean whole = bytes >= 0 && bytes == (long) bytes;
        return usual && whole && Sha256.isHex(sha256) ? new FileEntry(path, (long) bytes, sha256) : null;
    }
}
