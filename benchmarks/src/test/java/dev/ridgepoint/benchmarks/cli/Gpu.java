package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ridgepoint.device.cuda.CudaDevice;
import dev.ridgepoint.kernels.cuda.CudaProbe;
import dev.ridgepoint.kernels.cuda.KernelImage;
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

    /** Skips a test where the build had no compiler for the emulated driver, or none for kernels. */
    static void requireEmulator() {
        boolean built = CudaDevice.class.getResource(
                        "/dev/ridgepoint/device/emulator/linux-x86_64/" + "libridgepoint_emulator.so")
                != null;
        assertFalse(!built && "true".equals(System.getenv("CI")), "CI builds the emulated driver");
        assumeTrue(built, "built without g++ or cmake: there is no emulated driver");
        assumeTrue(KernelImage.fatbin(CudaProbe.EMPTY).isPresent(), "built without nvcc: no kernel was compiled");
    }
}
