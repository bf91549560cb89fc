package dev.ridgepoint.results.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the last word on each case lies in a journal, cases in the order they were first recorded.
 *
 * @param bytes the whole lines; what follows is torn
 */
record JournalIndex(Map<String, Slot> slots, long bytes) {

    /** A case's JSON text in the journal, without its newline. */
    record Slot(long offset, int length, String sha256) {}

    static JournalIndex empty() {
        return new JournalIndex(new LinkedHashMap<>(), 0);
    }

    static JournalIndex of(Path file) throws IOException {
        Map<String, Slot> slots = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(file)) {
            Lines lines = new Lines(in);
            long begin = 0;
            while (lines.next()) {
                JsonNode json = line(lines);
                Slot slot = new Slot(
                        begin, lines.length(), json.path(CaseJson.SHA256).asText());
                slots.put(json.path("id").asText(), slot);
                begin = lines.end();
            }
            return new JournalIndex(slots, begin);
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(Layout.JOURNAL, malformed);
        }
    }

    private static JsonNode line(Lines lines) throws IOException {
        try {
            return StrictJson.document(lines.buffer(), lines.offset(), lines.length());
        } catch (JsonFormatException malformed) {
            throw new JsonFormatException("/" + lines.number() + malformed.pointer(), malformed.getMessage());
        }
    }

    /** The JSON text of a case. */
    static byte[] text(FileChannel channel, Slot slot) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(slot.length);
        while (text.hasRemaining()) {
            if (channel.read(text, slot.offset + text.position()) < 0) {
                throw new BundleException(Layout.JOURNAL + " ended before its time");
            }
        }
        return text.array();
    }
}
