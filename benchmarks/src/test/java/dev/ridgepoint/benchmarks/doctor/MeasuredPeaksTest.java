package dev.ridgepoint.benchmarks.doctor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.fake.FakeDevice;
import dev.ridgepoint.benchmarks.fake.FakeKernel;
import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A device with two ways to do one product. */
class MeasuredPeaksTest {
    private static final long SLOW_NS = 50_000_000;

    private record TwoWays(FakeDevice real) implements Device {
        @Override
        public String backend() {
            return "cpu";
        }

        @Override
        public DeviceTraits traits() {
            return real.traits();
        }

        @Override
        public Map<String, String> stack() {
            return Map.of();
        }

        @Override
        public List<FakeKernel> kernels() {
            return List.of(
                    new FakeKernel("slow", m -> true, gemm -> () -> LockSupport.parkNanos(SLOW_NS)),
                    new FakeKernel("fast", m -> true, gemm -> () -> LockSupport.parkNanos(SLOW_NS / 1000)));
        }

        @Override
        public DeviceBuffer allocate(long bytes) {
            return real.allocate(bytes);
        }

        @Override
        public PreparedLaunch prepare(KernelRow kernel, Problem problem, Map<String, DeviceBuffer> operands) {
            Runnable work = ((FakeKernel) kernel).behaviour().apply(null);
            return new PreparedLaunch() {
                @Override
                public void launch() {
                    work.run();
                }

                @Override
                public void synchronize() {}

                @Override
                public String implementation() {
                    return kernel.id();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {}
    }

    /** A kernel above the ceiling would be called implausible, and what is slow and first in the list is no ceiling. */
    @Test
    void theFastestKernelIsTheCeiling() {
        double slow = 2 * Math.pow(1024, 3) / SLOW_NS;
        double measured =
                MeasuredPeaks.of(new TwoWays(new FakeDevice()), 1).gflops().get("fp32");
        assertTrue(measured > 10 * slow, measured + " GFLOP/s, of the slow one " + slow);
    }
}
