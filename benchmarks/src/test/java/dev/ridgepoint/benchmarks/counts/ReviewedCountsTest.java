package dev.ridgepoint.benchmarks.counts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ridgepoint.benchmarks.Emulator;
import dev.ridgepoint.benchmarks.cli.Main;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.KernelImage;
import dev.ridgepoint.kernels.workload.Glob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kernels do against what was reviewed, and what was reviewed against the bounds a good kernel keeps. */
class ReviewedCountsTest {
    private static final Path REVIEWED = Path.of("..", "kernels", "counters", "sm_90a.tsv");

    private static final double LEAST_USEFUL = 0.95;
    private static final double LEAST_FILLED = 0.95;
    private static final double MOST_WAVEFRONTS = 1.05;

    /** Kernels that touch more sectors than their question needs, and why that stays. */
    private static final Map<String, String> TOUCH_MORE = Map.of(
            "quantize/*_tensor", "every block reads the maxima of all parts, 4 KiB, which large matrices outweigh",
            "quantize/sm80_nvfp4", "its scale a tensor takes a second reading, which the least work does not count",
            "quantize/sm80_int8_channel", "two readings, which the least work counts as one, and maxima of shares",
            "quantize/*_tensor_transposed", "every block reads the maxima of all parts, as where x lies straight",
            "quantize/*_token_transposed", "two readings, which the least work counts as one, and maxima of shares",
            "quantize/*128_transposed", "scales beside one another in a sector are those of several squares",
            "quantize/sm80_mxfp8_e4m3_transposed", "scales beside one another in a sector are those of several squares",
            "dequantize/sm80_int8_channel", "a block keeps scales for its rows, of which a small matrix gives it one");

    /** Kernels that leave bytes of the sectors they touch unused, and why that stays. */
    private static final Map<String, String> LEAVE_BYTES = Map.of(
            "quantize/*128_transposed", "scales beside one another in a sector are those of several squares",
            "quantize/sm80_mxfp8_e4m3_transposed", "scales beside one another in a sector are those of several squares",
            "gemm/sm80_w8a16_mma", "scales of a row lie together, and a share of k takes a few of them",
            "gemm/sm80_w8a16_fp8_mma", "scales of a row lie together, and a share of k takes a few of them");

    /** Kernels with more passes over shared memory than their bytes need, and why that stays. */
    private static final Map<String, String> CONFLICT = Map.of(
            "attention/*_decode", "warps put their sums together once a block, where rows meet in banks",
            "*quantize/sm80_q4_0", "blocks of 18 bytes meet in banks while they wait to be stored in sectors",
            "*quantize/sm80_q8_0", "blocks of 34 bytes meet in banks while they wait to be stored in sectors",
            "gemm/sm80_w4a16_g128_gemv", "shared memory is used once, at the end, to add up slices of k",
            "*quantize/sm80_int4_g128_awq", "eight channels a word: lanes of one word's nibbles meet in its bank");

    @TempDir
    private Path folder;

    @Test
    void kernelsDoWhatWasReviewed() throws Exception {
        Emulator.require();
        CountFile reviewed = CountFile.read(REVIEWED);
        String nvcc = KernelImage.compiler().orElseThrow();
        boolean same = reviewed.nvcc().equals(nvcc);
        if (!same) {
            System.out.println("Skipped: counts were reviewed of nvcc " + reviewed.nvcc() + ", and this is " + nvcc);
        }
        assumeTrue(same, "another nvcc makes other PTX");
        Emulator.Ended ended =
                Emulator.run(folder, Main.class, List.of(), List.of("counters", "--golden", REVIEWED.toString()));
        assertEquals(0, ended.status(), ended.said());
    }

    @Test
    void everyKernelIsCounted() throws IOException {
        TreeSet<String> missing =
                new TreeSet<>(CudaKernels.rows().stream().map(CudaRow::id).toList());
        CountFile.read(REVIEWED).rows().forEach(row -> missing.remove(row.kernel()));
        assertEquals(Set.of(), missing, "kernels that no counted problem is for");
    }

