package dev.ridgepoint.kernels.cuda.cubin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaProbe;
import dev.ridgepoint.kernels.cuda.KernelImage;
import dev.ridgepoint.kernels.cuda.cubin.CubinEntry.Parameter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CodeImageTest {
    private static final String PTX = """
            // .entry not_this(.param .u64 a)
            .version 9.0
            .target sm_90a, debug
            .address_size 64
            /* .entry nor_this() */
            .visible .entry f(
                .param .u64 .ptr .global .align 16 a,
                .param .u8 b,
                .param .align 8 .b8 c[20],
                .param .f32 d
            )
            .maxntid 128
            { ret; }
            .entry $g%1 { ret; }
            """;

    @Test
    void ptxSaysWhatItsKernelsTake() {
        CodeImage image = parse(PTX);
        assertEquals("PTX for sm_90a", image.toString());
        assertEquals(
                Map.of(
                        "f",
                                List.of(
                                        new Parameter(0, 8),
                                        new Parameter(8, 1),
                                        new Parameter(16, 20),
                                        new Parameter(36, 4)),
                        "$g%1", List.of()),
                image.entries());
    }

    @Test
    void whatIsNoImageIsSaid() throws IOException {
        complains("neither a fatbin, nor a cubin, nor PTX text", new byte[0]);
        complains("neither a fatbin, nor a cubin, nor PTX text", "int main() {}".getBytes(StandardCharsets.UTF_8));
        complains("unknown .target gfx90", PTX.replace("sm_90a", "gfx90").getBytes(StandardCharsets.UTF_8));
        complains(
                "parameter 1 of f cannot be read: .param .pred b",
                PTX.replace(".u8 b", ".pred b").getBytes(StandardCharsets.UTF_8));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        complains("not of a GPU", Files.readAllBytes(java));
    }

    @Test
    void aCompilersTextAndItsCubinsSayTheSame() {
        needsKernels();
        CudaKernels.all().forEach(kernel -> {
            CodeImage image = CodeImage.parse(KernelImage.fatbin(kernel).orElseThrow());
            for (Fatbin.Entry code : image.codes()) {
                assertEquals(image.entries(), CodeImage.entries(code), kernel.id() + " for " + code.arch());
            }
        });
    }

    @Test
    void aCubinAloneHasItsArchitecture() {
        needsKernels();
        for (Fatbin.Entry cubin :
                Fatbin.parse(KernelImage.fatbin(CudaProbe.EMPTY).orElseThrow()).cubins()) {
            CodeImage alone = CodeImage.parse(cubin.content());
            assertEquals(cubin.arch().number(), alone.codes().get(0).arch().number());
        }
    }

    /** Whatever a file holds, it is read or there is a complaint. */
    @Test
    void damagedImagesAreComplainedAbout() {
        needsKernels();
        byte[] fatbin = KernelImage.fatbin(CudaProbe.TEN_ARGUMENTS).orElseThrow();
        List<byte[]> images =
                List.of(fatbin, Fatbin.parse(fatbin).cubins().get(0).content(), PTX.getBytes(StandardCharsets.UTF_8));
        Random random = new Random(1);
        int complaints = 0;
        for (int i = 0; i < 6_000; i++) {
            byte[] whole = images.get(i % images.size());
            byte[] damaged = Arrays.copyOf(whole, random.nextInt(4) > 0 ? whole.length : random.nextInt(whole.length));
            for (int flips = random.nextInt(8); flips > 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(Math.min(damaged.length, 1 << random.nextInt(16)))] = (byte) random.nextInt();
            }
            try {
                CodeImage.parse(damaged).codes().forEach(CodeImage::entries);
            } catch (CubinFormatException complaint) {
                complaints++;
            }
        }
        assertTrue(complaints > 1000, "only " + complaints);
    }

    private static void needsKernels() {
        assumeTrue(KernelImage.fatbin(CudaProbe.EMPTY).isPresent(), "built without nvcc: no kernel was compiled");
    }

    private static CodeImage parse(String text) {
        return CodeImage.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void complains(String complaint, byte[] image) {
        CubinFormatException error = assertThrows(
                CubinFormatException.class, () -> CodeImage.parse(image).entries());
        assertTrue(error.getMessage().contains(complaint), error.getMessage());
    }
}
