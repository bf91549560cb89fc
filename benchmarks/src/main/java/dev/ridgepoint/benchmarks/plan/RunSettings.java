package dev.ridgepoint.benchmarks.plan;

import java.util.List;

/**
 * What all cases of a run share.
 *
 * @param target what runs kernels
 * @param suite suite, or {@code custom}
 * @param domain what a timed call contains
 * @param cache where operands lie when it starts
 * @param inputs what operands are filled with; the seed also sets the order within rounds
 * @param jmhOptions options handed through to JMH
 */
public record RunSettings(
        Target target,
        String suite,
        TimingDomain domain,
        CacheState cache,
        Cell.Inputs inputs,
        List<String> jmhOptions) {
    public RunSettings {
        jmhOptions = List.copyOf(jmhOptions);
    }

    /** The same on a target known more exactly. */
    public RunSettings on(Target exact) {
        return new RunSettings(exact, suite, domain, cache, inputs, jmhOptions);
    }
}
