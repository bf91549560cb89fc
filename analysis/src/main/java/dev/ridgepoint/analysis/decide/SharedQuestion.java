package dev.ridgepoint.analysis.decide;

import java.util.List;

/**
 * A question with its answers: the same shape, timed in the same domain and cache state, on inputs drawn alike.
 *
 * @param name shape, domain, cache state and inputs
 * @param answers by alternative, then the most exact first
 */
public record SharedQuestion(String name, List<Answer> answers) {}
