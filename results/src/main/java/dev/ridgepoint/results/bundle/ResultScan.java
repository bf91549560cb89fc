package dev.ridgepoint.results.bundle;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.RunDocument.FileEntry;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Consumer;

/** One pass over {@code result.json}: the head is kept, each case and each file entry is shown and forgotten. */
public final class ResultScan {
    /** A hundred thousand cases; a larger file is refused unread. */
    public static final long MAX_FILE = 512L << 20;

    /** A case with thousands of forks or segments. */
    public static final long MAX_ELEMENT = 1L << 20;

    private ResultScan() {}

    /** Sees the elements of {@code cases} and {@code files}, in the order of the file. */
    public interface Visitor {
        /** @param head members that stand before the cases, not to be changed */
        default void onHead(ObjectNode head) throws IOException {}

        /** @param bytes what the element takes in the file */
        default void onCase(int index, JsonNode element, long bytes) throws IOException {}

        default void onFile(int index, JsonNode element) throws IOException {}

        /** The same of an entry in its plain form, its path in ASCII that needs no escape. */
        default void onPlainFile(int index, FileEntry entry) throws IOException {
            onFile(index, Records.toJson(entry));
        }
    }

    /** The head alone. */
    public static ObjectNode head(Path file) throws IOException {
        return scan(file, null);
    }

    /**
     * The head: every member but {@code cases} and {@code files}, which must be there and are arrays.
     *
     * @param visitor sees their elements; null to skip over them
     */
    public static ObjectNode scan(Path file, Visitor visitor) throws IOException {
        try (InputStream in = open(file);
                JsonParser parser = StrictJson.parser(in)) {
            try {
                return document(parser, visitor);
            } catch (JsonProcessingException malformed) {
                throw StrictJson.translate(parser, malformed);
            }
        }
    }

    /**
     * The same, faster, of a document that is laid out as we write it.
     *
     * @throws IOException where it is not, or where anything is wrong: {@link #scan} knows what, and what the visitor saw
     *     is to be forgotten
     */
    public static ObjectNode scanLines(Path file, Visitor visitor) throws IOException {
        try (InputStream in = open(file)) {
            return ResultLines.scan(in, visitor);
        }
    }

    /**
     * As {@link #scanLines} where a glance at each case is enough; file entries are skipped.
     *
     * @param before sees what the head has when the cases begin
     * @param known what cases of bundles read before began with
     * @param unusual reads a case as a whole that is laid out in another way
     */
    static ObjectNode glance(
            Path file, Visitor before, KnownCases known, ResultLines.Whole unusual, Consumer<CaseGlance> cases)
            throws IOException {
        try (InputStream in = open(file)) {
            return ResultLines.glance(in, before, known, unusual, cases);
        }
    }

    private static InputStream open(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new JsonFormatException("", Files.exists(file) ? "is not a plain file" : "is missing");
        }
        if (Files.size(file) > MAX_FILE) {
            throw new JsonFormatException("", "is larger than " + (MAX_FILE >> 20) + " MiB");
        }
        return Files.newInputStream(file);
    }

    private static ObjectNode document(JsonParser parser, Visitor visitor) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new JsonFormatException("", "expected an object");
        }
        ObjectNode head = JsonNodeFactory.instance.objectNode();
        boolean cases = false;
        boolean files = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            boolean twice;
            if (name.equals("cases")) {
                twice = cases;
                cases = true;
                if (visitor != null) {
                    visitor.onHead(head);
                }
                begin(parser);
                elements(parser, visitor == null ? null : visitor::onCase);
            } else if (name.equals("files")) {
                twice = files;
                files = true;
                begin(parser);
                elements(parser, visitor == null ? null : (index, element, bytes) -> visitor.onFile(index, element));
            } else {
                twice = head.replace(name, StrictJson.value(parser, MAX_ELEMENT)) != null;
            }
            if (twice) {
                throw new JsonFormatException(StrictJson.pointer(parser), "the member is there twice");
            }
        }
        if (parser.nextToken() != null) {
            throw new JsonFormatException("", "text goes on after the end of the document");
        }
        if (!cases || !files) {
            throw new JsonFormatException("", "the member '" + (cases ? "files" : "cases") + "' is missing");
        }
        return head;
    }

    private interface Element {
        void see(int index, JsonNode element, long bytes) throws IOException;
    }

    private static void begin(JsonParser parser) throws JsonFormatException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new JsonFormatException(StrictJson.pointer(parser), "expected an array");
        }
    }

    /** @param consumer null to skip over them */
    private static void elements(JsonParser parser, Element consumer) throws IOException {
        if (consumer == null) {
            parser.skipChildren();
            return;
        }
        for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
            long start = parser.currentLocation().getByteOffset();
            JsonNode element = StrictJson.value(parser, MAX_ELEMENT);
            consumer.see(index, element, parser.currentLocation().getByteOffset() - start);
        }
    }
}
