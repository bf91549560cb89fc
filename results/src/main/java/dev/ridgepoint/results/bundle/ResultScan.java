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
        return read(file, visitor == null ? Reading.OF_THE_HEAD : new Trees(visitor));
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
     * The same where a glance at each case is enough; file entries are skipped.
     *
     * @param before sees what the head has when the cases begin
     * @throws CaseGlance.Unusual where a case has to be read as a whole
     */
    static ObjectNode glance(Path file, Visitor before, Consumer<CaseGlance> cases) throws IOException {
        return read(file, new Reading() {
            @Override
            public void head(ObjectNode head) throws IOException {
                before.onHead(head);
            }

            @Override
            public void cases(JsonParser parser) throws IOException {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    long start = parser.currentLocation().getByteOffset();
                    CaseGlance glance = CaseGlance.read(parser);
                    if (parser.currentLocation().getByteOffset() - start > MAX_ELEMENT) {
                        throw new CaseGlance.Unusual();
                    }
                    cases.accept(glance);
                }
            }
        });
    }

    /** What becomes of the parts of the document: each array is read from its beginning to its end. */
    private interface Reading {
        Reading OF_THE_HEAD = new Reading() {};

        default void head(ObjectNode head) throws IOException {}

        default void cases(JsonParser parser) throws IOException {
            parser.skipChildren();
        }

        default void files(JsonParser parser) throws IOException {
            parser.skipChildren();
        }
    }

    /** Every element as a tree of its own. */
    private record Trees(Visitor visitor) implements Reading {
        @Override
        public void head(ObjectNode head) throws IOException {
            visitor.onHead(head);
        }

        @Override
        public void cases(JsonParser parser) throws IOException {
            elements(parser, visitor::onCase);
        }

        @Override
        public void files(JsonParser parser) throws IOException {
            elements(parser, (index, element, bytes) -> visitor.onFile(index, element));
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

    private static ObjectNode read(Path file, Reading reading) throws IOException {
        try (InputStream in = open(file);
                JsonParser parser = StrictJson.parser(in)) {
            try {
                return document(parser, reading);
            } catch (JsonProcessingException malformed) {
                throw StrictJson.translate(parser, malformed);
            }
        }
    }

    private static ObjectNode document(JsonParser parser, Reading reading) throws IOException {
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
                reading.head(head);
                begin(parser);
                reading.cases(parser);
            } else if (name.equals("files")) {
                twice = files;
                files = true;
                begin(parser);
                reading.files(parser);
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

    private static void elements(JsonParser parser, Element consumer) throws IOException {
        for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
            long start = parser.currentLocation().getByteOffset();
            JsonNode element = StrictJson.value(parser, MAX_ELEMENT);
            consumer.see(index, element, parser.currentLocation().getByteOffset() - start);
        }
    }
}
