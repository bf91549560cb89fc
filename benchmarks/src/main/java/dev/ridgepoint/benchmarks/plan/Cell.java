package dev.ridgepoint.benchmarks.plan;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.workload.Provenance;

/**
 * One thing to time: a problem, the kernel that answers, and how it is asked.
 *
 * @param id {@code <workload id>:<domain>:<cache state>}, with the kernel where several answer; unique in a run
 * @param problem what is computed
 * @param provenance which layer of which model asks, or null
 * @param kernel catalogue id of who answers
 * @param support how the hardware runs the precision, {@code native} or {@code upconverted}
 * @param domain what a timed call contains
 * @param cache where operands lie when it starts
 * @param inputs what operands are filled with
 */
public record Cell(
        String id,
        Problem problem,
        Provenance provenance,
        String kernel,
        String support,
        TimingDomain domain,
        CacheState cache,
        Inputs inputs) {

    /** How operands are filled: a distribution and the generator's seed. */
    public record Inputs(Distribution distribution, long seed) {}
}
