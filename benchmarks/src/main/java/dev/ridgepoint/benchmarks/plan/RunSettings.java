package dev.ridgepoint.benchmarks.plan;

import java.util.List;

/**
 * What all cases of a run share.
 *
 * @param backend who runs kernels
 * @param suite suite, or {@code custom}
 * @param domain what a timed call contains
 * @param cache where operands lie when it starts
 * @param inputs what operands are filled with; the seed also sets the order within rounds
 * @param jmhOptions options handed through to JMH
 */
public record RunSettings(
        String backend,
        String suite,
        TimingDomain domain,
        CacheState cache,
        Cell.Inputs inputs,
        List<String> jmhOptions) {
    public RunSettings {
        jmhOptions = List.copyOf(jmhOptions);
    }
}
