package dev.ridgepoint.kernels.workload;

import java.util.List;
import java.util.Map;

/**
 * A named choice of workloads for one kind of machine.
 *
 * @param name {@code smoke}, {@code quick}, {@code core}, {@code full}, or of a CUDA device {@code targets}
 * @param backend {@code cpu} or {@code cuda}
 * @param sections what is in it, and why
 * @param limits what a workload may cost to be in it
 * @param excluded how many workloads that queries found were left out, by reason; never silent
 */
public record Suite(String name, String backend, List<Section> sections, Limits limits, Map<String, Integer> excluded) {

    public Suite {
        sections = List.copyOf(sections);
        excluded = Map.copyOf(excluded);
    }

    /** Workloads that are in for one reason. */
    public record Section(String why, List<Workload> workloads) {
        public Section {
            workloads = List.copyOf(workloads);
        }
    }

    /** Size of all buffers of a workload, and its operations. */
    public record Limits(long operandMib, double gflop) {
        /** For headings: {@code at most 200 MiB of operands and 5 GFLOP each}. */
        @Override
        public String toString() {
            return "at most " + operandMib + " MiB of operands and " + Math.round(gflop) + " GFLOP each";
        }
    }

    /** All workloads, in order, each problem once. */
    public List<Workload> workloads() {
        return sections.stream()
                .flatMap(section -> section.workloads().stream())
                .toList();
    }
}
