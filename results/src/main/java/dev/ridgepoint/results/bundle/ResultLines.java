package dev.ridgepoint.results.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.RunDocument.FileEntry;
import dev.ridgepoint.results.bundle.ResultScan.Visitor;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.PlainJson;
import dev.ridgepoint.results.json.PlainTree;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * {@code result.json} as {@link ResultWriter} lays it out, a member of the head, a case, a file entry a line: twice as
 * fast as a parser of any JSON. Another layout is not its business, nor are words for what is wrong.
 */
final class ResultLines {
    private static final byte[] BEGIN = ascii("{");
    private static final byte[] CASES = ascii("\"cases\":[");
    private static final byte[] FILES = ascii("\"files\":[");
    private static final byte[] END_OF_ARRAY = ascii("],");
    private static final byte[] END = ascii("}");

    /** Thrown where the document is laid out in another way. What was seen of it then is to be forgotten. */
    static final class Unusual extends IOException {
        private static final long serialVersionUID = 1;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    private final Lines lines;
    private final PlainTree trees = new PlainTree();
    private final EntryLine entries = new EntryLine();
    private final PlainJson plain = new PlainJson();

    private ResultLines(InputStream in) {
        lines = new Lines(in);
    }

    /** The head, after its cases and file entries were shown. */
    static ObjectNode scan(InputStream in, Visitor visitor) throws IOException {
        ResultLines lines = new ResultLines(in);
        return lines.document(
                visitor::onHead,
                (index, length) -> visitor.onCase(index, lines.tree(length), length),
                (index, length) -> lines.file(visitor, index, length));
    }

    /** Reads a case as a whole. */
    interface Whole {
        CaseResult read(JsonNode json, String pointer) throws JsonFormatException;
    }

    /** The head, after a glance at its cases; file entries only have to be JSON. */
    static ObjectNode glance(InputStream in, Visitor before, Whole unusual, Consumer<CaseGlance> cases)
            throws IOException {
        ResultLines lines = new ResultLines(in);
        return lines.document(
                before::onHead,
                (index, length) -> cases.accept(lines.glance(unusual, index, length)),
                (index, length) -> lines.skip(length));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private interface Head {
        void see(ObjectNode head) throws IOException;
    }

    private ObjectNode document(Head before, Element cases, Element files) throws IOException {
        ObjectNode head = JsonNodeFactory.instance.objectNode();
        require(next() && is(BEGIN));
        while (next() && !is(CASES)) {
            member(head, true);
        }
        require(is(CASES));
        before.see(head);
        elements(cases);
        require(next() && is(FILES));
        elements(files);
        require(next());
        member(head, false);
        require(next() && is(END) && !next() && !lines.torn());
        return head;
    }

    private void file(Visitor visitor, int index, int length) throws IOException {
        FileEntry entry = entries.read(lines.buffer(), lines.offset(), length);
        if (entry != null) {
            visitor.onPlainFile(index, entry);
        } else {
            visitor.onFile(index, tree(length));
        }
    }

    private CaseGlance glance(Whole unusual, int index, int length) throws IOException {
        try {
            plain.begin(lines.buffer(), lines.offset(), length);
            return CaseGlance.read(plain);
        } catch (CaseGlance.Unusual laidOutOtherwise) {
            JsonNode whole = StrictJson.document(lines.buffer(), lines.offset(), length);
            return CaseGlance.of(unusual.read(whole, "/cases/" + index));
        }
    }

    private void skip(int length) throws IOException {
        plain.begin(lines.buffer(), lines.offset(), length);
        plain.skip();
        if (!plain.ended()) {
            StrictJson.document(lines.buffer(), lines.offset(), length);
        }
    }

    /** Of the element on this line, which has so many bytes. */
    private JsonNode tree(int length) throws Unusual {
        JsonNode element = trees.read(lines.buffer(), lines.offset(), length);
        require(element != null);
        return element;
    }

    private interface Element {
        /** @param length bytes of the line without a comma at its end */
        void see(int index, int length) throws IOException;
    }

    /** Behind a comma there is another element, and without one there is none. */
    private void elements(Element consumer) throws IOException {
        boolean more = true;
        int index = 0;
        for (; next() && !is(END_OF_ARRAY); index++) {
            require(more);
            more = endsInComma();
            consumer.see(index, lines.length() - (more ? 1 : 0));
        }
        require(is(END_OF_ARRAY) && (index == 0 || !more));
    }

    /** The last member of the document has no comma behind it. */
    private void member(ObjectNode head, boolean comma) throws IOException {
        require(endsInComma() == comma);
        int length = lines.length() - (comma ? 1 : 0);
        byte[] object = new byte[length + 2];
        object[0] = '{';
        System.arraycopy(lines.buffer(), lines.offset(), object, 1, length);
        object[length + 1] = '}';
        JsonNode read = StrictJson.document(object, 0, object.length);
        require(read.size() == 1 && !read.has("cases") && !read.has("files"));
        String name = read.fieldNames().next();
        require(head.replace(name, read.get(name)) == null);
    }

    private boolean next() throws IOException {
        return lines.next();
    }

    private boolean endsInComma() {
        return lines.length() > 0 && lines.buffer()[lines.offset() + lines.length() - 1] == ',';
    }

    private boolean is(byte[] line) {
        int from = lines.offset();
        return Arrays.equals(lines.buffer(), from, from + lines.length(), line, 0, line.length);
    }

    private static void require(boolean usual) throws Unusual {
        if (!usual) {
            throw new Unusual();
        }
    }
}
