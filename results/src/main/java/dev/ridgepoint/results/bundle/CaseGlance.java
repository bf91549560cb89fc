package dev.ridgepoint.results.bundle;

import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Subject;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.json.PlainJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A case as those see it who read hundreds of thousands: its name, who answered, and a time a fork. Read without a tree,
 * and only where the members stand exactly as {@link CaseJson} writes them, plainly; anything else is {@link Unusual} and
 * is left to the whole reading, which also words what is wrong. Members in between are skipped as JSON, not looked at.
 *
 * @param driver null where the backend has none
 * @param forkNs steady nanoseconds a call of each fork, in the case's order; empty where nothing was measured
 * @param valid whether the run found nothing wrong with the figure; false where nothing was measured
 */
public record CaseGlance(
        String id, String caseKey, String kernel, String backend, String driver, double[] forkNs, boolean valid) {
    private static final byte[] ID = ascii("id");
    private static final byte[] CASE_KEY = ascii("caseKey");
    private static final byte[] QUESTION = ascii("question");
    private static final byte[] SUBJECT = ascii("subject");
    private static final byte[] KERNEL = ascii("kernel");
    private static final byte[] BACKEND = ascii("backend");
    private static final byte[] DRIVER = ascii("driver");
    private static final byte[][] AFTER_DRIVER = all("arch", "implementation", "support", "buildDigest");
    private static final byte[][] AFTER_SUBJECT = all("provenance", "work");
    private static final byte[] OUTCOME = ascii("outcome");
    private static final byte[] KIND = ascii("kind");
    private static final byte[] TIMING = ascii("timing");
    private static final byte[][] BEFORE_FORKS =
            all("steadyNs", "ciLowNs", "ciHighNs", "confidence", "betweenForkCv", "mde", "bestNs");
    private static final byte[] FORKS = ascii("forks");
    private static final byte[] FORK = ascii("fork");
    private static final byte[] STEADY_NS = ascii("steadyNs");
    private static final byte[][] AFTER_FORK_NS = all("warmups", "iterations", "steadyFrom");
    private static final byte[][] AFTER_FORKS = all("percentiles", "effectiveSamples");
    private static final byte[] CORRECTNESS = ascii("correctness");
    private static final byte[] VALIDITY = ascii("validity");
    private static final byte[][] BEFORE_REASONS = all("steady", "throttled", "enoughForks", "plausible");
    private static final byte[] REASONS = ascii("reasons");
    private static final byte[][] AT_THE_END = all(CaseJson.HEADLINE, CaseJson.NON_FINITE, CaseJson.SHA256);

    private static byte[][] all(String... names) {
        return Arrays.stream(names).map(CaseGlance::ascii).toArray(byte[][]::new);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The case is laid out in another way than this program writes it, or is none. */
    static final class Unusual extends IOException {
        private static final long serialVersionUID = 1;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
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

    /** The case that is the whole of a text, which is the one at this place of its bundle. */
    static CaseGlance read(PlainJson json, byte[] buffer, int offset, int length, int place, KnownCases known)
            throws Unusual {
        KnownCases.Beginning beginning = known.of(place, buffer, offset, length);
        if (beginning == null) {
            json.begin(buffer, offset, length);
            beginning = beginning(json, buffer, offset);
            known.keep(place, beginning);
        } else {
            int read = beginning.text().length;
            json.beginWithin(buffer, offset + read, length - read);
        }
        return rest(json, beginning);
    }

    private static KnownCases.Beginning beginning(PlainJson json, byte[] buffer, int offset) throws Unusual {
        json.object();
        String id = text(json, ID);
        String caseKey = text(json, CASE_KEY);
        skip(json, QUESTION);
        begin(json, SUBJECT);
        String kernel = text(json, KERNEL);
        String backend = text(json, BACKEND);
        String driver = textOrNull(json, DRIVER);
        skip(json, AFTER_DRIVER);
        end(json);
        skip(json, AFTER_SUBJECT);
        expect(json.plain());
        return new KnownCases.Beginning(
                Arrays.copyOfRange(buffer, offset, json.at()), id, caseKey, kernel, backend, driver);
    }

    private static CaseGlance rest(PlainJson json, KnownCases.Beginning beginning) throws Unusual {
        double[] forkNs = outcome(json);
        expect(forkNs.length == 0 || !Context.EMULATED.equals(beginning.driver()));
        boolean valid = validity(json, forkNs.length > 0);
        // None of what is seen here could have been a number that is not finite.
        skip(json, AT_THE_END);
        end(json);
        expect(json.ended());
        return new CaseGlance(
                beginning.id(),
                beginning.caseKey(),
                beginning.kernel(),
                beginning.backend(),
                beginning.driver(),
                forkNs,
                valid);
    }

    private static double[] outcome(PlainJson json) throws Unusual {
        begin(json, OUTCOME);
        if (!text(json, KIND).equals("measured")) {
            while (json.member()) {
                json.skip();
            }
            return new double[0];
        }
        begin(json, TIMING);
        skip(json, BEFORE_FORKS);
        double[] forkNs = forks(json);
        skip(json, AFTER_FORKS);
        end(json);
        skip(json, CORRECTNESS);
        end(json);
        return forkNs;
    }

    private static double[] forks(PlainJson json) throws Unusual {
        name(json, FORKS);
        json.array();
        double[] forkNs = new double[8];
        int count = 0;
        while (json.element()) {
            json.object();
            skip(json, FORK);
            if (count == forkNs.length) {
                forkNs = Arrays.copyOf(forkNs, 2 * count);
            }
            name(json, STEADY_NS);
            forkNs[count] = json.number();
            expect(forkNs[count++] > 0);
            skip(json, AFTER_FORK_NS);
            end(json);
        }
        expect(count > 0);
        return Arrays.copyOf(forkNs, count);
    }

    private static boolean validity(PlainJson json, boolean measured) throws Unusual {
        name(json, VALIDITY);
        if (!measured) {
            expect(json.first() == 'n');
            json.skip();
            return false;
        }
        json.object();
        skip(json, BEFORE_REASONS);
        name(json, REASONS);
        json.array();
        boolean none = true;
        while (json.element()) {
            json.text();
            none = false;
        }
        end(json);
        return none;
    }

    private static void name(PlainJson json, byte[] expected) throws Unusual {
        expect(json.member() && json.named(expected));
    }

    private static void skip(PlainJson json, byte[]... names) throws Unusual {
        for (byte[] name : names) {
            name(json, name);
            json.skip();
        }
    }

    private static void begin(PlainJson json, byte[] name) throws Unusual {
        name(json, name);
        json.object();
    }

    private static void end(PlainJson json) throws Unusual {
        expect(!json.member() && json.plain());
    }

    private static String text(PlainJson json, byte[] name) throws Unusual {
        name(json, name);
        return json.text();
    }

    private static String textOrNull(PlainJson json, byte[] name) throws Unusual {
        name(json, name);
        if (json.first() == 'n') {
            json.skip();
            return null;
        }
        return json.text();
    }

    private static void expect(boolean usual) throws Unusual {
        if (!usual) {
            throw new Unusual();
        }
    }
}
