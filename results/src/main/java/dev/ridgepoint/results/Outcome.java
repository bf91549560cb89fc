package dev.ridgepoint.results;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** How a case ended. A wrong kernel has no field for a time; neither has an emulated run. */
public sealed interface Outcome {
    /** The name in files. */
    String kind();

    /** Verified on the buffers that were timed, and timed. */
    record Measured(Timing timing, Correctness correctness) implements Outcome {
        public Measured {
            Objects.requireNonNull(timing, "timing: missing");
            if (correctness == null || !correctness.passed()) {
                throw new IllegalArgumentException(
                        "correctness: a kernel that did not pass on the buffers it was timed on has no time");
            }
        }

        @Override
        public String kind() {
            return "measured";
        }
    }

    /** Run by the emulated driver: counters, never a time, never a baseline. */
    record Simulated(Map<String, Long> counters, Correctness correctness) implements Outcome {
        public Simulated {
            counters = Collections.unmodifiableMap(new TreeMap<>(counters));
        }

        @Override
        public String kind() {
            return "simulated";
        }
    }

    /** The gate said no; {@code correctness} is null where a fault was found without comparing outputs. */
    record Incorrect(String reason, Correctness correctness) implements Outcome {
        public Incorrect {
            reasoned(reason);
            if (correctness != null && correctness.passed()) {
                throw new IllegalArgumentException("correctness: passed, so the outcome is not incorrect");
            }
        }

        @Override
        public String kind() {
            return "incorrect";
        }
    }

    /** Not run, for a reason that is no failure. */
    record Skipped(String reason) implements Outcome {
        public Skipped {
            reasoned(reason);
        }

        @Override
        public String kind() {
            return "skipped";
        }
    }

    /** Should have run and did not: a crashed fork, a time-out, a lost device. */
    record Failed(String reason) implements Outcome {
        public Failed {
            reasoned(reason);
        }

        @Override
        public String kind() {
            return "failed";
        }
    }

    private static void reasoned(String reason) {
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("reason: missing");
        }
    }
}
