package dev.ridgepoint.benchmarks.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.doctor.Finding.Level;
import dev.ridgepoint.device.cuda.CudaSurvey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GpuHealthTest {
    private static final Map<String, String> FINE = Map.of("persistence", "on", "mig", "off", "power limit", "700 W");

    @Test
    void anIdleGpuIsFine() {
        List<Finding> findings = GpuHealth.of(survey(Optional.empty(), gpu(FINE, List.of())));
        assertEquals(2, findings.size());
        assertTrue(findings.stream().allMatch(finding -> finding.level() == Level.OK), findings::toString);
        assertEquals(
                "CUDA: driver 580.1, up to CUDA 13.0, 1 device", findings.get(0).sentence());
        String line = findings.get(1).sentence();
        assertTrue(line.startsWith("GPU 0: NVIDIA H100, GPU-1234, sm_90, 80.0 GiB, "), line);
        assertTrue(line.contains("power limit 700 W"), line);
    }

    @Test
    void whoeverIsOnItIsNamed() {
        Finding busy = GpuHealth.of(survey(Optional.empty(), gpu(FINE, List.of("pid 4242 (python3)"))))
                .get(1);
        assertEquals(Level.WARNING, busy.level());
        assertTrue(busy.sentence().endsWith("in use by pid 4242 (python3)"), busy.sentence());
        assertTrue(busy.fix().contains("--device"), busy.fix());
    }

    @Test
    void modesThatBearOnFiguresComeWithWhatToDo() {
        Finding modes = GpuHealth.of(
                        survey(Optional.of("no NVML"), gpu(Map.of("persistence", "off", "mig", "on"), List.of())))
                .get(2);
        assertEquals(Level.WARNING, modes.level());
        assertTrue(modes.fix().contains("MIG") && modes.fix().contains("nvidia-smi -pm 1"), modes.fix());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ecc=off                                                   | nvidia-smi -e 1
            power limit=400 W,usual power limit=700 W                 | its power limit is 400 W where 700 W is usual
            pcie now=generation 5 x8,pcie=generation 5 x16            | fewer lanes of PCIe
            clocks held by=applicationClocks                          | nvidia-smi -rac
            clocks held by=softwarePowerCap and hardwareThermalSlowdown | let it cool
            clocks held by=hardwarePowerBrake                         | its supply
            temperature=88 C,slows down at=92 C                       | it has 88 C and slows down at 92 C
            """)
    void whatHoldsADeviceBackComesWithWhatToDo(String facts, String fix) {
        Finding held = GpuHealth.of(survey(Optional.empty(), gpu(facts(facts), List.of())))
                .get(1);
        assertEquals(Level.WARNING, held.level());
        assertTrue(held.fix().contains(fix), held.fix());
    }

    /** An idle link sleeps, and a GPU at work keeps to its power limit: neither is a flaw. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ecc=on,power limit=700 W,usual power limit=700 W,pcie now=generation 1 x16,pcie=generation 5 x16",
                "clocks held by=idle",
                "temperature=86 C,slows down at=92 C",
                "temperature=95 C",
                "clocks held by=softwarePowerCap",
                "usual power limit=700 W,pcie=generation 5 x16"
            })
    void whatIsAsItShouldBeIsNoFinding(String facts) {
        Finding fine = GpuHealth.of(survey(Optional.empty(), gpu(facts(facts), List.of())))
                .get(1);
        assertEquals(Level.OK, fine.level(), fine::toString);
    }

    /** At work a link is as fast as it can be; one that is not is slower for a reason that can be mended. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pcie now=generation 3 x16,pcie=generation 5 x16                     | WARNING
            pcie now=generation 5 x16,pcie=generation 5 x16                     | OK
            pcie now=generation 1 x16,pcie=generation 5 x16,clocks held by=idle |
            pcie now=generation 3 x16                                           |
            """)
    void theLinkOfADeviceAtWorkIsJudged(String facts, Level level) {
        List<Finding> link = GpuHealth.link(facts(facts));
        assertEquals(
                level == null ? List.of() : List.of(level),
                link.stream().map(Finding::level).toList());
        assertTrue(level != Level.WARNING || link.get(0).fix().contains("lower generation"), link::toString);
    }

    private static Map<String, String> facts(String text) {
        return Arrays.stream(text.split(","))
                .map(fact -> fact.split("="))
                .collect(Collectors.toMap(fact -> fact[0], fact -> fact[1]));
    }

    @Test
    void whatIsMissingIsSaidInPlainWords() {
        Finding noTelemetry = GpuHealth.of(survey(Optional.of("no NVML"), gpu(FINE, List.of())))
                .get(1);
        assertTrue(noTelemetry.fix().contains("libnvidia-ml.so.1"), noTelemetry.fix());

        Finding noDevice = GpuHealth.of(survey(Optional.empty())).get(0);
        assertEquals(Level.BAD, noDevice.level());
        assertTrue(noDevice.fix().contains("CUDA_VISIBLE_DEVICES"), noDevice.fix());

        assertEquals(Level.OK, GpuHealth.missing("no driver", false).level(), "a machine without GPU is no ill one");
        Finding halfInstalled = GpuHealth.missing("no driver", true);
        assertEquals(Level.BAD, halfInstalled.level());
        assertTrue(halfInstalled.fix().contains("libcuda.so.1"), halfInstalled.fix());
    }

    private static CudaSurvey survey(Optional<String> noTelemetry, CudaSurvey.Gpu... gpus) {
        return new CudaSurvey("580.1", "13.0", List.of(gpus), noTelemetry);
    }

    private static CudaSurvey.Gpu gpu(Map<String, String> facts, List<String> occupants) {
        return new CudaSurvey.Gpu(0, "NVIDIA H100", "GPU-1234", "sm_90", 80L << 30, facts, occupants);
    }
}
