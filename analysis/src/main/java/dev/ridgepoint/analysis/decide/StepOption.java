package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.economics.Derived;
import dev.ridgepoint.analysis.serve.ComposedStep;

/**
 * A model's step on one alternative.
 *
 * @param of label of the alternative
 * @param condition timing domain, cache state and inputs its kernels were measured in
 * @param label what the rate is: an upper bound
 * @param step what it is composed of
 * @param ns time of its kernels
 * @param tokensPerSecond the upper bound
 * @param worstError the largest error of one of its kernels
 * @param tokensPerJoule an upper bound, null where a role is missing or not metered
 * @param ratePerWatt the same
 * @param tokensPerMoney the same, null where a role is missing or there is no price
 */
public record StepOption(
        String of,
        String condition,
        String label,
        ComposedStep step,
        double ns,
        double tokensPerSecond,
        double worstError,
        Derived tokensPerJoule,
        Derived ratePerWatt,
        Derived tokensPerMoney) {}
