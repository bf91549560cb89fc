package dev.ridgepoint.benchmarks.fake;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * A device in plain Java whose kernels do as tests need: honest ones, saboteurs, and ones that hang, crash or refuse.
 * The number of rows of a product chooses the kernel.
 */
public final class FakeDevice implements Device {
    /** Rows that make the kernel hang, abort, or be refused by its library. */
    public static final long HANGS = 99;

    public static final long ABORTS = 134;
    public static final long REFUSED = 77;
    /** Rows that get the whole process killed, as by the kernel of a machine out of memory. */
    public static final long KILLED = 137;
    /** Rows that cost the device its life. */
    public static final long LOSES_DEVICE = 157;
    /** The saboteur of ordinal i takes this many rows plus i. */
    public static final long SABOTEURS = 200;

    /** A file that names the build; a jar that tests put before these classes holds another. */
    public static final String BUILD_FILE = "fake-build.txt";

    /** A build whose launches take so much longer that no busy machine hides it. */
    public static final String SLOW = "slow";

    private static final long SLOWER_NS = 5_000_000;

    private static final String BUILD = build();

    private static final List<FakeKernel> KERNELS = table();

    private static String build() {
        try (InputStream in = FakeDevice.class.getClassLoader().getResourceAsStream(BUILD_FILE)) {
            return in == null ? "1" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<FakeKernel> table() {
        List<FakeKernel> kernels = new ArrayList<>();
        kernels.add(new FakeKernel("plain", m -> m < HANGS && m != REFUSED, gemm -> gemm::compute));
        kernels.add(new FakeKernel("hang", m -> m == HANGS, gemm -> FakeDevice::hang));
        kernels.add(new FakeKernel("abort", m -> m == ABORTS, gemm -> FakeDevice::abort));
        kernels.add(new FakeKernel("killed", m -> m == KILLED, gemm -> FakeDevice::kill));
        kernels.add(new FakeKernel("refused", m -> m == REFUSED, gemm -> {
            throw new UnsupportedKernelException("the library would run ref:any");
        }));
        kernels.add(new FakeKernel("fatal", m -> m == LOSES_DEVICE, gemm -> FakeDevice::lose));
        for (Saboteur saboteur : Saboteur.values()) {
            kernels.add(new FakeKernel(
                    saboteur.name().toLowerCase(java.util.Locale.ROOT),
                    m -> m == SABOTEURS + saboteur.ordinal(),
                    saboteur::bind));
        }
        return List.copyOf(kernels);
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            hang();
        }
    }

    private static void kill() {
        try {
            new ProcessBuilder(
                            "kill", "-9", Long.toString(ProcessHandle.current().pid()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hang();
    }

    private static void lose() {
        throw new DeviceException("illegal address") {
            private static final long serialVersionUID = 1;

            @Override
            public boolean deviceLost() {
                return true;
            }
        };
    }

    private static void abort() {
        System.err.println("fake_kernel: assertion failed, giving up");
        Runtime.getRuntime().halt(134);
    }

    @Override
    public String backend() {
        return "cpu";
    }

    @Override
    public DeviceTraits traits() {
        return new DeviceTraits("fake device", "java", Set.of(DType.FP32), 1, 0, 4096, Set.of());
    }

    @Override
    public Map<String, String> stack() {
        return Map.of("fake", BUILD);
    }

    @Override
    public List<FakeKernel> kernels() {
        return KERNELS;
    }

    @Override
    public DeviceBuffer allocate(long bytes) {
        return new FakeBuffer(bytes);
    }

    @Override
    public PreparedLaunch prepare(KernelRow kernel, Problem problem, Map<String, DeviceBuffer> operands) {
        FakeGemm gemm = new FakeGemm(
                ((GemmProblem) problem).shape(),
                (FakeBuffer) operands.get("a"),
                (FakeBuffer) operands.get("b"),
                (FakeBuffer) operands.get("c"));
        return new FakeLaunch(((FakeKernel) kernel).behaviour().apply(gemm));
    }

    @Override
    public void close() {}

    private record FakeLaunch(Runnable work) implements PreparedLaunch {
        @Override
        public void launch() {
            work.run();
            if (BUILD.equals(SLOW)) {
                LockSupport.parkNanos(SLOWER_NS);
            }
        }

        @Override
        public void synchronize() {}

        @Override
        public String implementation() {
            return BUILD.equals("1") ? "java" : "java of build " + BUILD;
        }

        @Override
        public void close() {}
    }
}
