package dev.ridgepoint.results.validate;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.StrictJson;
import dev.ridgepoint.results.validate.MeasuredForks.OfCase;
import dev.ridgepoint.results.validate.MeasuredForks.OfFork;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Holds JMH's own files against the log: {@code jmh.json} with all forks, and a part a fork under {@code raw/}. */
final class JmhChecks {
    /** A benchmark's entry with all forks and their percentiles. */
    private static final long LARGEST_ENTRY = 16L << 20;
    /** JMH prints some values to fewer places than a double has. */
    private static final double RELATIVE = 1e-6;

    private static final String ENDING = ".json";
    /** Digits of any fork's number. */
    private static final int MOST_DIGITS = 9;

    private final MeasuredForks forks;
    private final Findings findings;

    /** Parts may be checked on several threads, each with a checker of its own. */
    JmhChecks(MeasuredForks forks, Findings findings) {
        this.forks = forks;
        this.findings = findings;
    }

    /** The merged file: an entry for each measured case, with all its forks. */
    void merged(InputStream content) throws IOException {
        Set<String> seen = new HashSet<>();
        entries(content, (entry, pointer) -> {
            OfCase ofCase = caseOf(entry, Layout.JMH, pointer);
            if (ofCase == null) {
                return;
            }
            if (!seen.add(ofCase.id())) {
                findings.error(Layout.JMH, pointer, "a second entry of " + ofCase.id());
            }
            compare(entry, MeasuredForks.SCORES, ofCase.forks(), Layout.JMH, pointer);
        });
        for (OfCase ofCase : forks.all()) {
            if (ofCase.measured() && !seen.contains(ofCase.id())) {
                findings.error(Layout.JMH, "", "has no entry of " + ofCase.id());
            }
        }
    }

    /** A part: one entry with one fork, in the place its case and fork give it. */
    Artefact.Reading ofPart(String file) {
        return new Artefact.Reading() {
            @Override
            public boolean certain(byte[] content, int length) {
                return isRight(file, JmhGlance.read(content, length));
            }

            @Override
            public void read(InputStream content) throws IOException {
                part(file, content);
            }
        };
    }

    private boolean isRight(String file, JmhGlance glance) {
        OfCase ofCase = glance == null ? null : forks.of(glance.caseId());
        if (ofCase == null || ofCase.simulated() || !ofCase.metric().equals(MeasuredForks.SCORES)) {
            return false;
        }
        OfFork stated = ofCase.fork(forkOf(file, ofCase.partPrefix()));
        boolean right = stated != null && same(glance.values(), stated.values());
        if (right) {
            stated.seeRaw();
        }
        return right;
    }

    private void part(String file, InputStream content) throws IOException {
        int[] count = new int[1];
        entries(content, (entry, pointer) -> {
            count[0]++;
            String caseId = entry.path("params").path("caseId").asText();
            OfCase ofCase = forks.of(caseId);
            int fork = forkOf(file, ofCase == null ? Layout.partPrefix(caseId) : ofCase.partPrefix());
            if (fork < 0) {
                findings.error(file, pointer + "/params/caseId", "belongs to another file");
                return;
            }
            if (ofCase != null && ofCase.simulated()) {
                findings.error(file, pointer, "has times, and the case was simulated");
                return;
            }
            OfFork stated = ofCase == null ? null : ofCase.fork(fork);
            if (stated != null && stated.seeRaw()) {
                compare(entry, ofCase.metric(), List.of(stated), file, pointer);
            }
        });
        if (count[0] != 1) {
            findings.error(file, "", "holds " + count[0] + " benchmarks; expected one");
        }
    }

    /** The fork that a file of a case must hold by its name; -1 where the name is another case's. */
    private static int forkOf(String file, String prefix) {
        boolean ours = file.startsWith(prefix) && file.endsWith(ENDING);
        int end = file.length() - ENDING.length();
        int digits = end - prefix.length();
        if (!ours || digits < 1 || digits > MOST_DIGITS) {
            return -1;
        }
        int number = 0;
        for (int i = prefix.length(); i < end; i++) {
            int digit = file.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private interface Entry {
        void see(JsonNode entry, String pointer);
    }

    private static void entries(InputStream content, Entry consumer) throws IOException {
        try (JsonParser parser = StrictJson.parser(content)) {
            try {
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    throw new JsonFormatException("", "expected JMH's array of benchmarks");
                }
                for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    consumer.see(StrictJson.value(parser, LARGEST_ENTRY), "/" + i);
                }
                if (parser.nextToken() != null) {
                    throw new JsonFormatException("", "text goes on after the end of the document");
                }
            } catch (JsonProcessingException malformed) {
                throw StrictJson.translate(parser, malformed);
            }
        }
    }

    private OfCase caseOf(JsonNode entry, String file, String pointer) {
        JsonNode id = entry.path("params").path("caseId");
        if (!id.isTextual()) {
            findings.error(file, pointer + "/params/caseId", "missing: without it the entry belongs to no case");
            return null;
        }
        OfCase ofCase = forks.of(id.textValue());
        if (ofCase == null || !ofCase.measured()) {
            findings.error(file, pointer + "/params/caseId", id.textValue() + " was not measured, says result.json");
            return null;
        }
        return ofCase;
    }

    private void compare(JsonNode entry, String metric, List<OfFork> stated, String file, String pointer) {
        JsonNode scores = entry.at(metric);
        if (!scores.path("scoreUnit").asText().equals("ns/op")) {
            findings.error(file, pointer + metric + "/scoreUnit", "expected ns/op");
        }
        JsonNode raw = scores.path("rawData");
        int count = stated.size();
        if (entry.path("forks").asInt(-1) != count || raw.size() != count) {
            findings.error(
                    file,
                    pointer + "/forks",
                    "is " + entry.path("forks").asText("missing") + " with " + raw.size()
                            + " rows of raw data; result.json has " + count + " forks");
            return;
        }
        for (int i = 0; i < count; i++) {
            values(raw.get(i), stated.get(i).values(), file, pointer + metric + "/rawData/" + i);
        }
    }

    private void values(JsonNode row, double[] logged, String file, String pointer) {
        double[] values = new double[row.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(i).asDouble(-1);
        }
        if (!same(values, logged)) {
            findings.error(file, pointer, "is not what " + Layout.ITERATIONS + " has of this fork");
        }
    }

    private static boolean same(double[] values, double[] logged) {
        boolean same = values.length == logged.length;
        for (int i = 0; same && i < logged.length; i++) {
            same = Math.abs(values[i] - logged[i]) <= RELATIVE * logged[i];
        }
        return same;
    }
}
