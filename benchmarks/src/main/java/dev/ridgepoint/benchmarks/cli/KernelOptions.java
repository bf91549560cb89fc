package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.workload.Glob;
import java.util.List;
import picocli.CommandLine.Option;

/** Which kernels are meant. */
final class KernelOptions {
    @Option(
            names = "--kernel",
            paramLabel = "GLOB",
            description =
                    "Only kernels of this name, as 'ridgepoint list' has it, such as 'gemm/*' (may be given more than"
                            + " once; default: all).")
    private List<String> globs = List.of();

    /** This kernel and no other. */
    static KernelOptions only(String id) {
        KernelOptions options = new KernelOptions();
        options.globs = List.of(id);
        return options;
    }

    /** Whether a kernel is meant. */
    boolean mean(KernelRow kernel) {
        return mean(kernel.id());
    }

    /** Whether the kernel of that id is meant. */
    boolean mean(String id) {
        return globs.isEmpty() || globs.stream().anyMatch(glob -> Glob.of(glob).matches(id));
    }

    /** The kernels meant of a device's; a name that none has is refused. */
    List<? extends KernelRow> of(Device device) {
        for (String glob : globs) {
            Glob name = Glob.of(glob);
            if (device.kernels().stream().noneMatch(kernel -> name.matches(kernel.id()))) {
                throw UserError.refused(
                        "--kernel: no '" + glob + "' on " + device.traits().name() + "; see 'ridgepoint list'");
            }
        }
        return device.kernels().stream().filter(this::mean).toList();
    }
}
