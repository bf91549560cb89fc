package dev.ridgepoint.analysis.serve;

/** A server whose steps take the same time whatever is in them; a prompt takes a time a token. */
record FixedSteps(int largestBatch, double decodeNs, double nsPerPromptToken) implements StepTimes {
    @Override
    public double decodeNs(int batch, double context) {
        return decodeNs;
    }

    @Override
    public double prefillNs(long tokens) {
        return tokens * nsPerPromptToken;
    }

    @Override
    public long longestContext() {
        return 1_000_000;
    }

    @Override
    public long longestPrompt() {
        return 1_000_000;
    }
}
