package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.plan.Target;
import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.RefusedChoiceException;
import dev.ridgepoint.device.cuda.CudaProperties;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Who runs kernels. */
final class BackendOptions {
    private static final String AUTO = "auto";
    private static final String CPU = "cpu";
    private static final String JNI = "jni";
    private static final String SYSTEM = "system";
    private static final String EMULATED = "emulated";
    private static final List<String> CUDA = List.of("jcuda", JNI);
    private static final List<String> CHOICES = List.of(
            CudaProperties.DRIVER,
            CudaProperties.EMULATED_ARCH,
            CudaProperties.DEVICE,
            CudaProperties.ADOPTED,
            CudaProperties.TUNING);
    private static final List<String> ARCHITECTURES = List.of("80", "89", "90a", "120");

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = AUTO,
            description = "auto, cpu, jcuda or jni; auto takes jni where a CUDA device answers, else cpu.")
    private String backend;

    @Option(names = "--driver", paramLabel = "NAME", description = "Driver under jcuda and jni: system or emulated.")
    private String driver;

    @Option(
            names = "--emulated-arch",
            paramLabel = "ARCH",
            description = "What the emulated driver plays: 80, 89, 90a (its own choice) or 120.")
    private String emulatedArch;

    @Option(
            names = "--device",
            paramLabel = "UUID|INDEX",
            description = "CUDA device, by its UUID, the beginning of it, or its index (default: one that is idle).")
    private String device;

    @Option(
            names = "--adopted",
            paramLabel = "FILE",
            description = "A kernel from outside beside ours, by the descriptor that 'ridgepoint adopt' wrote.")
    private Path adopted;

    @Option(
            names = "--tuning",
            paramLabel = "FILE",
            description =
                    "Take the CUDA kernels' configs from the record that 'ridgepoint tune' wrote, not from their own"
                            + " rules.")
    private Path tuning;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads a kernel may use (default ${DEFAULT-VALUE}).")
    private int threads;

    private Target chosen;
    private String whyCpu;

    /** The same choice, taken by a run that is resumed. */
    static BackendOptions of(Target target, int count) {
        BackendOptions options = new BackendOptions();
        options.chosen = target;
        options.threads = count;
        return options;
    }

    int threads() {
        return threads;
    }

    /** Takes a kernel from outside into the catalogue of the device. */
    void adopt(Path descriptor) {
        adopted = descriptor;
    }

    /** The descriptor of the kernel from outside, or null. */
    Path adopted() {
        return adopted;
    }

    /** What was asked for; {@code auto} looks whether a CUDA device answers. */
    Target target() {
        if (chosen == null) {
            chosen = choose();
        }
        return chosen;
    }

    /** Whether the emulated driver was asked for. */
    boolean emulated() {
        return EMULATED.equals(driver);
    }

    /** Why {@code auto} came to the CPU; null where it did not. */
    String whyCpu() {
        return whyCpu;
    }

    private Target choose() {
        check();
        if (!backend.equals(AUTO)) {
            return target(backend);
        }
        boolean cudaAskedFor =
                driver != null || device != null || emulatedArch != null || adopted != null || tuning != null;
        return cudaAskedFor ? target(JNI) : answering();
    }

    /** A busy device is refused, not passed over: a run that silently measured something else would be worse. */
    private Target answering() {
        Target jni = target(JNI);
        try {
            open(jni).close();
            return jni;
        } catch (RefusedChoiceException e) {
            throw UserError.refused(e.getMessage() + ", or use --backend cpu", e);
        } catch (DeviceException e) {
            whyCpu = e.getMessage();
            return Target.of(CPU);
        }
    }

    private Target target(String name) {
        return CUDA.contains(name)
                ? new Target(
                        name,
                        driver == null ? SYSTEM : driver,
                        System.getProperty(CudaProperties.EMULATOR),
                        emulatedArch,
                        device,
                        adopted == null ? null : adopted.toAbsolutePath().toString(),
                        tuning == null ? null : tuning.toAbsolutePath().toString())
                : Target.of(name);
    }

    private void check() {
        if (!backend.equals(AUTO) && !Devices.backends().contains(backend)) {
            throw UserError.refused("--backend: unknown '" + backend + "'; known: auto, cpu, jcuda, jni");
        }
        if (driver != null && !List.of(SYSTEM, EMULATED).contains(driver)) {
            throw UserError.refused("--driver: expected system or emulated, got '" + driver + "'");
        }
        boolean cuda = backend.equals(AUTO) || CUDA.contains(backend);
        if (driver != null && !cuda) {
            throw UserError.refused("--driver: backend " + backend + " has no driver; it applies to jcuda and jni");
        }
        if (device != null && !cuda) {
            throw UserError.refused("--device: backend " + backend + " has one device; it applies to jcuda and jni");
        }
        if (adopted != null && !cuda) {
            throw UserError.refused(
                    "--backend " + backend + ": it runs no CUDA kernel, and the adopted one is; use jcuda or jni");
        }
        if (tuning != null && !cuda) {
            throw UserError.refused("--tuning: configs are those of CUDA kernels; use --backend jni or jcuda");
        }
        if (emulatedArch != null && !EMULATED.equals(driver)) {
            throw UserError.refused("--emulated-arch: applies to --driver emulated");
        }
        if (emulatedArch != null && !ARCHITECTURES.contains(emulatedArch)) {
            throw UserError.refused(
                    "--emulated-arch: expected " + String.join(", ", ARCHITECTURES) + ", got '" + emulatedArch + "'");
        }
        if (threads < 1) {
            throw UserError.refused("--threads: expected at least 1, got " + threads);
        }
    }

    /** Opens the device in this JVM, with as many threads as asked for. */
    Device open() {
        Target target = target();
        try {
            Device opened = open(target);
            chosen = target.on(opened);
            return opened;
        } catch (RefusedChoiceException e) {
            throw UserError.refused(e.getMessage(), e);
        } catch (DeviceException e) {
            throw UserError.missing(e.getMessage(), e);
        }
    }

    private Device open(Target target) {
        System.setProperty("ridgepoint.cpu.threads", Integer.toString(threads));
        // Nothing that an earlier command of this JVM has left may choose for this one.
        CHOICES.forEach(System::clearProperty);
        target.properties().forEach(System::setProperty);
        return Devices.open(target.backend());
    }
}
