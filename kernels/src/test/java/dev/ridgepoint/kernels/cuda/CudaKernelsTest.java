package dev.ridgepoint.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CudaKernelsTest {
    private static final Path SOURCES = Path.of("src/main/cuda");

    @Test
    void everySourceHasARowAndEveryRowASource() throws IOException {
        Set<String> sources;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            sources = files.map(file -> SOURCES.relativize(file).toString())
                    .filter(name -> name.endsWith(".cu"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        Set<String> rows =
                CudaKernels.all().stream().map(CudaKernel::source).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(sources, rows);
        assertEquals(CudaKernels.all().size(), rows.size(), "two rows share an id");
    }

    @Test
    void everySourceDefinesTheSymbolOfItsId() throws IOException {
        for (CudaKernel kernel : CudaKernels.all()) {
            String text = Files.readString(SOURCES.resolve(kernel.source()));
            // Where there is an entry point a type or a tile, it appends a word to the symbol.
            assertTrue(
                    Pattern.compile("\\b" + kernel.symbol() + "(_\\w+)?\\(")
                            .matcher(text)
                            .find(),
                    kernel.source() + " does not define " + kernel.symbol());
        }
    }

    @Test
    void idsNameTheirFloor() {
        assertEquals(new CudaArch(80, false), CudaProbe.COPY.floor());
        assertEquals(new CudaArch(90, true), CudaKernel.floor("gemm/sm90a_bf16_wgmma_tma"));
        assertEquals(new CudaArch(120, false), CudaKernel.floor("gemm/sm120_nvfp4_mma"));
        assertThrows(IllegalArgumentException.class, () -> CudaKernel.floor("gemm/cpu_fp32_onednn"));
    }

    @Test
    void architecturesRunWhatTheyCan() {
        CudaArch hopper = CudaArch.ofDevice(9, 0);
        CudaArch blackwell = CudaArch.ofDevice(12, 0);
        CudaArch ada = CudaArch.ofDevice(8, 9);
        assertEquals("sm_90a", hopper.toString());
        assertEquals("sm_89", ada.toString());
        assertTrue(arch("sm_80").runsOn(hopper));
        assertTrue(arch("sm_90a").runsOn(hopper));
        assertFalse(arch("sm_90a").runsOn(blackwell));
        assertFalse(arch("sm_89").runsOn(CudaArch.ofDevice(8, 0)));
        assertTrue(arch("sm_80").binaryRunsOn(ada));
        assertFalse(arch("sm_80").binaryRunsOn(hopper));
    }

    @Test
    void rowsSayWhyTheyCannot() {
        CudaRow row = CudaKernels.rows().get(0);
        GemmProblem fp32 = new GemmProblem(GemmShape.of(2, 3, 4), Precision.FP32);
        assertInstanceOf(Support.Supported.class, row.supports(fp32, device("sm_80")));
        assertEquals("needs sm_80, and this is sm_75", reason(row.supports(fp32, device("sm_75"))));
        assertEquals("runs on CUDA devices, and this is x86-64-v3", reason(row.supports(fp32, device("x86-64-v3"))));
        GemmProblem bf16 = new GemmProblem(GemmShape.of(2, 3, 4), Precision.BF16);
        assertEquals("computes fp32, not bf16", reason(row.supports(bf16, device("sm_80"))));
    }

    @Test
    void theNaiveProductCoversEveryElement() {
        CudaRow row = CudaKernels.rows().get(0);
        GemmProblem problem = new GemmProblem(GemmShape.of(70_000, 257, 5), Precision.FP32);
        LaunchPlan plan = row.plan(problem, device("sm_80"));
        Geometry geometry = plan.launches().get(0).geometry();
        assertEquals(new Geometry.Dim3(2, 65_535, 1), geometry.grid());
        assertEquals(
                List.of(8, 8, 8, 8, 8, 8),
                plan.launches().get(0).arguments().stream().map(Argument::bytes).toList());
    }

    @Test
    void impossibleGeometryIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Geometry.Dim3.of(0));
        assertThrows(IllegalArgumentException.class, () -> Geometry.of(Geometry.Dim3.ONE, Geometry.Dim3.of(32, 33)));
        assertThrows(
                IllegalArgumentException.class,
                () -> Geometry.of(Geometry.Dim3.ONE, Geometry.Dim3.ONE).withShared(-1));
    }

    private static String reason(Support support) {
        return ((Support.Unsupported) support).reason();
    }

    private static CudaArch arch(String name) {
        return CudaArch.parse(name).orElseThrow();
    }

    private static DeviceTraits device(String arch) {
        return new DeviceTraits("test", arch, Set.of(), 1, 0, 1, Set.of());
    }
}