    /** One thing changed, one thing gone and one thing new are three lines, and exit 1. */
    @Test
    void aChangeIsNamed() throws Exception {
        Emulator.require();
        String kernel = "quantize/sm80_int8_token";
        Path file = folder.resolve("counts.tsv");
        List<String> only = List.of("counters", "--kernel", kernel);
        List<String> arguments = new ArrayList<>(only);
        arguments.addAll(List.of("--out", file.toString()));
        assertEquals(0, Emulator.run(folder, Main.class, List.of(), arguments).status());
        CountFile counted = CountFile.read(file);
        KernelCounts row = counted.rows().get(0);
        Map<String, Long> others = new LinkedHashMap<>(row.counts());
        others.merge("sectors", 1L, Long::sum);
        List<KernelCounts> changed = new ArrayList<>(counted.rows());
        changed.set(0, new KernelCounts(row.kernel(), row.problem(), others));
        changed.add(new KernelCounts(row.kernel(), "another", others));
        new CountFile(counted.arch(), counted.nvcc(), changed).write(file);

        arguments = new ArrayList<>(only);
        arguments.addAll(List.of("--golden", file.toString()));
        Emulator.Ended ended = Emulator.run(folder, Main.class, List.of(), arguments);
        assertEquals(1, ended.status(), ended.said());
        long sectors = row.counts().get("sectors");
        assertTrue(ended.said().contains(row.key() + ": sectors " + (sectors + 1) + " to " + sectors), ended.said());
        assertTrue(ended.said().contains(kernel + " on another: gone"), ended.said());
        assertEquals(List.of(row.key() + ": new"), CountDifference.of(List.of(), List.of(row)));

        Files.writeString(file, Files.readString(file).replaceFirst("# nvcc .*", "# nvcc 1.0"));
        assertEquals(3, Emulator.run(folder, Main.class, List.of(), arguments).status(), "not to be compared");
        Files.writeString(file, "nonsense");
        ended = Emulator.run(folder, Main.class, List.of(), arguments);
        assertEquals(2, ended.status(), ended.said());
        assertTrue(ended.said().contains("not a file of counts"), ended.said());
    }

    /** Of each block by itself, whatever its neighbours read again: contiguous formats, and packed ones too. */
    @Test
    void sectorsThatAreTouchedAreUsed() throws IOException {
        bound("*", LEAVE_BYTES, KernelCounts::filledSectors, filled -> filled < LEAST_FILLED);
    }

    /** Products whose tiles are full multiply nothing else; causal attention, half of the tiles on its diagonal besides. */
    @Test
    void matrixInstructionsFillNoMoreThanTiles() throws IOException {
        problems("*_mma", "gemm_m256_*", KernelCounts::matrixWork, work -> work == 1);
        problems("attention/*_flash", "attn_causal_b1_q256_kv256_*", KernelCounts::matrixWork, work -> work <= 1.25);
    }

    private static void problems(
            String kernels, String problems, ToDoubleFunction<KernelCounts> measure, DoublePredicate keeps)
            throws IOException {
        List<KernelCounts> meant = CountFile.read(REVIEWED).rows().stream()
                .filter(row -> Glob.of(kernels).matches(row.kernel()))
                .filter(row -> Glob.of(problems).matches(row.problem()))
                .toList();
        assertFalse(meant.isEmpty(), problems);
        meant.forEach(row -> assertTrue(keeps.test(measure.applyAsDouble(row)), row.key()));
    }

    @Test
    void streamingKernelsTouchWhatTheyNeed() throws IOException {
        bound("*quantize/*", TOUCH_MORE, KernelCounts::usefulBytes, useful -> useful < LEAST_USEFUL);
        bound(
                "append/*|pointwise/*|rotate/*|repack/*",
                Map.of(),
                KernelCounts::usefulBytes,
                useful -> useful < LEAST_USEFUL);
    }

    @Test
    void sharedMemoryIsPassedOverAsOftenAsItsBytesNeed() throws IOException {
        bound("*", CONFLICT, KernelCounts::wavefronts, passes -> passes > MOST_WAVEFRONTS);
    }

    /** Every row keeps the bound or is excused, and every excuse is needed. */
    private static void bound(
            String kernels, Map<String, String> excuses, ToDoubleFunction<KernelCounts> measure, DoublePredicate breaks)
            throws IOException {
        Glob meant = Glob.of(kernels);
        List<String> broken = new ArrayList<>();
        TreeSet<String> unused = new TreeSet<>(excuses.keySet());
        for (KernelCounts row : CountFile.read(REVIEWED).rows()) {
            double measured = measure.applyAsDouble(row);
            if (meant.matches(row.kernel()) && breaks.test(measured)) {
                List<String> excused = excuses.keySet().stream()
                        .filter(excuse -> Glob.of(excuse).matches(row.kernel()))
                        .toList();
                unused.removeAll(excused);
                if (excused.isEmpty()) {
                    broken.add(row.key() + ": " + measured);
                }
            }
        }
        assertEquals(List.of(), broken);
        assertTrue(unused.isEmpty(), "excuses nobody needs: " + unused);
    }
}
