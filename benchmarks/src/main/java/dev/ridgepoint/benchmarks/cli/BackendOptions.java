package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.Devices;
import java.util.List;
import picocli.CommandLine.Option;

/** Who runs kernels. */
final class BackendOptions {
    private static final String AUTO = "auto";
    private static final String DEFAULT = "cpu";
    /** Backends that are named in the interface and come later. */
    private static final List<String> ANNOUNCED = List.of("jcuda", "jni");

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = AUTO,
            description = "auto, cpu, jcuda or jni; auto takes jni if a device answers, else cpu.")
    private String backend;

    @Option(names = "--driver", paramLabel = "NAME", description = "Driver under jcuda and jni: system or emulated.")
    private String driver;

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
            throw ANNOUNCED.contains(name)
                    ? UserError.missing("backend " + name + " is not in this version; use --backend cpu")
                    : UserError.refused("--backend: unknown '" + name + "'; known: auto, cpu, jcuda, jni");
        }
        if (driver != null) {
            throw UserError.refused("--driver: backend " + name + " has no driver; it applies to jcuda and jni");
        }
        return name;
    }

    /** Opens the device in this JVM, with as many threads as asked for. */
    Device open() {
        String name = backend();
        if (threads < 1) {
            throw UserError.refused("--threads: expected at least 1, got " + threads);
        }
        System.setProperty("ridgepoint.cpu.threads", Integer.toString(threads));
        try {
            return Devices.open(name);
        } catch (DeviceException e) {
            throw UserError.missing(e.getMessage(), e);
        }
    }
}
