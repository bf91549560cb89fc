package dev.ridgepoint.benchmarks.doctor;

import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cuda.CudaDevice;
import dev.ridgepoint.device.cuda.EventTimer;
import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.CudaProbe;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.results.Context;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ceilings of a GPU, as it reaches them now: memory through our probes, multipliers through NVIDIA's own product
 * where its library is there, and the smallest launch. The best of many tries each.
 */
final class GpuPeaks {
    private static final int TRIES = 20;
    private static final long LEAST_BYTES = 256L << 20;
    private static final int BLOCKS_PER_SM = 16;
    private static final long GEMM_EXTENT = 4096;
    private static final long CYCLES = 1_000_000;
    private static final List<Precision> TYPES =
            List.of(Precision.FP32, Precision.TF32, Precision.BF16, Precision.FP16);

    private final CudaDevice device;

    private GpuPeaks(CudaDevice device) {
        this.device = device;
    }

    static Context.Measured of(CudaDevice device) {
        return new GpuPeaks(device).measure();
    }

    private Context.Measured measure() {
        long bytes = Math.max(LEAST_BYTES, 4 * device.traits().lastLevelCacheBytes());
        long vectors = bytes / 16;
        double read;
        double copy;
        double triad;
        try (DeviceBuffer x = filled(bytes);
                DeviceBuffer y = filled(bytes);
                DeviceBuffer z = filled(bytes)) {
            Map<String, DeviceBuffer> buffers = Map.of("x", x, "y", y, "z", z);
            read = bytes / bestNs(CudaProbe.READ, buffers, "x", "z", vectors);
            copy = 2.0 * bytes / bestNs(CudaProbe.COPY, buffers, "x", "z", vectors);
            triad = 3.0
                    * bytes
                    / bestNs(
                            CudaProbe.TRIAD,
                            buffers,
                            List.of(
                                    Argument.buffer("x"),
                                    Argument.buffer("y"),
                                    Argument.buffer("z"),
                                    Argument.fp32(3),
                                    Argument.int64(vectors)));
        }
        return new Context.Measured(
                rates(),
                read,
                copy,
                triad,
                callFloorNs(),
                1,
                "best of " + TRIES + " by events: our probes over " + (bytes >> 20)
                        + " MiB, NVIDIA's " + GEMM_EXTENT
                        + "^3 product a type where its library is found, an empty kernel with"
                        + " its wait");
    }

    private DeviceBuffer filled(long bytes) {
        DeviceBuffer buffer = device.allocate(bytes);
        ByteBuffer piece = ByteBuffer.allocateDirect(1 << 20);
        // Any bytes but equal ones: memory may compress those.
        for (int i = 0; i < piece.capacity(); i++) {
            piece.put(i, (byte) (0x9E3779B9 * i >>> 24 & 0x3F));
        }
        for (long offset = 0; offset < bytes; offset += piece.capacity()) {
            piece.clear().limit((int) Math.min(piece.capacity(), bytes - offset));
            buffer.upload(offset, piece);
        }
        return buffer;
    }

    private double bestNs(CudaProbe probe, Map<String, DeviceBuffer> buffers, String from, String to, long vectors) {
        return bestNs(probe, buffers, List.of(Argument.buffer(from), Argument.buffer(to), Argument.int64(vectors)));
    }

    private double bestNs(CudaProbe probe, Map<String, DeviceBuffer> buffers, List<Argument> arguments) {
        Geometry geometry = Geometry.of(Dim3.of(BLOCKS_PER_SM * device.traits().units()), Dim3.of(CudaProbe.BLOCK));
        KernelLaunch launch = new KernelLaunch(probe.symbol(), geometry, arguments);
        try (PreparedLaunch prepared = device.prepare(probe, LaunchPlan.of("whole device", launch), buffers)) {
            return bestNs(prepared);
        }
    }

    private double bestNs(PreparedLaunch launch) {
        float[] millis = new float[TRIES];
        try (EventTimer timer = device.timer(TRIES);
                PreparedLaunch occupation = device.occupation(CYCLES)) {
            occupation.launch();
            for (int i = 0; i < TRIES; i++) {
                timer.begin();
                launch.launch();
                timer.end();
            }
            timer.drain(millis);
        }
        double best = Double.POSITIVE_INFINITY;
        for (float one : millis) {
            best = Math.min(best, 1e6 * one);
        }
        return best;
    }

    private Map<String, Double> rates() {
        Map<String, Double> rates = new TreeMap<>();
        for (Precision precision : TYPES) {
            GemmProblem problem = new GemmProblem(GemmShape.of(GEMM_EXTENT, GEMM_EXTENT, GEMM_EXTENT), precision);
            try {
                rates.put(precision.compute().id(), problem.work().flops() / productNs(problem));
            } catch (UnsupportedKernelException | DeviceException notHere) {
                if (notHere instanceof DeviceException failure && failure.deviceLost()) {
                    throw failure;
                }
            }
        }
        return rates;
    }

    private double productNs(GemmProblem problem) {
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 1);
        Map<String, DeviceBuffer> buffers = new LinkedHashMap<>();
        try {
            for (OperandSpec spec : operands.specs()) {
                DeviceBuffer buffer = device.allocate(spec.bytes());
                buffers.put(spec.name(), buffer);
                if (spec.role() == OperandSpec.Role.INPUT) {
                    buffer.upload(0, operands.input(spec.name()));
                }
            }
            try (PreparedLaunch product = device.vendorProduct(problem, buffers)) {
                return bestNs(product);
            }
        } finally {
            buffers.values().forEach(DeviceBuffer::close);
        }
    }

    private double callFloorNs() {
        KernelLaunch launch = new KernelLaunch(CudaProbe.EMPTY.symbol(), Geometry.of(Dim3.ONE, Dim3.of(32)), List.of());
        double best = Double.POSITIVE_INFINITY;
        try (PreparedLaunch empty = device.prepare(CudaProbe.EMPTY, LaunchPlan.of("one warp", launch), Map.of())) {
            for (int i = 0; i < 100 * TRIES; i++) {
                long begin = System.nanoTime();
                empty.launch();
                empty.synchronize();
                best = Math.min(best, System.nanoTime() - begin);
            }
        }
        return best;
    }
}
