package dev.ridgepoint.results.bundle;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Subject;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.json.NumberForm;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A case as those see it who read hundreds of thousands: its name, who answered, and a time a fork. Read without a tree,
 * and only where the members stand exactly as {@link CaseJson} writes them; anything else is {@link Unusual} and is left
 * to the whole reading, which also words what is wrong. Members in between are skipped as JSON, not looked at.
 *
 * @param driver null where the backend has none
 * @param forkNs steady nanoseconds a call of each fork, in the case's order; empty where nothing was measured
 * @param valid whether the run found nothing wrong with the figure; false where nothing was measured
 */
public record CaseGlance(
        String id, String caseKey, String kernel, String backend, String driver, double[] forkNs, boolean valid) {
    private static final List<String> AFTER_DRIVER = List.of("arch", "implementation", "support", "buildDigest");
    private static final List<String> BEFORE_FORKS =
            List.of("steadyNs", "ciLowNs", "ciHighNs", "confidence", "betweenForkCv", "mde", "bestNs");
    private static final List<String> AFTER_FORKS = List.of("percentiles", "effectiveSamples");
    private static final List<String> BEFORE_FORK_NS = List.of("fork");
    private static final List<String> AFTER_FORK_NS = List.of("warmups", "iterations", "steadyFrom");
    private static final List<String> BEFORE_REASONS = List.of("steady", "throttled", "enoughForks", "plausible");

    /** The case is laid out in another way than this program writes it, or is none. */
    static final class Unusual extends IOException {
        private static final long serialVersionUID = 1;

        Unusual() {
            super("laid out in another way");
        }
    }

    /** The same of a case that was read as a whole. */
    static CaseGlance of(CaseResult result) {
        Timing timing = result.timing();
        Subject subject = result.subject();
        return new CaseGlance(
                result.id(),
                result.caseKey(),
                subject.kernel(),
                subject.backend(),
                subject.driver(),
                timing == null
                        ? new double[0]
                        : timing.forks().stream()
                                .mapToDouble(Timing.Fork::steadyNs)
                                .toArray(),
                timing != null && result.validity().valid());
    }

    /** The case whose beginning the parser stands on; it is left on the end of the case. */
    static CaseGlance read(JsonParser json) throws IOException {
        expect(json.currentToken() == JsonToken.START_OBJECT);
        String id = text(json, "id");
        String caseKey = text(json, "caseKey");
        skip(json, List.of("question"));
        begin(json, "subject");
        String kernel = text(json, "kernel");
        String backend = text(json, "backend");
        String driver = textOrNull(json, "driver");
        skip(json, AFTER_DRIVER);
        end(json);
        skip(json, List.of("provenance", "work"));
        double[] forkNs = outcome(json);
        expect(forkNs.length == 0 || !Context.EMULATED.equals(driver));
        boolean valid = validity(json, forkNs.length > 0);
        // None of what is seen here could have been a number that is not finite.
        skip(json, List.of(CaseJson.HEADLINE, CaseJson.NON_FINITE, CaseJson.SHA256));
        end(json);
        return new CaseGlance(id, caseKey, kernel, backend, driver, forkNs, valid);
    }

    private static double[] outcome(JsonParser json) throws IOException {
        begin(json, "outcome");
        if (!text(json, "kind").equals("measured")) {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                expect(json.currentToken() == JsonToken.FIELD_NAME);
                json.nextToken();
                json.skipChildren();
            }
            return new double[0];
        }
        begin(json, "timing");
        skip(json, BEFORE_FORKS);
        double[] forkNs = forks(json);
        skip(json, AFTER_FORKS);
        end(json);
        skip(json, List.of("correctness"));
        end(json);
        return forkNs;
    }

    private static double[] forks(JsonParser json) throws IOException {
        name(json, "forks");
        expect(json.nextToken() == JsonToken.START_ARRAY);
        double[] forkNs = new double[8];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json.currentToken() == JsonToken.START_OBJECT);
            skip(json, BEFORE_FORK_NS);
            if (count == forkNs.length) {
                forkNs = Arrays.copyOf(forkNs, 2 * count);
            }
            forkNs[count++] = positive(json, "steadyNs");
            skip(json, AFTER_FORK_NS);
            end(json);
        }
        expect(count > 0);
        return Arrays.copyOf(forkNs, count);
    }

    private static boolean validity(JsonParser json, boolean measured) throws IOException {
        name(json, "validity");
        JsonToken token = json.nextToken();
        expect(token == (measured ? JsonToken.START_OBJECT : JsonToken.VALUE_NULL));
        if (!measured) {
            return false;
        }
        skip(json, BEFORE_REASONS);
        name(json, "reasons");
        expect(json.nextToken() == JsonToken.START_ARRAY);
        boolean none = json.nextToken() == JsonToken.END_ARRAY;
        while (json.currentToken() != JsonToken.END_ARRAY) {
            expect(json.currentToken() == JsonToken.VALUE_STRING);
            json.nextToken();
        }
        end(json);
        return none;
    }

    private static void name(JsonParser json, String expected) throws IOException {
        expect(expected.equals(json.nextFieldName()));
    }

    private static void skip(JsonParser json, List<String> names) throws IOException {
        for (String name : names) {
            name(json, name);
            json.nextToken();
            json.skipChildren();
        }
    }

    private static void begin(JsonParser json, String name) throws IOException {
        name(json, name);
        expect(json.nextToken() == JsonToken.START_OBJECT);
    }

    private static void end(JsonParser json) throws IOException {
        expect(json.nextToken() == JsonToken.END_OBJECT);
    }

    private static String textOrNull(JsonParser json, String name) throws IOException {
        name(json, name);
        return json.nextToken() == JsonToken.VALUE_NULL ? null : text(json);
    }

    private static String text(JsonParser json, String name) throws IOException {
        name(json, name);
        json.nextToken();
        return text(json);
    }

    /** Whether halves of surrogate pairs meet is for the whole reading to say. */
    private static String text(JsonParser json) throws IOException {
        expect(json.currentToken() == JsonToken.VALUE_STRING);
        String text = json.getText();
        for (int i = 0; i < text.length(); i++) {
            expect(!Character.isSurrogate(text.charAt(i)));
        }
        return text;
    }

    private static double positive(JsonParser json, String name) throws IOException {
        name(json, name);
        JsonToken token = json.nextToken();
        expect(token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT);
        double value = json.getDoubleValue();
        boolean exact = token == JsonToken.VALUE_NUMBER_FLOAT || value <= NumberForm.MAX_SAFE_INTEGER;
        expect(exact && value > 0 && Double.isFinite(value));
        return value;
    }

    private static void expect(boolean usual) throws Unusual {
        if (!usual) {
            throw new Unusual();
        }
    }
}
