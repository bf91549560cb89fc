package dev.ridgepoint.results.bundle;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

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
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new JsonFormatException("", Files.exists(file) ? "is not a plain file" : "is missing");
        }
        if (Files.size(file) > MAX_FILE) {
            throw new JsonFormatException("", "is larger than " + (MAX_FILE >> 20) + " MiB");
        }
        try (InputStream in = Files.newInputStream(file);
                JsonParser parser = StrictJson.parser(in)) {
            try {
                return document(parser, visitor);
            } catch (JsonProcessingException malformed) {
                throw StrictJson.translate(parser, malformed);
            }
        }
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
                elements(parser, visitor == null ? null : visitor::onCase);
            } else if (name.equals("files")) {
                twice = files;
                files = true;
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

    private static void elements(JsonParser parser, Element consumer) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new JsonFormatException(StrictJson.pointer(parser), "expected an array");
        }
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
