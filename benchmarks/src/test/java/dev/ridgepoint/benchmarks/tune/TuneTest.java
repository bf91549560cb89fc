package dev.ridgepoint.benchmarks.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.Emulator;
import dev.ridgepoint.benchmarks.Emulator.Ended;
import dev.ridgepoint.benchmarks.cli.Main;
import dev.ridgepoint.kernels.cuda.tuning.TuningRecord;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.bundle.BundleReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a trial to a run by its record, on the emulated driver, which has no time of its own to choose by. */
class TuneTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void needsTheEmulator() {
        Emulator.require();
    }

    private Ended command(String... arguments) throws Exception {
        return Emulator.run(folder, Main.class, List.of(), List.of(arguments));
    }

    private Path record() throws Exception {
        Path record = folder.resolve("record.json");
        Ended ended = Emulator.run(folder, TrialOnEmulator.class, List.of(), List.of(record.toString()));
        assertEquals(0, ended.status(), ended.said());
        List<String> said = new ArrayList<>(ended.said().lines().toList());
        assertTrue(said.removeIf(line -> line.startsWith("config ")));
        assertEquals(
                List.of(
                        "kept true the built-in rule's: none is faster in 9 of 10 rounds",
                        "chosen tile 64x64, as larger ones leave SMs idle; 3 shares of k for the rest,"
                                + " faster than the built-in rule's in 9 of 10 rounds",
                        "timed true"),
                said);
        return record;
    }

    @Test
    void aRunTakesTheConfigsOfARecordAndSaysSo() throws Exception {
        Path record = record();
        Path shapes = Files.writeString(folder.resolve("shapes.json"), """
                [{"id": "tuned", "op": "gemm", "precision": "bf16", "shape": {"M": 80, "N": 192, "K": 1024}},
                 {"id": "other", "op": "gemm", "precision": "bf16", "shape": {"M": 80, "N": 192, "K": 512}}]
                """);
        Path bundle = folder.resolve("run");
        Ended ended = command(
                "run",
                "--driver",
                "emulated",
                "--tuning",
                record.toString(),
                "--kernel",
                TrialOnEmulator.KERNEL,
                "--shapes",
                shapes.toString(),
                "--forks",
                "1",
                "--out",
                bundle.toString());
        assertEquals(0, ended.status(), ended.said());
        BundleReader run = BundleReader.open(bundle);
        String by = run.context().software().backend().get("kernel configs");
        assertTrue(by.matches("tuning record [0-9a-f]{16} of 2026-11-22T00:00:00Z"), by);
        for (CaseResult result : run.allCases()) {
            String how = result.subject().implementation();
            if (result.id().startsWith("tuned")) {
                assertTrue(how.contains("3 shares of k") && how.endsWith("chosen by " + by + ")"), how);
            } else {
                assertFalse(how.contains("chosen by"), how);
            }
        }
    }

    @Test
    void aRecordOfAnotherDeviceIsRefused() throws Exception {
        Path record = folder.resolve("record.json");
        TuningRecord another =
                new TuningRecord(TuningRecord.FORMAT, "another", "sm_90a", "a test", "2026-11-22T00:00:00Z", List.of());
        Files.writeString(record, another.text());
        Ended ended = command("verify", "--driver", "emulated", "--tuning", record.toString());
        assertEquals(2, ended.status(), ended.said());
        assertEquals(1, ended.said().strip().lines().count(), ended.said());
        assertTrue(
                ended.said().startsWith("ridgepoint: --tuning: " + record + " is of another (sm_90a), and this is "),
                ended.said());
    }

    @Test
    void theEmulatedDriverHasNoTimeToChooseBy() throws Exception {
        Path record = folder.resolve("never.json");
        Ended ended = command("tune", "--driver", "emulated", "--out", record.toString());
        assertEquals(3, ended.status(), ended.said());
        assertEquals(
                "ridgepoint: tune: the emulated driver has no time to choose by; it takes a GPU",
                ended.said().strip());
        assertFalse(Files.exists(record));
    }
}
