package dev.ridgepoint.results.validate;

import dev.ridgepoint.results.json.PlainJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What is asked of JMH's file of one fork, where it is laid out plainly.
 *
 * @param values of its only row of raw data, nanoseconds a call
 */
record JmhGlance(String caseId, double[] values) {
    private static final byte[] PARAMS = ascii("params");
    private static final byte[] CASE_ID = ascii("caseId");
    private static final byte[] FORKS = ascii("forks");
    private static final byte[] METRIC = ascii("primaryMetric");
    private static final byte[] UNIT = ascii("scoreUnit");
    private static final byte[] RAW_DATA = ascii("rawData");

    /** Null where the file is laid out in another way, or does not hold one fork of one case in this unit. */
    static JmhGlance read(byte[] content, int length) {
        return new Reader(new PlainJson(content, length)).read();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static final class Reader {
        private final PlainJson json;
        private String caseId;
        private boolean oneFork;
        private boolean nanoseconds;
        private int rows;
        private double[] values = new double[16];
        private int count;

        Reader(PlainJson json) {
            this.json = json;
        }

        JmhGlance read() {
            json.array();
            boolean one = json.element();
            if (one) {
                entry();
            }
            boolean whole = one && !json.element() && json.ended();
            return whole && caseId != null && oneFork && nanoseconds && rows == 1
                    ? new JmhGlance(caseId, Arrays.copyOf(values, count))
                    : null;
        }

        private void entry() {
            json.object();
            while (json.member()) {
                if (json.named(FORKS)) {
                    oneFork = json.number() == 1;
                } else if (json.named(PARAMS)) {
                    params();
                } else if (json.named(METRIC)) {
                    metric();
                } else {
                    json.skip();
                }
            }
        }

        private void params() {
            json.object();
            while (json.member()) {
                if (json.named(CASE_ID)) {
                    caseId = json.text();
                } else {
                    json.skip();
                }
            }
        }

        private void metric() {
            json.object();
            while (json.member()) {
                if (json.named(UNIT)) {
                    nanoseconds = json.text().equals("ns/op");
                } else if (json.named(RAW_DATA)) {
                    rows();
                } else {
                    json.skip();
                }
            }
        }

        private void rows() {
            json.array();
            for (; json.element(); rows++) {
                json.array();
                while (json.element()) {
                    if (count == values.length) {
                        values = Arrays.copyOf(values, 2 * count);
                    }
                    values[count++] = json.number();
                }
            }
        }
    }
}
