package dev.ridgepoint.results.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.bundle.ResultScan.Visitor;
import dev.ridgepoint.results.json.PlainTree;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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

    private ResultLines(InputStream in) {
        lines = new Lines(in);
    }

    /** The head, after its cases and file entries were shown. */
    static ObjectNode scan(InputStream in, Visitor visitor) throws IOException {
        return new ResultLines(in).document(visitor);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private ObjectNode document(Visitor visitor) throws IOException {
        ObjectNode head = JsonNodeFactory.instance.objectNode();
        require(next() && is(BEGIN));
        while (next() && !is(CASES)) {
            member(head, true);
        }
        require(is(CASES));
        visitor.onHead(head);
        elements(visitor::onCase);
        require(next() && is(FILES));
        elements((index, element, bytes) -> visitor.onFile(index, element));
        require(next());
        member(head, false);
        require(next() && is(END) && !next() && !lines.torn());
        return head;
    }

    private interface Element {
        void see(int index, JsonNode element, long bytes) throws IOException;
    }

    /** Behind a comma there is another element, and without one there is none. */
    private void elements(Element consumer) throws IOException {
        boolean more = true;
        int index = 0;
        for (; next() && !is(END_OF_ARRAY); index++) {
            require(more);
            more = endsInComma();
            JsonNode element = trees.read(lines.buffer(), lines.offset(), lines.length() - (more ? 1 : 0));
            require(element != null);
            consumer.see(index, element, lines.length());
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
