package dev.ridgepoint.benchmarks.doctor;

import dev.ridgepoint.benchmarks.gate.BoundSet;
import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cuda.CudaDevice;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.results.Context;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ceilings of a device, as it reaches them now: the fastest of its own matrix products in each type, memory through
 * plain loops, and the smallest call. The best of many tries each: a ceiling is what was possible, not what is usual.
 */
public final class MeasuredPeaks {
    private static final long GEMM_EXTENT = 1024;
    private static final long MILLIS_A_TYPE = 250;
    private static final List<Precision> TYPES =
            List.of(Precision.FP32, Precision.BF16, Precision.FP16, Precision.INT8);

    private MeasuredPeaks() {}

    /** Measures; takes two to three seconds. A device that only plays one has no speed, and is not asked. */
    public static Context.Measured of(Device device, int threads) {
        if (device.counters().isPresent() || device.traits().name().startsWith(Context.EMULATED_NAME)) {
            throw new DeviceException(device.traits().name() + " only plays a device: it has no speed");
        }
        return device instanceof CudaDevice gpu ? GpuPeaks.of(gpu) : ofCpu(device, threads);
    }

    private static Context.Measured ofCpu(Device device, int threads) {
        Map<String, Double> gflops = new TreeMap<>();
        for (Precision precision : TYPES) {
            double rate = gflops(device, precision);
            if (rate > 0) {
                gflops.put(precision.compute().id(), rate);
            }
        }
        MemoryBandwidth memory = MemoryBandwidth.measure(device.traits().lastLevelCacheBytes(), threads);
        return new Context.Measured(
                gflops,
                memory.readGigabytesPerSecond(),
                memory.copyGigabytesPerSecond(),
                memory.triadGigabytesPerSecond(),
                callFloorNs(device),
                threads,
                "best of repeated calls: the fastest of the device's own " + GEMM_EXTENT
                        + "^3 products a type, loops over arrays beyond" + " the last cache, a 1x1x1 product");
    }

    private static double gflops(Device device, Precision precision) {
        GemmProblem problem = new GemmProblem(GemmShape.of(GEMM_EXTENT, GEMM_EXTENT, GEMM_EXTENT), precision);
        return problem.work().flops() / bestNs(device, problem);
    }

    private static Double callFloorNs(Device device) {
        double ns = bestNs(device, new GemmProblem(GemmShape.of(1, 1, 1), Precision.FP32));
        return Double.isFinite(ns) ? ns : null;
    }

    /** Time of the fastest batch of calls of any kernel that can, infinite where none can. */
    private static double bestNs(Device device, GemmProblem problem) {
        double best = Double.POSITIVE_INFINITY;
        for (KernelRow kernel : device.kernels()) {
            if (kernel.supports(problem, device.traits()) instanceof Support.Supported) {
                OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 1);
                try (BoundSet set = BoundSet.create(device, kernel, problem, operands)) {
                    best = Math.min(best, bestNs(set.launch()));
                } catch (UnsupportedKernelException | DeviceException refused) {
                    continue;
                }
            }
        }
        return best;
    }

    private static double bestNs(PreparedLaunch launch) {
        int calls = 1;
        double best = Double.POSITIVE_INFINITY;
        long end = System.nanoTime() + MILLIS_A_TYPE * 1_000_000;
        for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            for (int i = 0; i < calls; i++) {
                launch.launch();
            }
            launch.synchronize();
            long elapsed = System.nanoTime() - now;
            best = Math.min(best, (double) elapsed / calls);
            // Batches of about 100 us hide the clock's own cost.
            if (elapsed < 100_000) {
                calls *= 2;
            }
        }
        return best;
    }
}
