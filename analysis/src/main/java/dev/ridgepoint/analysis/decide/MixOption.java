package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.economics.Derived;

/**
 * The mix's kernels on one alternative, one after the other, over those problems that every alternative answered.
 *
 * @param of label of the alternative
 * @param condition timing domain, cache state and inputs
 * @param problems how many of the mix's problems
 * @param share of the trace's GPU time they stand for, of one
 * @param ns sum over problems of launches times steady time, of the fastest kernel
 * @param worstError the largest error of a kernel
 * @param joules sum over problems of launches times J/call, null where one is not known
 * @param passesPerMoney how often the mix runs for one unit of money, or null
 */
public record MixOption(
        String of,
        String condition,
        int problems,
        double share,
        double ns,
        double worstError,
        Double joules,
        Derived passesPerMoney) {}
