package dev.ridgepoint.kernels.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.shape.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuitesTest {
    private static final Suites SUITES = Suites.over(Catalogue.load());
    private static final Map<String, Suite> RESOLVED = new HashMap<>();

    private static Suite suite(String name, String backend) {
        return RESOLVED.computeIfAbsent(backend + " " + name, key -> SUITES.suite(name, backend));
    }

    @ParameterizedTest
    @CsvSource({
        "cpu, smoke, 6, 7",
        "cpu, quick, 22, 26",
        "cpu, core, 80, 130",
        "cpu, full, 1000, 4000",
        "cuda, smoke, 8, 8",
        "cuda, quick, 18, 22",
        "cuda, core, 27, 32",
        "cuda, full, 5000, 9000",
        "cuda, targets, 18, 22"
    })
    void aSuiteIsAsLongAsItPromisesAndAsksEveryQuestionOnce(String backend, String name, int least, int most) {
        Suite suite = suite(name, backend);
        List<Workload> workloads = suite.workloads();
        assertTrue(least <= workloads.size() && workloads.size() <= most, "it has " + workloads.size());
        Set<Problem> problems = new HashSet<>();
        for (Workload workload : workloads) {
            assertTrue(problems.add(workload.problem()), workload.id() + " asks what another asks");
            assertTrue(Suites.operandBytes(workload.problem()) <= suite.limits().operandMib() << 20, workload.id());
            assertTrue(workload.problem().work().flops() <= suite.limits().gflop() * 1e9, workload.id());
        }
        for (Suite.Section section : suite.sections()) {
            assertFalse(section.why().isBlank());
            assertFalse(section.workloads().isEmpty(), section.why());
        }
    }

    @Test
    void longerSuitesBeginWithTheShorter() {
        for (String backend : Suites.BACKENDS) {
            List<Workload> shorter = List.of();
            for (String name : Suites.NAMES) {
                List<Workload> longer = suite(name, backend).workloads();
                assertEquals(shorter, longer.subList(0, shorter.size()), backend + " " + name);
                shorter = longer;
            }
        }
    }

    @Test
    void smokeStandsOnBothSidesOfACpusRidge() {
        List<Workload> smoke = Suites.of("smoke");
        // A CPU core does some 5 to 15 FLOPs in fp32 for each byte its memory delivers.
        assertTrue(smoke.stream().filter(w -> intensity(w) > 20).count() >= 2);
        assertTrue(smoke.stream().filter(w -> intensity(w) < 3).count() >= 3);
        assertEquals(
                Set.of("gemm", "attention", "quantize", "dequantize"),
                smoke.stream().map(w -> w.problem().op()).collect(Collectors.toSet()));
    }

    private static double intensity(Workload workload) {
        return workload.problem().work().arithmeticIntensity();
    }

    @Test
    void quickMeetsEveryFamilyOnTheCpu() {
        Set<String> classes = suite("quick", "cpu").workloads().stream()
                .map(w -> WorkloadClass.of(
                                w.provenance().phase(), w.provenance().family())
                        .name())
                .collect(Collectors.toSet());
        assertTrue(
                classes.containsAll(Set.of("UNDERSTANDING", "GENERATIVE_DECODE", "GENERATIVE_PARALLEL")), "" + classes);
        String models = suite("quick", "cpu").workloads().stream()
                .map(w -> w.provenance().model())
                .collect(Collectors.joining(" "));
        for (String family : List.of("bert", "t5", "llama-3", "mixtral", "deepseek", "whisper", "sd-1.5", "lstm")) {
            assertTrue(models.contains(family), family);
        }
    }

    @Test
    void whatFullLeavesOutIsCounted() {
        Suite full = suite("full", "cpu");
        assertTrue(full.excluded().get("operands above 384 MiB") > 0, "" + full.excluded());
        assertTrue(full.excluded().get("more than 12 GFLOP") > 0, "" + full.excluded());
        assertEquals(
                "at most 384 MiB of operands and 12 GFLOP each", full.limits().toString());
    }

    /** Sections of other suites name none, so that all are asked. */
    @Test
    void aSectionMayNameTheKernelsItAsks() {
        List<Workload> targets = suite("targets", "cuda").workloads();
        Workload gemv = targets.stream()
                .filter(one -> one.id().equals("llama-3-8b/o/decode_b1_kv512_bf16"))
                .findFirst()
                .orElseThrow();
        assertTrue(gemv.kernels().matches("gemm/vendor_any_cublas"));
        assertTrue(gemv.kernels().matches("gemm/sm80_bf16_gemv"));
        assertFalse(gemv.kernels().matches("gemm/sm80_bf16_mma"));
        assertTrue(targets.stream().anyMatch(one -> one.kernels().isAny()));
        for (String name : Suites.NAMES) {
            assertTrue(
                    suite(name, "cuda").workloads().stream()
                            .allMatch(one -> one.kernels().isAny()),
                    name);
        }
    }

    @Test
    void anUnknownSuiteSaysWhatIsNear() {
        var error = assertThrows(IllegalArgumentException.class, () -> Suites.of("quik"));
        assertEquals("suite: unknown 'quik'; did you mean quick?", error.getMessage());
        var other = assertThrows(IllegalArgumentException.class, () -> Suites.of("targets"));
        assertEquals(
                "suite: 'targets' is for cuda devices that keep time; here there are smoke, quick, core, full",
                other.getMessage());
        var backend = assertThrows(IllegalArgumentException.class, () -> Suites.of("quick", "tpu"));
        assertTrue(backend.getMessage().startsWith("backend: unknown 'tpu'"), backend.getMessage());
    }
}
