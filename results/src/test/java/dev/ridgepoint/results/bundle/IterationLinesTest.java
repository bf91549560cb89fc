package dev.ridgepoint.results.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.json.JsonFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IterationLinesTest {
    private static final IterationLine LINE =
            new IterationLine("bert/qkv@cpu-call/warm", 2, 17, false, 1234.5, 400, 1_795_255_200_000_000L);
    private static final String TEXT = "{\"caseId\":\"bert/qkv@cpu-call/warm\",\"fork\":2,\"iteration\":17,"
            + "\"warmup\":false,\"nsPerOp\":1234.5,\"ops\":400,\"startEpochMicros\":1795255200000000}";

    private static Lines lines(String text) throws IOException {
        Lines lines = new Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        assertTrue(lines.next());
        return lines;
    }

    private static IterationLine scanned(String text) {
        byte[] bytes = ("xx" + text + "\nyy").getBytes(StandardCharsets.UTF_8);
        return new IterationScanner().read(bytes, 2, bytes.length - 2);
    }

    @Test
    void aLineHasOneText() {
        StringBuilder out = new StringBuilder();
        IterationLines.write(LINE, out);
        assertEquals(TEXT + "\n", out.toString());
        assertEquals(LINE, scanned(TEXT));
    }

    @Test
    void scannerAndParserAgree() throws IOException {
        Random random = new Random(7);
        IterationLines reader = new IterationLines();
        StringBuilder out = new StringBuilder();
        List<IterationLine> written = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            String id = random.nextInt(10) == 0 ? "sch\u00f6n \"" + i + "\"\u0001" : "case " + random.nextInt(9);
            double ns = Math.scalb(1 + random.nextDouble(), random.nextInt(120) - 40);
            long ops = 1 + (random.nextLong() >>> 12 + random.nextInt(40));
            written.add(new IterationLine(
                    id, random.nextInt(9), random.nextInt(999), random.nextBoolean(), ns, ops, random.nextInt()));
            IterationLines.write(written.get(i), out);
        }
        Lines lines = new Lines(new ByteArrayInputStream(out.toString().getBytes(StandardCharsets.UTF_8)));
        int fast = 0;
        for (IterationLine line : written) {
            assertTrue(lines.next());
            String text = new String(lines.buffer(), lines.offset(), lines.length(), StandardCharsets.UTF_8);
            assertEquals(line, IterationParser.read(lines));
            assertEquals(line, reader.read(lines));
            IterationLine scanned = scanned(text);
            assertTrue(scanned == null || scanned.equals(line), text);
            fast += scanned == null ? 0 : 1;
        }
        assertTrue(fast > 500, "only " + fast + " lines take the fast way");
        assertFalse(lines.next());
        assertFalse(lines.torn());
        // Some cross the end of the buffer, and the last one has no end.
        Lines again = new Lines(new ByteArrayInputStream((out + TEXT).getBytes(StandardCharsets.UTF_8)));
        for (int i = 0; i < written.size(); i++) {
            assertEquals(written.get(i), reader.next(again));
            assertEquals(i, again.number());
        }
        assertNull(reader.next(again));
        assertTrue(again.torn());
    }

    @Test
    void theScannerWantsTheNewline() {
        byte[] line = (TEXT + "\n").getBytes(StandardCharsets.UTF_8);
        assertEquals(LINE, new IterationScanner().read(line, 0, line.length));
        assertNull(new IterationScanner().read(line, 0, line.length - 1));
        assertNull(scanned(TEXT + " "));
    }

    /** What the scanner leaves to the parser: other spellings, and what is wrong. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"fork\": 2",
                "\"fork\":02",
                "\"fork\":-2",
                "\"fork\":2147483648",
                "\"fork\":",
                "\"fork\":2.0",
                "\"fork\":null",
                "\"fork\":2,\"x\":1"
            })
    void theScannerKnowsItsLimits(String fork) {
        assertNotNull(scanned(TEXT));
        assertNull(scanned(TEXT.replace("\"fork\":2", fork)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e3", "-1", "1.", ".5", "01", "1.2.3", "00.5", "NaN", "", "\"1\"", "1 "})
    void theScannerKnowsNumbers(String number) {
        assertNull(scanned(TEXT.replace("1234.5", number)));
        assertEquals(0.5, scanned(TEXT.replace("1234.5", "0.5")).nsPerOp());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"fork\":2 | \"fork\":2147483648 | '' | integer overflow",
                "\"fork\":2 | \"fork\":9007199254740993 | /fork | integer is beyond +-(2^53-1)",
                "\"fork\":2 | \"fork\":2.5 | /fork | expected VALUE_NUMBER_INT",
                "\"fork\":2 | \"fork\":2,\"fork\":2 | /fork | the member is there twice",
                "\"fork\":2 | \"fork\":2,\"x\":{} | /x | unknown member",
                "\"fork\":2, | '' | '' | a member is missing",
                "1234.5 | -1 | '' | nsPerOp: expected a positive number",
                "1234.5 | NaN | /nsPerOp | Non-standard token",
                "\"ops\":400 | \"ops\":0 | '' | ops: expected 1 or more",
                "1234.5 | 1e999 | '' | nsPerOp: expected a positive number",
            })
    void theParserSaysWhatIsWrong(String part, String other, String pointer, String message) throws IOException {
        Lines lines = lines(TEXT.replace(part, other) + "\n");
        JsonFormatException refused = assertThrows(JsonFormatException.class, () -> new IterationLines().read(lines));
        assertEquals("/0" + pointer, refused.pointer());
        assertTrue(refused.getMessage().startsWith("line 1: "), refused.getMessage());
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    @Test
    void linesAreFoundHoweverTheStreamComes() throws IOException {
        String text = "one\n\nthree is " + "long ".repeat(30_000) + "\ntorn";
        InputStream dripping = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 7777));
            }
        };
        Lines lines = new Lines(dripping);
        List<Integer> lengths = new ArrayList<>();
        long end = 0;
        while (lines.next()) {
            lengths.add(lines.length());
            end += lines.length() + 1;
            assertEquals(end, lines.end());
        }
        assertEquals(List.of(3, 0, 150_009), lengths);
        assertTrue(lines.torn());
        assertThrows(JsonFormatException.class, () -> lines("x".repeat(Lines.MAX_LINE + 1) + "\n"));
    }
}
