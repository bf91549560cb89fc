package dev.ridgepoint.analysis.classify.score;

/** A probability given to an answer, and whether the answer was right. */
public record Bet(double confidence, boolean right) {}
