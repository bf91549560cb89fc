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
        String caseId, int fork, int iteration, boolean warmup, double nsPerOp, long ops, long startEpochMicros) {}
