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
            String refusal = memory.refusal(workload.problem());
            Map<KernelRow, Support.Supported> able = refusal == null ? able(workload) : Map.of();
            if (able.isEmpty()) {
                String reason = refusal != null ? refusal : Refusals.of(workload.problem(), kernels, device);
                skips.add(new Skip(id, workload.problem(), workload.provenance(), reason));
            }
            able.forEach((kernel, support) ->
                    cells.add(cell(able.size() == 1 ? id : id + ":" + shortName(kernel), workload, kernel, support)));
        }
        return new BenchmarkPlan(settings, protocol, cells, skips);
    }

    private Map<KernelRow, Support.Supported> able(Workload workload) {
        Map<KernelRow, Support.Supported> able = new LinkedHashMap<>();
        for (KernelRow kernel : kernels) {
            if (kernel.supports(workload.problem(), device) instanceof Support.Supported supported) {
                able.put(kernel, supported);
            }
        }
        return able;
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
