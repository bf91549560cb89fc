package dev.ridgepoint.results;

import java.util.Map;

/** How a case ended. A wrong kernel has no field for a time; neither has an emulated run. */
public sealed interface Outcome {
    /** The name in files. */
    String kind();

    /** Verified on the buffers that were timed, and timed. */
    record Measured(Timing timing, Correctness correctness) implements Outcome {
        @Override
        public String kind() {
            return "measured";
        }
    }

    /** Run by the emulated driver: counters, never a time, never a baseline. */
    record Simulated(Map<String, Long> counters, Correctness correctness) implements Outcome {
        @Override
        public String kind() {
            return "simulated";
        }
    }

    /** The gate said no. */
    record Incorrect(String reason, Correctness correctness) implements Outcome {
        @Override
        public String kind() {
            return "incorrect";
        }
    }

    /** Not run, for a reason that is no failure. */
    record Skipped(String reason) implements Outcome {
        @Override
        public String kind() {
            return "skipped";
        }
    }

    /** Should have run and did not: a crashed fork, a time-out, a lost device. */
    record Failed(String reason) implements Outcome {
        @Override
        public String kind() {
            return "failed";
        }
    }
}
