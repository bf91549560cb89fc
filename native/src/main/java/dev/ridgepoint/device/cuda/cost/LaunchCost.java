package dev.ridgepoint.device.cuda.cost;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.cuda.CudaDevice;
import dev.ridgepoint.device.cuda.DriverLibrary;
import dev.ridgepoint.device.cuda.GraphLaunch;
import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.CudaKernel;
import dev.ridgepoint.kernels.cuda.CudaProbe;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelImage;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a launch costs from Java: an empty kernel and one of ten arguments, in three ways, through both bindings, each
 * against the same call from C++. Over a driver whose kernels do nothing the Java side is what is left.
 */
public final class LaunchCost {
    private static final int ROUNDS = 61;
    private static final int LAUNCHES = 20_000;
    private static final int GRAPH_NODES = 20;
    private static final double MOST_EXTRA_NS = 150;

    private LaunchCost() {}

    public static void main(String[] args) {
        try {
            print(new PrintWriter(System.out, true));
        } catch (DeviceException e) {
            System.err.println(e.getMessage());
            System.exit(3);
        }
    }

    /** Measures on the driver and device that this process is told to use, and prints a line a way; takes minutes. */
    public static void print(PrintWriter out) {
        DriverLibrary driver = DriverLibrary.choose();
        if (driver.emulated()) {
            out.println("The driver is emulated: ours minus bare is the cost of Java, and no column is a GPU's time.");
        }
        out.printf(
                "%-8s %-19s %-8s %9s %9s %9s %20s %8s  %s%n",
                "binding", "kernel", "way", "ours ns", "bare ns", "extra ns", "quartiles", "bytes", "goal");
        for (String backend : List.of("jni", "jcuda")) {
            try (CudaDevice device = (CudaDevice) Devices.open(backend)) {
                measure(out, device, driver, CudaProbe.EMPTY, List.of());
                measure(out, device, driver, CudaProbe.TEN_ARGUMENTS, nothingToShow());
            }
        }
    }

    /** Ten arguments for a kernel that returns at once. */
    private static List<Argument> nothingToShow() {
        return List.of(
                Argument.nullPointer(),
                Argument.int8(1),
                Argument.int16(2),
                Argument.int32(3),
                Argument.int64(4),
                Argument.fp32(5),
                Argument.fp64(6),
                Argument.nullPointer(),
                Argument.int8(8),
                Argument.int64(9));
    }

    private static void measure(
            PrintWriter out, CudaDevice device, DriverLibrary driver, CudaKernel kernel, List<Argument> arguments) {
        KernelLaunch launch = new KernelLaunch(kernel.symbol(), Geometry.of(Dim3.ONE, Dim3.of(32)), arguments);
        byte[] fatbin = KernelImage.fatbin(kernel)
                .orElseThrow(() -> new DeviceException("built without nvcc: there is no kernel to launch"));
        try (PreparedLaunch ours = device.prepare(kernel, LaunchPlan.of("one warp", launch), Map.of());
                GraphLaunch graph = device.record(() -> repeat(ours, GRAPH_NODES));
                BareCall bare = new BareCall(driver.path(), fatbin, launch, GRAPH_NODES)) {
            print(
                    out,
                    device,
                    kernel,
                    "sync",
                    Comparison.of(ROUNDS, LAUNCHES, n -> synchronised(ours, n), bare::synchronised));
            print(
                    out,
                    device,
                    kernel,
                    "batched",
                    Comparison.of(ROUNDS, LAUNCHES, n -> batched(ours, n), bare::batched));
            print(out, device, kernel, "graph", Comparison.of(ROUNDS, LAUNCHES, n -> batched(graph, n), bare::graph));
        }
    }

    private static void repeat(PreparedLaunch launch, int times) {
        for (int i = 0; i < times; i++) {
            launch.launch();
        }
    }

    private static long batched(PreparedLaunch launch, int times) {
        long begin = System.nanoTime();
        repeat(launch, times);
        long nanos = System.nanoTime() - begin;
        launch.synchronize();
        return nanos;
    }

    private static long synchronised(PreparedLaunch launch, int times) {
        long begin = System.nanoTime();
        for (int i = 0; i < times; i++) {
            launch.launch();
            launch.synchronize();
        }
        return System.nanoTime() - begin;
    }

    private static void print(PrintWriter out, CudaDevice device, CudaKernel kernel, String way, Comparison c) {
        boolean judged = device.backend().equals("jni");
        boolean met = c.extraNs() <= MOST_EXTRA_NS && c.bytes() == 0;
        out.printf(
                Locale.ROOT,
                "%-8s %-19s %-8s %9.1f %9.1f %9.1f %8.1f to %8.1f %8.3f  %s%n",
                device.backend(),
                kernel.id().substring(kernel.id().indexOf('_') + 1),
                way,
                c.oursNs(),
                c.bareNs(),
                c.extraNs(),
                c.low(),
                c.high(),
                c.bytes(),
                judged ? (met ? "<= 150 ns, 0 bytes: yes" : "<= 150 ns, 0 bytes: NO") : "");
        out.flush();
    }
}
