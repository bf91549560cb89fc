package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.kernels.cuda.CudaProbe;
import dev.ridgepoint.kernels.cuda.KernelImage;
import dev.ridgepoint.kernels.cuda.gemm.ReferenceGemm;
import dev.ridgepoint.kernels.oracle.ReferenceRows;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows of a product in fp64 by {@link ReferenceGemm}, from the operands on the device. */
final class GemmReference implements ReferenceRows {
    private static final List<String> SUMS = List.of("c", "magnitudes", "squares");

    private final CudaDevice device;
    private final GemmProblem problem;
    private final Map<String, DeviceBuffer> operands;
    private final Map<String, CudaBuffer> sums = new HashMap<>();

    GemmReference(CudaDevice device, GemmProblem problem, Map<String, DeviceBuffer> operands) {
        this.device = device;
        this.problem = problem;
        this.operands = operands;
    }

    /** Whether the kernel takes the problem, and was compiled. */
    static boolean supports(GemmProblem problem) {
        return ReferenceGemm.supports(problem)
                && KernelImage.fatbin(CudaProbe.REFERENCE_GEMM).isPresent();
    }

    @Override
    public void read(long first, int rows, Sums into) {
        int elements = Math.toIntExact(rows * problem.shape().n());
        long bytes = (long) elements * Double.BYTES;
        Map<String, DeviceBuffer> buffers = new HashMap<>();
        ReferenceGemm.inputs(problem).forEach(name -> buffers.put(name, operands.get(name)));
        SUMS.forEach(name -> buffers.put(name, room(name, bytes)));
        try (PreparedLaunch launch =
                device.prepare(CudaProbe.REFERENCE_GEMM, ReferenceGemm.plan(problem, first, rows), buffers)) {
            launch.launch();
            launch.synchronize();
        }
        Doubles.download(buffers.get("c"), 0, into.values(), elements);
        Doubles.download(buffers.get("magnitudes"), 0, into.magnitudes(), elements);
        Doubles.download(buffers.get("squares"), 0, into.squares(), elements);
    }

    /** A buffer of that size at the least; the first rows asked for are as many as any later ones. */
    private CudaBuffer room(String name, long bytes) {
        CudaBuffer held = sums.get(name);
        if (held == null || held.bytes() < bytes) {
            if (held != null) {
                held.close();
            }
            held = device.scratch(bytes);
            sums.put(name, held);
        }
        return held;
    }

    @Override
    public void close() {
        sums.values().forEach(CudaBuffer::close);
    }
}
