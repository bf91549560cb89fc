package dev.ridgepoint.benchmarks.plan;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Meets workloads with the kernels of a device: a cell for each that can, one skip where none can. */
public final class Planner {
    private final List<? extends KernelRow> kernels;
    private final DeviceTraits device;
    private final RunSettings settings;
    private final MemoryNeed memory;

    /**
     * @param kernels the kernels of the device
     * @param available memory a case may take
     */
    public Planner(List<? extends KernelRow> kernels, DeviceTraits device, RunSettings settings, Memory available) {
        this.kernels = kernels;
        this.device = device;
        this.settings = settings;
        this.memory = new MemoryNeed(settings.cache(), device.lastLevelCacheBytes(), available);
    }

    /** The plan for these workloads, in their order. */
    public BenchmarkPlan plan(List<Workload> workloads, Protocol protocol) {
        List<Cell> cells = new ArrayList<>();
        List<Skip> skips = new ArrayList<>();
        for (Workload workload : workloads) {
            String id = workload.id() + ":" + settings.domain().id() + ":"
                    + settings.cache().id();
            String refusal = memory.refusal(workload.problem());
            if (refusal != null) {
                skips.add(skip(id, workload, refusal));
                continue;
            }
            List<? extends KernelRow> asked = asked(workload);
            List<? extends KernelRow> ours =
                    asked.stream().filter(kernel -> !kernel.baseline()).toList();
            Map<KernelRow, Support.Supported> able = able(asked, workload);
            // What a suite asks of a baseline alone lacks no kernel of ours.
            boolean oursAreMeant = workload.kernels().isAny() || !ours.isEmpty() || asked.isEmpty();
            if (oursAreMeant && able.keySet().stream().allMatch(KernelRow::baseline)) {
                skips.add(skip(id, workload, Refusals.of(workload.problem(), ours, device)));
            }
            boolean alone = able.size() == 1 && !able.keySet().iterator().next().baseline();
            able.forEach((kernel, support) -> {
                String own = alone ? id : id + ":" + shortName(kernel);
                excuse(kernel, workload.problem())
                        .ifPresentOrElse(
                                why -> skips.add(skip(own, workload, why)),
                                () -> cells.add(cell(own, workload, kernel, support)));
            });
            missingBaselines(asked, id, workload, skips);
        }
        return new BenchmarkPlan(settings, protocol, cells, skips);
    }

    /** Why a case is not timed on such inputs; those that follow no pattern have no subnormal numbers. */
    private Optional<String> excuse(KernelRow kernel, Problem problem) {
        Distribution inputs = settings.inputs().distribution();
        return kernel.excuse(problem, inputs)
                .or(() -> Optional.of("subnormal numbers are zeros to it on this device, and these inputs have some")
                        .filter(why -> inputs.patterned() && !kernel.multipliesSubnormals(device)));
    }

    private List<? extends KernelRow> asked(Workload workload) {
        return kernels.stream()
                .filter(kernel -> workload.kernels().matches(kernel.id()))
                .toList();
    }

    /** What ours could not be held against is said, case by case. */
    private void missingBaselines(List<? extends KernelRow> asked, String id, Workload workload, List<Skip> skips) {
        for (KernelRow kernel : asked) {
            if (kernel.baseline()
                    && Refusals.isMeantFor(kernel, workload.problem())
                    && kernel.supports(workload.problem(), device) instanceof Support.Unsupported no) {
                skips.add(skip(id + ":" + shortName(kernel), workload, no.reason()));
            }
        }
    }

    private static Skip skip(String id, Workload workload, String reason) {
        return new Skip(id, workload.problem(), workload.provenance(), reason);
    }

    private Map<KernelRow, Support.Supported> able(List<? extends KernelRow> asked, Workload workload) {
        Map<KernelRow, Support.Supported> able = new LinkedHashMap<>();
        for (KernelRow kernel : asked) {
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
