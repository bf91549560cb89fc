package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.results.Correctness;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How a fork ended, on disk: by the fork itself where it could, else by the run that watched it die. The file appears
 * whole or not at all, and a fork with one need never run again.
 *
 * @param outcome {@code measured}, {@code simulated}, {@code incorrect}, {@code skipped} or {@code failed}
 * @param reason a sentence, null where measured or simulated
 * @param implementation what ran, in the library's own words, null where it did not come to that
 * @param inputsSha256 digest of the operands as uploaded, null where there were none
 * @param sets sets of buffers rotated through
 * @param setsTimed of those, the sets that a timed call used
 * @param correctness what the gate saw, null where it did not come to that
 * @param throttled whether the processor slowed down for heat meanwhile: {@code yes}, {@code no} or {@code unknown}
 * @param counters what a device that only plays one has counted, as JSON; null on any other
 */
public record ForkVerdict(
        String outcome,
        String reason,
        String implementation,
        String inputsSha256,
        int sets,
        int setsTimed,
        Correctness correctness,
        String throttled,
        String counters) {
    static final String MEASURED = "measured";
    static final String SIMULATED = "simulated";
    static final String INCORRECT = "incorrect";
    static final String SKIPPED = "skipped";
    static final String FAILED = "failed";

    /** What a fork says of the processor: it cannot tell. */
    static final String UNKNOWN = "unknown";

    static ForkVerdict without(String outcome, String reason) {
        return new ForkVerdict(outcome, reason, null, null, 0, 0, null, UNKNOWN, null);
    }

    /** The same, with what only the watching run can know. */
    ForkVerdict withThrottled(String state) {
        return new ForkVerdict(
                outcome, reason, implementation, inputsSha256, sets, setsTimed, correctness, state, counters);
    }

    /** The same, of a fork that ran something else besides. */
    ForkVerdict withImplementation(String ran) {
        return new ForkVerdict(outcome, reason, ran, inputsSha256, sets, setsTimed, correctness, throttled, counters);
    }

    /** The same case on a device that only plays one: counted, and not timed. */
    ForkVerdict simulated(String counts) {
        return new ForkVerdict(
                SIMULATED, reason, implementation, inputsSha256, sets, setsTimed, correctness, throttled, counts);
    }

    void write(Path file) throws IOException {
        FlatRecord.write(this, file);
    }

    static ForkVerdict read(Path file) throws IOException {
        return FlatRecord.read(ForkVerdict.class, file);
    }
}
