package dev.ridgepoint.kernels.cuda.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningTest {
    private static final DeviceTraits HOPPER =
            new DeviceTraits("a GPU", "sm_90a", Set.of(DType.BF16), 132, 227 << 10, 50L << 20, Set.of());
    private static final Problem PRODUCT = new GemmProblem(GemmShape.of(128, 4096, 4096), Precision.BF16);

    private static CudaRow mma() {
        return CudaKernels.rows().stream()
                .filter(row -> row.id().equals("gemm/sm80_bf16_mma"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theBuiltInRuleComesFirstAndNoTwoConfigsLaunchAlike() {
        List<Config> configs = Config.of(mma(), PRODUCT, HOPPER);
        assertEquals(mma().plan(PRODUCT, HOPPER), configs.get(0).plan());
        assertTrue(
                configs.stream().anyMatch(config -> config.plan().config().startsWith("tile 128x128")),
                configs.toString());
        assertTrue(
                configs.stream().anyMatch(config -> config.plan().config().contains("shares of k")),
                configs.toString());
        assertEquals(
                configs.size(),
                configs.stream()
                        .map(config -> config.plan().launches())
                        .distinct()
                        .count());
    }

    @Test
    void aTunedKernelSaysWhoChoseAndKeepsItsRuleElsewhere() {
        TunedRow tuned = new TunedRow(mma(), Map.of(PRODUCT.id(), 16), "the test");
        assertEquals(
                mma().plan(PRODUCT, HOPPER.withUnits(16)).launches(),
                tuned.plan(PRODUCT, HOPPER).launches());
        assertTrue(tuned.plan(PRODUCT, HOPPER).config().endsWith(" (as for 16 SMs: chosen by the test)"));
        Problem other = new GemmProblem(GemmShape.of(1, 4096, 4096), Precision.BF16);
        assertEquals(mma().plan(other, HOPPER), tuned.plan(other, HOPPER));
    }

    private static TuningRecord record(String image) {
        TuningRecord.Measured slow = new TuningRecord.Measured(132, "as it is", List.of(3.0, 3.5));
        TuningRecord.Measured fast = new TuningRecord.Measured(16, "larger", List.of(2.0, 2.5));
        return new TuningRecord(
                TuningRecord.FORMAT,
                "a GPU",
                "sm_90a",
                "a commit",
                "2026-11-22T00:00:00Z",
                List.of(new TuningRecord.Choice(mma().id(), image, PRODUCT.id(), 16, "faster", List.of(slow, fast))));
    }

    @Test
    void aRecordIsReadAsItWasWrittenAndApplied(@TempDir Path folder) throws IOException {
        TuningRecord written = record(TuningRecord.imageOf(mma()));
        Files.writeString(folder.resolve("record.json"), written.text());
        TuningRecord read = TuningRecord.read(folder.resolve("record.json"));
        assertEquals(written, read);
        String config = read.apply(mma()).plan(PRODUCT, HOPPER).config();
        assertTrue(config.contains("chosen by tuning record ") && config.contains("2026-11-22"), config);
        CudaRow other = CudaKernels.rows().stream()
                .filter(row -> !row.id().equals(mma().id()))
                .findFirst()
                .orElseThrow();
        assertSame(other, read.apply(other));
    }

    @Test
    void whatIsNoRecordOrOfAnotherImageIsRefusedInOneLine(@TempDir Path folder) throws IOException {
        String stale = assertThrows(
                        IllegalArgumentException.class,
                        () -> record("of another image").apply(mma()))
                .getMessage();
        assertEquals("gemm/sm80_bf16_mma was compiled anew since it was tuned: run 'ridgepoint tune' again", stale);
        for (String text : List.of("", "[]", "{\"format\": \"other/1\"}", "no JSON", "{\"format\": null}")) {
            Path file = Files.writeString(folder.resolve("no-record.json"), text);
            String said = assertThrows(IllegalArgumentException.class, () -> TuningRecord.read(file))
                    .getMessage();
            assertTrue(said.startsWith("no-record.json: not a tuning record: "), said);
            assertEquals(1, said.lines().count(), said);
        }
    }
}
