package dev.ridgepoint.analysis.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.analysis.classify.Lines.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifyStreamTest {
    private static final String SHAPE = "'M':8,'N':4096,'K':4096,'batch':8,'q_tokens':1";
    private static final String GOOD = Lines.line("gemm", SHAPE);

    @Test
    void answersHaveTheContractsFieldsInItsOrder() {
        Run run = Lines.run(GOOD + "\n");
        assertEquals(0, run.exit());
        JsonNode answer = run.answers().get(0);
        List<String> fields = new java.util.ArrayList<>();
        answer.fieldNames().forEachRemaining(fields::add);
        assertEquals(
                List.of(
                        "id",
                        "workloadClass",
                        "phase",
                        "taskFamily",
                        "regime",
                        "confidence",
                        "candidates",
                        "evidence",
                        "wouldSettle"),
                fields);
        assertEquals("GENERATIVE_DECODE", answer.get("workloadClass").asText());
        assertTrue(answer.at("/candidates/0/probability").isNumber());
        assertEquals(3, answer.at("/candidates/0").size());
    }

    @Test
    void badLinesAreNamedAndTheRestIsAnswered() {
        Run run = Lines.run(GOOD + "\n{oops\n" + GOOD.replace("\"M\":8", "\"M\":-8") + "\n[]\n" + GOOD);
        assertEquals(2, run.exit());
        assertEquals(5, run.answers().size());
        JsonNode broken = run.answers().get(1);
        assertTrue(broken.get("id").isNull());
        assertEquals(2, broken.get("line").asInt());
        JsonNode negative = run.answers().get(2);
        assertEquals("x", negative.get("id").asText());
        assertTrue(negative.get("error").asText().startsWith("M: "), negative.toString());
        assertTrue(run.answers().get(3).get("error").asText().contains("expected an object"));
        assertEquals("DECODE", run.answers().get(4).get("phase").asText());
    }

    /** Only what nobody reads is left aside: fields that a shape has are none of that. */
    @Test
    void fieldsOfAShapeAreNotCalledUnknown() {
        String attention =
                "'B':1,'Hq':8,'Hkv':8,'Sq':64,'Skv':64,'D':64,'mask':'causal','lse':true,'rotary':'half','rotary_dim':32";
        String codes = "'rows':8,'cols':256,'group':128,'src':'bf16','dst':'int8','dir':'quantize','transposed':true";
        assertEquals(List.of(), unknown("attention", attention));
        assertEquals(List.of(), unknown("gemm", SHAPE + ",'epilogue':'bias_gelu'"));
        assertEquals(List.of(), unknown("quantize", codes));
        assertEquals(List.of("colour"), unknown("gemm", SHAPE + ",'colour':'red'"));
    }

    private static List<String> unknown(String op, String shape) {
        return Lines.descriptor(Lines.line(op, shape)).hints().unknown();
    }

    @ParameterizedTest(name = "{0} -> {2}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "NaN             | \"M\":8               | \"M\":NaN                     | M: ",
                "infinity        | \"peak_tflops\":989.4 | \"peak_tflops\":Infinity      | peak_tflops: ",
                "overflow        | \"peak_tflops\":989.4 | \"peak_tflops\":1e999         | peak_tflops: ",
                "zero bandwidth  | \"bandwidth_tbs\":3.35| \"bandwidth_tbs\":0           | bandwidth_tbs: ",
                "no bandwidth    | ,\"bandwidth_tbs\":3.35|                              | bandwidth_tbs: missing",
                "huge extent     | \"M\":8               | \"M\":99999999999999999999999 | M: ",
                "overflowing     | \"M\":8               | \"M\":1000000000000           | M*N*K: ",
                "fraction        | \"M\":8               | \"M\":8.5                     | M: ",
                "text            | \"M\":8               | \"M\":\"8\"                   | M: ",
                "negative hint   | \"q_tokens\":1        | \"q_tokens\":-1               | q_tokens: ",
                "null operation  | \"op\":\"gemm\"       | \"op\":null                   | op: missing",
                "unknown op      | \"op\":\"gemm\"       | \"op\":\"conv\"               | op: unknown",
                "no clues for it | \"op\":\"gemm\"       | \"op\":\"softmax\"            | op: unknown 'softmax';"
                        + " known: gemm, attention, quantize, dequantize",
                "zero bytes      | \"act_bytes\":2       | \"act_bytes\":0               | act_bytes: ",
                "no bytes        | \"weight_bytes\":2    | \"weight_bytes\":null         | weight_bytes: missing",
                "experts         | \"M\":8               | \"M\":8,\"experts\":9999999999,\"top_k\":1 | experts: ",
                "repeated field  | \"M\":8               | \"M\":8,\"M\":9               | shape.M: given twice",
                "id of list      | \"id\":\"x\"          | \"id\":[1]                    | id: ",
                "no id           | \"id\":\"x\",         |                               | id: missing",
                "tail            | 3.35}}                | 3.35}} {}                     | line: something follows",
            })
    void errorsNameTheField(String what, String from, String to, String error) {
        String line = GOOD.replace(from, to == null ? "" : to);
        assertFalse(line.equals(GOOD), "nothing was changed: " + from);
        Run run = Lines.run(line);
        assertEquals(2, run.exit());
        String said = run.answers().get(0).path("error").asText();
        assertTrue(said.startsWith(error), said);
        assertFalse(said.contains("Exception"), said);
    }

    @Test
    void numbersOfAThousandDigitsAndDeepNestsAreRefusedNotObeyed() {
        String digits = GOOD.replace("\"M\":8", "\"M\":" + "9".repeat(2000));
        String nest = "{\"id\":" + "[".repeat(5000);
        String text = GOOD.replace("\"M\":8", "\"M\":\"" + "9".repeat(2000) + "\"");
        Run run = Lines.run(digits + "\n" + nest + "\n" + GOOD + "\n" + text);
        assertEquals(2, run.exit());
        run.answers().forEach(answer -> assertTrue(answer.path("error").asText().length() < 300, answer.toString()));
        assertTrue(
                run.answers().get(0).get("error").asText().startsWith("shape.M: "),
                run.answers().toString());
        assertTrue(run.answers().get(1).has("error"));
        assertFalse(run.answers().get(2).has("error"));
    }

    @Test
    void linesWithoutEndAreSkippedInBoundedMemory() {
        String endless = "{\"id\":\"long\",\"op\":\"" + "a".repeat(3 * ClassifyStream.LONGEST_LINE) + "\"}";
        Run run = Lines.run(endless + "\n" + GOOD);
        assertEquals(2, run.answers().size());
        assertEquals("long", run.answers().get(0).get("id").asText());
        assertEquals(
                "line: longer than " + ClassifyStream.LONGEST_LINE + " bytes",
                run.answers().get(0).get("error").asText());
        assertEquals("DECODE", run.answers().get(1).get("phase").asText());
    }

    @Test
    void foreignLineEndsMarksAndBlanksAreTaken() {
        byte[] body = ("\r\n" + GOOD + "\r\n   \r\n\t\n" + GOOD).getBytes(StandardCharsets.UTF_8);
        byte[] marked = new byte[body.length + 3];
        marked[0] = (byte) 0xEF;
        marked[1] = (byte) 0xBB;
        marked[2] = (byte) 0xBF;
        System.arraycopy(body, 0, marked, 3, body.length);
        Run run = Lines.run(marked);
        assertEquals(0, run.exit());
        assertEquals(2, run.answers().size());
        assertEquals(0, Lines.run("").answers().size());
    }

    /** Whoever joins answers to questions by id needs the very id he gave. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"7", "123456789012345678901234567890", "\"7\"", "\"a\\nb \u00e9\"", "\"\""})
    void idsComeBackAsTheyWent(String id) {
        String named = GOOD.replace("\"id\":\"x\"", "\"id\":" + id);
        Run run = Lines.run(named + "\n" + named.replace("\"M\":8", "\"M\":0") + "\n");
        assertFalse(run.answers().get(0).has("error"));
        assertTrue(run.answers().get(1).has("error"));
        for (JsonNode answer : run.answers()) {
            assertEquals(id, answer.get("id").toString());
            assertFalse(answer.has("line"));
        }
    }

    /** What was asked before is answered as the first time, and only the same question gets the same answer. */
    @Test
    void repeatedShapesAreAnsweredAlike() {
        String other = GOOD.replace("989.4", "9.4");
        Run run = Lines.run(GOOD + "\n" + other + "\n" + GOOD + "\n");
        assertEquals(run.answers().get(0), run.answers().get(2));
        assertEquals("BANDWIDTH_BOUND", run.answers().get(0).get("regime").asText());
        assertEquals("COMPUTE_BOUND", run.answers().get(1).get("regime").asText());
    }

    /** A fault after the id does not cost the id; one before it leaves the number of the line. */
    @Test
    void brokenLinesKeepTheirIdWhereItCanBeRead() {
        Run run = Lines.run(GOOD.substring(0, 60) + "\n{\"op\" \"gemm\",\"id\":\"late\"}\n");
        assertEquals("x", run.answers().get(0).get("id").asText());
        assertTrue(run.answers().get(1).get("id").isNull());
        assertEquals(2, run.answers().get(1).get("line").asInt());
        run.answers().forEach(a -> assertTrue(a.has("error")));
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
        bytes[8] = (byte) 0xFF;
        Run run = Lines.run(bytes);
        assertEquals(2, run.exit());
        assertTrue(run.answers().get(0).get("error").asText().contains("not JSON"));
    }

    @Test
    void manyLinesKeepTheirOrder() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            String line = GOOD.replace("\"id\":\"x\"", "\"id\":\"" + i + "\"");
            lines.append(i % 7 == 3 ? line.replace("\"M\":8", "\"M\":0") : line).append('\n');
        }
        Run run = Lines.run(lines.toString());
        assertEquals(3000, run.answers().size());
        for (int i = 0; i < 3000; i++) {
            assertEquals(Integer.toString(i), run.answers().get(i).get("id").asText());
            assertEquals(i % 7 == 3, run.answers().get(i).has("error"));
        }
    }

    /** Somebody typing gets each answer before the next question. */
    @Test
    void aLineThatComesAloneIsAnsweredAtOnce() throws Exception {
        PipedOutputStream keyboard = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(keyboard, 1 << 16);
        SynchronousQueue<String> screen = new SynchronousQueue<>();
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    screen.put(new String(bytes, offset, length, StandardCharsets.UTF_8));
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> {
            try {
                return ClassifyStream.run(in, out);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        for (int i = 0; i < 3; i++) {
            keyboard.write((GOOD + "\n").getBytes(StandardCharsets.UTF_8));
            keyboard.flush();
            String answer = screen.poll(20, TimeUnit.SECONDS);
            assertTrue(answer != null && answer.contains("\"DECODE\""), answer);
        }
        keyboard.close();
        assertEquals(0, exit.get(20, TimeUnit.SECONDS));
    }

    /** Labels and references that lie beside a descriptor do not leak into its answer. */
    @Test
    void labelsAreNotLookedAt() {
        String lied = GOOD.substring(0, GOOD.length() - 1)
                + ",\"labels\":{\"phase\":\"DENOISE\",\"workload_class\":\"GENERATIVE_PARALLEL\"},\"identifiable\":\"context\"}";
        assertEquals(Lines.run(GOOD).answers(), Lines.run(lied).answers());
    }

    @Test
    void hintsNobodyKnowsAreSaidToBeLeftAside() {
        Run run = Lines.run(GOOD.replace("\"M\":8", "\"M\":8,\"q_token\":5"));
        assertEquals(0, run.exit());
        assertTrue(run.answers().get(0).get("evidence").toString().contains("left aside: q_token"));
    }
}
