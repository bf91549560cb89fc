package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.RefusedChoiceException;
import java.util.List;
import picocli.CommandLine.Option;

/** Who runs kernels. */
final class BackendOptions {
    private static final String AUTO = "auto";
    private static final String DEFAULT = "cpu";
    private static final List<String> CUDA = List.of("jcuda", "jni");
    private static final List<String> DRIVERS = List.of("system", "emulated");

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = AUTO,
            description = "auto, cpu, jcuda or jni; auto takes cpu until CUDA devices can be timed.")
    private String backend;

    @Option(names = "--driver", paramLabel = "NAME", description = "Driver under jcuda and jni: system or emulated.")
    private String driver;

    @Option(
            names = "--device",
            paramLabel = "UUID|INDEX",
            description = "CUDA device, by its UUID, the beginning of it, or its index (default: one that is idle).")
    private String device;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads a kernel may use (default ${DEFAULT-VALUE}).")
    private int threads;

    /** The same choice, taken by a run that is resumed. */
    static BackendOptions of(String name, int count) {
        BackendOptions options = new BackendOptions();
        options.backend = name;
        options.threads = count;
        return options;
    }

    int threads() {
        return threads;
    }

    /** The backend asked for, which this build has. */
    String backend() {
        String name = backend.equals(AUTO) ? DEFAULT : backend;
        if (!Devices.backends().contains(name)) {
            throw UserError.refused("--backend: unknown '" + name + "'; known: auto, cpu, jcuda, jni");
        }
        if (driver != null && !DRIVERS.contains(driver)) {
            throw UserError.refused("--driver: expected system or emulated, got '" + driver + "'");
        }
        if (driver != null && !CUDA.contains(name)) {
            throw UserError.refused("--driver: backend " + name + " has no driver; it applies to jcuda and jni");
        }
        if (device != null && !CUDA.contains(name)) {
            throw UserError.refused("--device: backend " + name + " has one device; it applies to jcuda and jni");
        }
        return name;
    }

    /** Refuses what can be verified and not yet be timed. */
    void requireTimed() {
        if (CUDA.contains(backend())) {
            throw UserError.missing(
                    "--backend " + backend + ": this version verifies CUDA devices and does not time them"
                            + " yet; use ridgepoint verify, or --backend cpu");
        }
    }

    /** Opens the device in this JVM, with as many threads as asked for. */
    Device open() {
        String name = backend();
        if (threads < 1) {
            throw UserError.refused("--threads: expected at least 1, got " + threads);
        }
        System.setProperty("ridgepoint.cpu.threads", Integer.toString(threads));
        pass("ridgepoint.driver", driver);
        pass("ridgepoint.device", device);
        try {
            return Devices.open(name);
        } catch (RefusedChoiceException e) {
            throw UserError.refused(e.getMessage(), e);
        } catch (DeviceException e) {
            throw UserError.missing(e.getMessage(), e);
        }
    }

    private static void pass(String property, String value) {
        if (value != null) {
            System.setProperty(property, value);
        }
    }
}
