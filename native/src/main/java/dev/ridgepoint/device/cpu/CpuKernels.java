package dev.ridgepoint.device.cpu;

import dev.ridgepoint.device.cpu.attention.NativeAttention;
import dev.ridgepoint.device.cpu.attention.OneDnnAttention;
import dev.ridgepoint.device.cpu.gemm.GemmKernels;
import dev.ridgepoint.device.cpu.quantize.QuantizeKernel;
import dev.ridgepoint.device.cpu.rows.OneDnnRows;
import java.util.List;
import java.util.stream.Stream;

/** Every kernel of the CPU, in the order tables list them. */
final class CpuKernels {
    private CpuKernels() {}

    static List<CpuKernel> all() {
        return Stream.of(
                        GemmKernels.all(),
                        OneDnnAttention.all(),
                        NativeAttention.all(),
                        QuantizeKernel.all(),
                        OneDnnRows.all())
                .flatMap(List::stream)
                .toList();
    }
}
