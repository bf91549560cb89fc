package dev.ridgepoint.benchmarks.doctor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of NVIDIA's driver, as its kernel module tells it without a device being opened: {@code NVRM version: NVIDIA
 * UNIX x86_64 Kernel Module  535.104.05  ...}.
 */
final class NvidiaModule {
    private static final Pattern VERSION = Pattern.compile("\\s(\\d+\\.\\d+(?:\\.\\d+)?)\\s");

    private NvidiaModule() {}

    /** Empty where the module is not loaded, or says something else. */
    static Optional<String> version(HostFiles files) {
        return files.read("proc/driver/nvidia/version")
                .flatMap(text ->
                        text.lines().filter(line -> line.startsWith("NVRM")).findFirst())
                .flatMap(line -> {
                    Matcher matcher = VERSION.matcher(line + " ");
                    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
                });
    }
}
