package dev.ridgepoint.benchmarks.counts;

import dev.ridgepoint.benchmarks.gate.BoundSet;
import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.LaunchCounters;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Counts one call of every kernel on every counted problem it supports. Whether it is right is the gate's question. */
public final class CountSurvey {
    private static final long SEED = 1;

    private CountSurvey() {}

    /**
     * Counts; rows come as they are found.
     *
     * @param device one that has counters
     */
    public static void of(Device device, Predicate<KernelRow> kernels, Consumer<KernelCounts> rows) {
        LaunchCounters counters = device.counters()
                .orElseThrow(() -> new IllegalArgumentException(
                        device.traits().name() + " plays no device: it has times, and no counters"));
        for (Problem problem : CountedProblems.all()) {
            for (KernelRow kernel : device.kernels()) {
                if (kernels.test(kernel) && kernel.supports(problem, device.traits()) instanceof Support.Supported) {
                    rows.accept(count(device, counters, kernel, problem));
                }
            }
        }
    }

    private static KernelCounts count(Device device, LaunchCounters counters, KernelRow kernel, Problem problem) {
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, SEED);
        try (BoundSet set = BoundSet.create(device, kernel, problem, operands)) {
            PreparedLaunch launch = set.launch();
            return KernelCounts.of(kernel.id(), problem, LaunchCounts.sum(counters.during(launch::launch)));
        }
    }
}
