package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.kernels.catalog.KernelRow;
import java.util.List;
import picocli.CommandLine.Option;

/** Which kernels are meant. */
final class KernelOptions {
    @Option(
            names = "--kernel",
            paramLabel = "ID",
            description = "Only this kernel, as 'ridgepoint list' names it (may be given more than once).")
    private List<String> ids = List.of();

    /** Whether no choice was made. */
    boolean all() {
        return ids.isEmpty();
    }

    /** This kernel and no other. */
    static KernelOptions only(String id) {
        KernelOptions options = new KernelOptions();
        options.ids = List.of(id);
        return options;
    }

    /** The kernels meant of a device's. */
    List<? extends KernelRow> of(Device device) {
        List<? extends KernelRow> kernels = device.kernels();
        for (String id : ids) {
            if (kernels.stream().noneMatch(kernel -> kernel.id().equals(id))) {
                throw UserError.refused(
                        "--kernel: no '" + id + "' on " + device.traits().name() + "; see 'ridgepoint list'");
            }
        }
        return kernels.stream()
                .filter(kernel -> all() || ids.contains(kernel.id()))
                .toList();
    }
}
