package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.results.Correctness;
import dev.ridgepoint.results.IterationLine;
import java.util.List;
import java.util.Map;

/** How one fork of a cell ended. Only a fork whose every buffer passed the gate has iterations. */
public sealed interface ForkOutcome {
    /**
     * Verified before and after timing, and timed.
     *
     * @param implementation what ran, in the library's own words
     * @param inputsSha256 digest of the operands as uploaded
     * @param throttled whether the processor slowed down for heat: {@code yes}, {@code no} or {@code unknown}
     */
    record Measured(
            String implementation,
            String inputsSha256,
            Correctness correctness,
            String throttled,
            List<IterationLine> iterations)
            implements ForkOutcome {
        public Measured {
            iterations = List.copyOf(iterations);
        }
    }

    /**
     * Verified, and run on a device that only plays one: there are counts of its work, and no time.
     *
     * @param implementation what ran, in the library's own words
     * @param inputsSha256 digest of the operands as uploaded
     */
    record Simulated(String implementation, String inputsSha256, Correctness correctness, Map<String, Long> counters)
            implements ForkOutcome {
        public Simulated {
            counters = Map.copyOf(counters);
        }
    }

    /** The gate said no; {@code correctness} is null where no outputs were compared. */
    record Incorrect(String reason, String implementation, Correctness correctness) implements ForkOutcome {}

    /** The kernel or the library under it refused, with its reason. */
    record Skipped(String reason) implements ForkOutcome {}

    /** Crashed, hung or was killed. */
    record Failed(String reason) implements ForkOutcome {}
}
