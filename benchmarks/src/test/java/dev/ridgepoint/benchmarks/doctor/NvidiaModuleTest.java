package dev.ridgepoint.benchmarks.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaModuleTest {
    @TempDir
    private Path root;

    /** Both wordings that NVIDIA's modules have: the closed one's and the open one's. */
    @Test
    void theVersionIsReadFromTheModulesOwnLine() throws IOException {
        assertEquals(Optional.empty(), NvidiaModule.version(new HostFiles(root)));
        Path file = Files.createDirectories(root.resolve("proc/driver/nvidia")).resolve("version");
        Files.writeString(
                file,
                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023\n"
                        + "GCC version:  gcc version 12.2.0 (Debian 12.2.0-14)\n");
        assertEquals(Optional.of("535.104.05"), NvidiaModule.version(new HostFiles(root)));
        Files.writeString(
                file,
                "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.86.15  Release Build  (user@host)\n");
        assertEquals(Optional.of("570.86.15"), NvidiaModule.version(new HostFiles(root)));
        Files.writeString(file, "something else\n");
        assertEquals(Optional.empty(), NvidiaModule.version(new HostFiles(root)));
    }
}
