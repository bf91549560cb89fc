package dev.ridgepoint.kernels.cuda.cubin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.kernels.cuda.CudaArch;
import dev.ridgepoint.kernels.cuda.CudaKernel;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaProbe;
import dev.ridgepoint.kernels.cuda.KernelImage;
import dev.ridgepoint.kernels.cuda.cubin.CubinEntry.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nvcc made of our kernels, read by our own parsers. */
class CompiledKernelsTest {
    private static final Pattern ENTRY = Pattern.compile("\\.entry (\\w+)\\(");

    @BeforeEach
    void needsCompiledKernels() {
        assumeTrue(KernelImage.fatbin(CudaProbe.EMPTY).isPresent(), "built without nvcc: no kernel was compiled");
    }

    @Test
    void everyKernelHasCubinsAndPtxForWhatWeSupport() {
        for (CudaKernel kernel : CudaKernels.all()) {
            CudaArch floor = kernel.floor();
            assertEquals(
                    Stream.of("sm_80", "sm_89", "sm_90a", "sm_120")
                            .filter(arch -> floor.runsOn(CudaArch.parse(arch).orElseThrow()))
                            .toList(),
                    fatbin(kernel).cubins().stream()
                            .map(entry -> entry.arch().toString())
                            .toList(),
                    kernel.id());
            assertEquals(floor, ptx(kernel).get(0).arch(), kernel.id());
        }
    }

    @Test
    void furtherPtxSaysSomethingElse() {
        int further = 0;
        for (CudaKernel kernel : CudaKernels.all()) {
            List<String> texts = ptx(kernel).stream()
                    .map(entry -> entry.ptx().replaceAll("(?m)^\\.target .*$|^//.*$", ""))
                    .toList();
            assertEquals(Set.copyOf(texts).size(), texts.size(), kernel.id() + ": the same code for two architectures");
            further += texts.size() - 1;
        }
        assertTrue(further > 0, "no kernel has a path of its own");
    }

    @Test
    void everyImageHoldsTheSymbolOfItsKernel() {
        for (CudaKernel kernel : CudaKernels.all()) {
            // Where there is an entry point a type or a tile, each appends a word to the symbol.
            Pattern symbols = Pattern.compile(kernel.symbol() + "(_\\w+)?");
            for (Fatbin.Entry entry : fatbin(kernel).entries()) {
                Set<String> names = entry.kind() == Fatbin.Kind.PTX
                        ? ENTRY.matcher(entry.ptx())
                                .results()
                                .map(m -> m.group(1))
                                .collect(Collectors.toSet())
                        : Cubin.parse(entry.content()).entries().keySet();
                assertFalse(names.isEmpty(), kernel.id() + " " + entry.arch());
                for (String name : names) {
                    assertTrue(symbols.matcher(name).matches(), kernel.id() + " " + entry.arch() + ": " + name);
                }
            }
        }
    }

    @Test
    void parametersLieWhereTheirSizesPutThem() {
        List<Parameter> expected = List.of(
                new Parameter(0, 8),
                new Parameter(8, 1),
                new Parameter(10, 2),
                new Parameter(12, 4),
                new Parameter(16, 8),
                new Parameter(24, 4),
                new Parameter(32, 8),
                new Parameter(40, 8),
                new Parameter(48, 1),
                new Parameter(56, 8));
        for (Fatbin.Entry entry : fatbin(CudaProbe.TEN_ARGUMENTS).cubins()) {
            CubinEntry kernel = Cubin.parse(entry.content()).entries().get(CudaProbe.TEN_ARGUMENTS.symbol());
            assertEquals(expected, kernel.parameters(), entry.arch().toString());
        }
    }

    @Test
    void reportsCountWhatAKernelMustDo() throws IOException {
        for (String arch : List.of("sm_80", "sm_89", "sm_90a", "sm_120")) {
            JsonNode copy = report(CudaProbe.COPY, arch);
            assertTrue(copy.at("/sass/globalLoad").asInt() >= 1, arch);
            assertEquals(
                    copy.at("/sass/globalLoad").asInt(),
                    copy.at("/sass/globalStore").asInt(),
                    arch);
            assertEquals(0, copy.at("/sass/fp32").asInt(), arch);
            JsonNode triad = report(CudaProbe.TRIAD, arch);
            assertEquals(
                    2 * triad.at("/sass/globalStore").asInt(),
                    triad.at("/sass/globalLoad").asInt(),
                    arch);
            assertTrue(triad.at("/sass/fp32").asInt() >= 4, arch);
            assertTrue(report(CudaProbe.EMPTY, arch).at("/sass/control").asInt() >= 1, arch);
        }
    }

    /** Of a compiler whose output was reviewed; what another spills is for a review of it, and no failed build. */
    @Test
    void noKernelSpills() throws IOException {
        String nvcc = KernelImage.compiler().orElseThrow();
        assumeTrue(Files.exists(Path.of("resources", "nvcc-" + nvcc + ".tsv")), "nvcc " + nvcc + " was not reviewed");
        for (CudaKernel kernel : CudaKernels.all()) {
            for (JsonNode entry : new ObjectMapper()
                    .readTree(KernelImage.report(kernel).orElseThrow())
                    .at("/entries")) {
                for (JsonNode arch : entry) {
                    assertEquals(0, arch.at("/spillStoreBytes").asInt(-1), kernel.id());
                    assertEquals(0, arch.at("/spillLoadBytes").asInt(-1), kernel.id());
                }
            }
        }
    }

    @Test
    void aTruncatedFileIsNamedAtEveryLength() {
        byte[] whole = KernelImage.fatbin(CudaProbe.EMPTY).orElseThrow();
        for (int length = 0; length < whole.length; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(CubinFormatException.class, () -> Fatbin.parse(cut));
        }
        byte[] cubin = fatbin(CudaProbe.EMPTY).cubins().get(0).content();
        for (int length = 0; length < cubin.length / 2; length += 7) {
            byte[] cut = Arrays.copyOf(cubin, length);
            assertThrows(CubinFormatException.class, () -> Cubin.parse(cut));
        }
    }

    private static Fatbin fatbin(CudaKernel kernel) {
        return Fatbin.parse(KernelImage.fatbin(kernel).orElseThrow());
    }

    /** The oldest first. */
    private static List<Fatbin.Entry> ptx(CudaKernel kernel) {
        return fatbin(kernel).entries().stream()
                .filter(entry -> entry.kind() == Fatbin.Kind.PTX)
                .sorted(Comparator.comparingInt(entry -> entry.arch().number()))
                .toList();
    }

    private static JsonNode report(CudaKernel kernel, String arch) throws IOException {
        return new ObjectMapper()
                .readTree(KernelImage.report(kernel).orElseThrow())
                .at("/entries/" + kernel.symbol() + "/" + arch);
    }
}
