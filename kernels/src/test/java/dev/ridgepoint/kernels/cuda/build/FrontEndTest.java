package dev.ridgepoint.kernels.cuda.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ridgepoint.kernels.cuda.cubin.Fatbin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That a front end for each path of a source is enough: asked for sm_90a, nvcc says of every kernel what it said for the newest
 * path that sm_90a runs, so that PTX for sm_90a of its own would say nothing new.
 */
@Tag("full")
class FrontEndTest {
    private static final Path SOURCES = Path.of("src/main/cuda").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void hopperHasNothingToAdd() throws Exception {
        Optional<Nvcc> nvcc = Nvcc.find(System.getenv());
        assumeTrue(nvcc.isPresent(), "nvcc is not here: no kernel can be compiled");
        List<String> differ = new ArrayList<>();
        for (KernelSource source : KernelSource.under(SOURCES)) {
            int newest = SourcePaths.of(source).stream()
                    .mapToInt(path -> path.number())
                    .filter(number -> number <= 90)
                    .max()
                    .orElseThrow();
            String suffix = String.valueOf(newest);
            if (!ptx(nvcc.get(), source, suffix).equals(ptx(nvcc.get(), source, "90a"))) {
                differ.add(source.id());
            }
        }
        assertEquals(List.of(), differ);
    }

    private String ptx(Nvcc nvcc, KernelSource source, String suffix) throws Exception {
        Path fatbin = folder.resolve("ptx.fatbin");
        String path = "arch=compute_" + suffix + ",code=compute_" + suffix;
        nvcc.compile(source, List.of("-gencode", path), fatbin, folder.resolve("ptx.d"));
        return Fatbin.parse(Files.readAllBytes(fatbin)).entries().stream()
                .max(Comparator.comparingInt(entry -> entry.arch().number()))
                .orElseThrow()
                .ptx()
                .replaceAll("(?m)^\\.target .*$|^//.*$", "");
    }
}
