package dev.ridgepoint.benchmarks.plan;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Meets workloads with the kernels of a device: a cell for each that can, one skip where none can. */
public final class Planner {
    private final List<? extends KernelRow> kernels;
    private final DeviceTraits device;
    private final RunSettings settings;
    private final MemoryNeed memory;

    /**
     * @param kernels the kernels of the device
     * @param availableBytes memory a case may take
     */
    public Planner(List<? extends KernelRow> kernels, DeviceTraits device, RunSettings settings, long availableBytes) {
        this.kernels = kernels;
        this.device = device;
        this.settings = settings;
        this.memory = new MemoryNeed(settings.cache(), device.lastLevelCacheBytes(), availableBytes);
    }

    /** The plan for these workloads, in their order. */
    public BenchmarkPlan plan(List<Workload> workloads, Protocol protocol) {
        List<Cell> cells = new ArrayList<>();
        List<Skip> skips = new ArrayList<>();
        for (Workload workload : workloads) {
            String id = workload.id() + ":" + settings.domain().id() + ":"
                    + settings.cache().id();
            Map<KernelRow, Support.Supported> able = new LinkedHashMap<>();
            String refusal = memory.refusal(workload.problem());
            if (refusal == null) {
                refusal = split(workload, able);
            }
            if (able.isEmpty()) {
                skips.add(new Skip(id, workload.problem(), workload.provenance(), refusal));
            }
            able.forEach((kernel, support) ->
                    cells.add(cell(able.size() == 1 ? id : id + ":" + shortName(kernel), workload, kernel, support)));
        }
        return new BenchmarkPlan(settings, protocol, cells, skips);
    }

    /** Collects the kernels that can, and says why the others of the same operation cannot. */
    private String split(Workload workload, Map<KernelRow, Support.Supported> able) {
        StringJoiner reasons = new StringJoiner("; ");
        for (KernelRow kernel : kernels) {
            Support support = kernel.supports(workload.problem(), device);
            if (support instanceof Support.Supported supported) {
                able.put(kernel, supported);
            } else if (kernel.id().startsWith(workload.problem().op() + "/")) {
                reasons.add(kernel.id() + ": " + ((Support.Unsupported) support).reason());
            }
        }
        return reasons.length() == 0
                ? "no kernel for " + workload.problem().op() + " on " + device.name()
                : reasons.toString();
    }

    private Cell cell(String id, Workload workload, KernelRow kernel, Support.Supported support) {
        return new Cell(
                id,
                workload.problem(),
                workload.provenance(),
                kernel.id(),
                support.how().name().toLowerCase(Locale.ROOT),
                settings.domain(),
                settings.cache(),
                settings.inputs());
    }

    private static String shortName(KernelRow kernel) {
        return kernel.id().substring(kernel.id().indexOf('/') + 1);
    }
}
