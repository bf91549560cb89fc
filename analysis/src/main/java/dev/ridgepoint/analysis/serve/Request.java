package dev.ridgepoint.analysis.serve;

/**
 * A request.
 *
 * @param arrivalNs when it came, nanoseconds after the first moment
 * @param promptTokens tokens it brings
 * @param outputTokens tokens it is answered with, the first one by its prompt's own pass
 */
public record Request(double arrivalNs, long promptTokens, long outputTokens) {
    /** Longer ones are a slip: no model of the catalogue holds as many. */
    private static final long MOST_TOKENS = 100_000_000;

    public Request {
        if (!(arrivalNs >= 0) || Double.isInfinite(arrivalNs)) {
            throw new IllegalArgumentException("time: expected seconds of 0 or more, got " + arrivalNs / 1e9);
        }
        tokens("prompt_tokens", promptTokens);
        tokens("output_tokens", outputTokens);
    }

    private static void tokens(String field, long count) {
        if (count < 1 || count > MOST_TOKENS) {
            throw new IllegalArgumentException(field + ": expected 1 to " + MOST_TOKENS + ", got " + count);
        }
    }
}
