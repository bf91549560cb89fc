package dev.ridgepoint.benchmarks.gate;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.tuning.TunedRow;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Problems that a kernel is also launched for as on a device of one SM. A rule takes its largest tiles where they fill the device, which
 * small problems do on the smallest alone; so entry points that a kernel would be launched with on no problem otherwise are.
 */
final class SmallestDevice {
    /** Ends the names of such cases. */
    static final String SUFFIX = ":as_for_one_sm";

    private static final int UNITS = 1;

    /** Ids of problems by the kernel's id. */
    private final Map<String, Set<String>> problems = new HashMap<>();

    /** The first of the problems that brings an entry point which the kernel's own rule takes for none of them on this device. */
    SmallestDevice(List<? extends KernelRow> kernels, List<Problem> problems, DeviceTraits device) {
        for (KernelRow kernel : kernels) {
            if (kernel instanceof CudaRow row) {
                this.problems.put(row.id(), of(row, problems, device));
            }
        }
    }

    private static Set<String> of(CudaRow row, List<Problem> problems, DeviceTraits device) {
        List<Problem> able = problems.stream()
                .filter(problem -> row.supports(problem, device) instanceof Support.Supported)
                .toList();
        Set<String> met = new HashSet<>();
        able.forEach(problem -> met.addAll(entries(row, problem, device)));
        Set<String> bringing = new HashSet<>();
        for (Problem problem : able) {
            if (met.addAll(entries(row, problem, device.withUnits(UNITS)))) {
                bringing.add(problem.id());
            }
        }
        return bringing;
    }

    private static List<String> entries(CudaRow row, Problem problem, DeviceTraits device) {
        return row.plan(problem, device).launches().stream()
                .map(KernelLaunch::entry)
                .toList();
    }

    /** Whether the kernel is launched so for the problem, too. */
    boolean asks(KernelRow kernel, Problem problem) {
        return problems.getOrDefault(kernel.id(), Set.of()).contains(problem.id());
    }

    /** The kernel, launched as on such a device; of those alone that are asked. */
    static KernelRow as(KernelRow kernel, Problem problem) {
        return new TunedRow((CudaRow) kernel, Map.of(problem.id(), UNITS), "the gate");
    }
}
