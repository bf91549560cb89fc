package dev.ridgepoint.analysis.serve;

/** How long a server's steps take. */
public interface StepTimes {
    /**
     * A step that adds a token to each sequence.
     *
     * @param batch sequences, 1 to {@link #largestBatch}
     * @param context mean keys of a sequence, the new token counted, up to {@link #longestContext}
     * @return nanoseconds
     */
    double decodeNs(int batch, double context);

    /**
     * The pass of one prompt, which also gives its first token.
     *
     * @param tokens up to {@link #longestPrompt}
     * @return nanoseconds
     */
    double prefillNs(long tokens);

    /** Sequences that are served at once. */
    int largestBatch();

    /** Keys beyond which nothing is known. */
    long longestContext();

    /** Tokens of a prompt beyond which nothing is known. */
    long longestPrompt();
}
