package dev.ridgepoint.benchmarks.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What tests of CUDA devices find on this machine. */
final class Gpu {
    private Gpu() {}

    static boolean driverIsInstalled() {
        return List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/local/nvidia/lib64", "/usr/lib/wsl/lib")
                .stream()
                .anyMatch(folder -> Files.exists(Path.of(folder, "libcuda.so.1")));
    }
}
