package dev.ridgepoint.results;

/**
 * One line of {@code iterations.ndjson}: an iteration of a fork, warm-up included.
 *
 * @param caseId the case in this run
 * @param iteration counted from 0 over warm-up and measurement
 * @param nsPerOp mean time a call
 * @param ops calls made
 * @param startEpochMicros wall-clock start, UTC
 */
public record IterationLine(
        String caseId, int fork, int iteration, boolean warmup, double nsPerOp, long ops, long startEpochMicros) {
    public IterationLine {
        if (caseId == null || caseId.isEmpty()) {
            throw new IllegalArgumentException("caseId: missing");
        }
        if (fork < 0) {
            throw new IllegalArgumentException("fork: expected 0 or more, got " + fork);
        }
        if (iteration < 0) {
            throw new IllegalArgumentException("iteration: expected 0 or more, got " + iteration);
        }
        if (!(nsPerOp > 0) || nsPerOp == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("nsPerOp: expected a positive number, got " + nsPerOp);
        }
        if (ops < 1) {
            throw new IllegalArgumentException("ops: expected 1 or more, got " + ops);
        }
    }
}
