package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.RefusedChoiceException;
import dev.ridgepoint.device.cuda.CudaDevice;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which CUDA device, for commands that make sense on no other. */
final class CudaOptions {
    @Option(names = "--backend", paramLabel = "NAME", defaultValue = "jni", description = "jni (the default) or jcuda.")
    private String backend;

    @Option(
            names = "--driver",
            paramLabel = "NAME",
            defaultValue = "system",
            description = "system (the default) or emulated.")
    private String driver;

    @Option(
            names = "--device",
            paramLabel = "UUID|INDEX",
            description = "CUDA device, by its UUID, the beginning of it, or its index (default: one that is idle).")
    private String device;

    /** Opens the device in this JVM. */
    CudaDevice open() {
        if (!backend.equals("jni") && !backend.equals("jcuda")) {
            throw UserError.refused("--backend: expected jni or jcuda, got '" + backend + "'");
        }
        System.setProperty("ridgepoint.driver", driver);
        if (device != null) {
            System.setProperty("ridgepoint.device", device);
        }
        try {
            return (CudaDevice) Devices.open(backend);
        } catch (RefusedChoiceException e) {
            throw UserError.refused(e.getMessage(), e);
        } catch (DeviceException e) {
            throw UserError.missing(e.getMessage(), e);
        }
    }

    /** The same choice as words of a command line. */
    List<String> arguments() {
        List<String> words = new ArrayList<>(List.of("--backend", backend, "--driver", driver));
        if (device != null) {
            words.addAll(List.of("--device", device));
        }
        return words;
    }

    /** The device a replay runs on. */
    static CudaDevice emulated() {
        CudaOptions options = new CudaOptions();
        options.backend = "jni";
        options.driver = "emulated";
        return options.open();
    }
}
