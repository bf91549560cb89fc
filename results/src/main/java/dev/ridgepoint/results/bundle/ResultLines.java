package dev.ridgepoint.results.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.RunDocument.FileEntry;
import dev.ridgepoint.results.bundle.ResultScan.Visitor;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.PlainJson;
import dev.ridgepoint.results.json.PlainTree;
import dev.ridgepoint.results.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code result.json} as {@link ResultWriter} lays it out, a case, a file entry a line, whatever the head has: twice as
 * fast as a parser of any JSON. Another layout is not its business, nor are words for what is wrong.
 */
final class ResultLines {
    private static final byte[] CASES = ascii("\"cases\":[");
    private static final byte[] FILES = ascii("\"files\":[");
    private static final byte[] NO_FILES = ascii("\"files\":[],");
    private static final byte[] END_OF_ARRAY = ascii("],");

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
    static ObjectNode glance(
            InputStream in, Visitor before, KnownCases known, Whole unusual, Consumer<CaseGlance> cases)
            throws IOException {
        ResultLines lines = new ResultLines(in);
        return lines.document(
                before::onHead,
                (index, length) -> cases.accept(lines.glance(known, unusual, index, length)),
                (index, length) -> lines.skip(length));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private interface Head {
        void see(ObjectNode head) throws IOException;
    }

    private ObjectNode document(Head before, Element cases, Element files) throws IOException {
        ObjectNode head = head();
        before.see(head);
        elements(cases);
        require(next());
        if (!is(NO_FILES)) {
            require(is(FILES));
            elements(files);
        }
        ObjectNode rest = rest();
        for (Map.Entry<String, JsonNode> member : rest.properties()) {
            require(head.replace(member.getKey(), member.getValue()) == null);
        }
        return head;
    }

    /** The members before the cases, on however many lines, the last with its comma. */
    private ObjectNode head() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (next() && !is(CASES)) {
            line(text);
        }
        require(is(CASES));
        byte[] object = text.toByteArray();
        int last = object.length - 2;
        require(last > 0 && object[last] == ',');
        object[last] = '}';
        return members(object);
    }

    /** The members behind the files, and the end of the document. */
    private ObjectNode rest() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write('{');
        while (next()) {
            line(text);
        }
        require(!lines.torn());
        ObjectNode rest = members(text.toByteArray());
        require(!rest.isEmpty());
        return rest;
    }

    /** Adds this line and its newline. */
    private void line(ByteArrayOutputStream text) throws Unusual {
        text.write(lines.buffer(), lines.offset(), lines.length() + 1);
        require(text.size() <= ResultScan.MAX_ELEMENT);
    }

    private static ObjectNode members(byte[] object) throws IOException {
        JsonNode read = StrictJson.document(object, 0, object.length);
        require(read.isObject() && !read.has("cases") && !read.has("files"));
        return (ObjectNode) read;
    }

    private void file(Visitor visitor, int index, int length) throws IOException {
        FileEntry entry = entries.read(lines.buffer(), lines.offset(), length);
        if (entry != null) {
            visitor.onPlainFile(index, entry);
        } else {
            visitor.onFile(index, tree(length));
        }
    }

    private CaseGlance glance(KnownCases known, Whole unusual, int index, int length) throws IOException {
        try {
            return CaseGlance.read(plain, lines.buffer(), lines.offset(), length, index, known);
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
