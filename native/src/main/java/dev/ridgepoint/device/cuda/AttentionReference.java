package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.kernels.cuda.CudaProbe;
import dev.ridgepoint.kernels.cuda.KernelImage;
import dev.ridgepoint.kernels.cuda.attention.ReferenceAttention;
import dev.ridgepoint.kernels.oracle.ReferenceRows;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Attention in fp64 by {@link ReferenceAttention}, all rows at the first question, from the operands on the device. */
final class AttentionReference implements ReferenceRows {
    private final CudaDevice device;
    private final AttentionProblem problem;
    private final Map<String, DeviceBuffer> operands;
    private final long rows;
    private final Map<String, CudaBuffer> sums = new HashMap<>();

    /** @param operands the output's size says how many rows there are */
    AttentionReference(CudaDevice device, AttentionProblem problem, Map<String, DeviceBuffer> operands) {
        this.device = device;
        this.problem = problem;
        this.operands = operands;
        this.rows = operands.get("o").bytes()
                * Byte.SIZE
                / problem.precision().output().bits()
                / problem.shape().valueDim();
    }

    /** Whether the kernel takes the problem, and was compiled. */
    static boolean supports(AttentionProblem problem) {
        return ReferenceAttention.supports(problem)
                && KernelImage.fatbin(CudaProbe.REFERENCE_ATTENTION).isPresent();
    }

    @Override
    public void read(long first, int count, Sums into) {
        if (sums.isEmpty()) {
            compute();
        }
        int width = (int) problem.shape().valueDim();
        Doubles.download(sums.get("o"), first * width, into.values(), count * width);
        Doubles.download(sums.get("magnitudes"), first * width, into.magnitudes(), count * width);
        Doubles.download(sums.get("squares"), first * width, into.squares(), count * width);
        Doubles.download(sums.get("scores"), first, into.scores(), count);
    }

    private void compute() {
        for (String name : List.of("o", "magnitudes", "squares")) {
            sums.put(name, device.scratch(rows * problem.shape().valueDim() * Double.BYTES));
        }
        sums.put("scores", device.scratch(rows * Double.BYTES));
        Map<String, DeviceBuffer> buffers = new HashMap<>(operands);
        buffers.putAll(sums);
        try (PreparedLaunch launch =
                device.prepare(CudaProbe.REFERENCE_ATTENTION, ReferenceAttention.plan(problem), buffers)) {
            launch.launch();
            launch.synchronize();
        }
    }

    @Override
    public void close() {
        sums.values().forEach(CudaBuffer::close);
    }
}
