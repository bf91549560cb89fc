package dev.ridgepoint.benchmarks.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.fake.FakeDevice;
import dev.ridgepoint.benchmarks.fake.Saboteur;
import dev.ridgepoint.benchmarks.plan.Refusals;
import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class GateSurveyTest {
    @Test
    void saysOfEachKernelWhetherItIsRightAndIfNotWhy() {
        long saboteur = FakeDevice.SABOTEURS + Saboteur.TAIL_TILE_IGNORED.ordinal();
        List<GateSurvey.Outcome> outcomes =
                survey(product(5), product(saboteur), product(FakeDevice.REFUSED), product(150));
        assertEquals("correct", of(outcomes, "gemm/fake_fp32_plain").outcome());
        GateSurvey.Outcome wrong = of(outcomes, "gemm/fake_fp32_tail_tile_ignored");
        assertEquals("incorrect", wrong.outcome());
        assertTrue(wrong.reason().contains("c["), wrong.reason());
        GateSurvey.Outcome refused = of(outcomes, "gemm/fake_fp32_refused");
        assertEquals("skipped", refused.outcome());
        assertEquals("the library would run ref:any", refused.reason());
        GateSurvey.Outcome unmet = of(outcomes, "gemm/fake_fp32_hang");
        assertEquals("skipped", unmet.outcome());
        assertEquals("M of another kernel", unmet.reason());
        GateSurvey.Outcome noKernel = outcomes.stream()
                .filter(outcome -> outcome.subject() == null)
                .findFirst()
                .orElseThrow();
        assertEquals("gemm_m150_n7_k33_fp32", noKernel.kase());
        assertEquals("skipped", noKernel.outcome());
    }

    @Test
    void aKernelThatLosesTheDeviceIsNotRunAgainAndTheOthersGoOn() {
        List<GateSurvey.Outcome> outcomes = survey(product(FakeDevice.LOSES_DEVICE), product(5));
        List<GateSurvey.Outcome> lost = outcomes.stream()
                .filter(outcome -> "gemm/fake_fp32_fatal".equals(outcome.subject()))
                .toList();
        assertEquals("illegal address", lost.get(0).reason());
        assertTrue(lost.size() > 1);
        for (GateSurvey.Outcome later : lost.subList(1, lost.size())) {
            assertEquals("failed", later.outcome());
            assertTrue(later.reason().startsWith("not run: the device was lost to it on gemm_m157_"), later.reason());
        }
        assertEquals("correct", of(outcomes, "gemm/fake_fp32_plain").outcome());
    }

    @Test
    void whereTheDeviceDoesNotComeBackNothingIsTriedAndNothingIsSilent() {
        List<GateSurvey.Outcome> outcomes = new ArrayList<>();
        List<Device> once = new ArrayList<>(List.of(new FakeDevice()));
        Supplier<Device> opener = () -> {
            if (once.isEmpty()) {
                throw new DeviceException("no device");
            }
            return once.remove(0);
        };
        GateSurvey.of(
                opener,
                GateSurvey.Extent.WHOLE,
                List.of(product(4), product(FakeDevice.LOSES_DEVICE), product(5)),
                outcomes::add);
        GateSurvey.Outcome first = of(outcomes, "gemm/fake_fp32_fatal");
        assertEquals("failed", first.outcome());
        assertEquals("illegal address", first.reason());
        List<GateSurvey.Outcome> later = outcomes.stream()
                .filter(outcome -> outcome.kase().startsWith("gemm_m5_"))
                .toList();
        assertTrue(later.size() >= 1);
        for (GateSurvey.Outcome outcome : later) {
            assertEquals("failed", outcome.outcome());
            assertTrue(
                    outcome.reason().startsWith("not run: the device was lost to gemm/fake_fp32_fatal on gemm_m157_"),
                    outcome.reason());
            assertTrue(outcome.reason().endsWith("did not come back: no device"), outcome.reason());
        }
        assertEquals("correct", of(outcomes, "gemm/fake_fp32_plain").outcome());
    }

    @Test
    void someKernelsAndFewCasesOfEach() {
        List<GateSurvey.Outcome> outcomes = new ArrayList<>();
        GateSurvey.Extent extent = new GateSurvey.Extent(kernel -> kernel.id().endsWith("_plain"), 3);
        GateSurvey.of(FakeDevice::new, extent, List.of(product(5), product(6)), outcomes::add);
        assertEquals(
                List.of("correct", "correct", "correct"),
                outcomes.stream().map(GateSurvey.Outcome::outcome).toList(),
                outcomes.toString());
    }

    /** As when its time is spent: nothing more is run, and nothing is left unsaid. */
    @Test
    void aSurveyThatEndsEarlySkipsTheRestAndCountsIt() {
        List<GateSurvey.Outcome> outcomes = new ArrayList<>();
        GateSurvey.Extent extent = new GateSurvey.Extent(kernel -> kernel.id().endsWith("_plain"), 3);
        GateSurvey.of(FakeDevice::new, extent, List.of(product(5), product(6)), new GateSurvey.Listener() {
            @Override
            public void found(GateSurvey.Outcome outcome) {
                outcomes.add(outcome);
            }

            @Override
            public Optional<String> ends() {
                return outcomes.isEmpty() ? Optional.empty() : Optional.of("no time");
            }
        });
        assertEquals(
                List.of("correct", "skipped", "skipped"),
                outcomes.stream().map(GateSurvey.Outcome::outcome).toList(),
                outcomes.toString());
        assertEquals("no time", outcomes.get(2).reason());
    }

    @Test
    void directedProblemsAreManyAndDifferent() {
        List<Problem> problems = DirectedProblems.all();
        assertEquals(
                problems.size(),
                new HashSet<>(problems.stream().map(Problem::id).toList()).size(),
                "ids tell them apart");
        for (Precision precision : Precision.ALL) {
            assertTrue(
                    problems.stream().anyMatch(problem -> problem.precisionId().equals(precision.id())));
        }
    }

    @Test
    void everyKernelOfTheCpuIsMeantForSomeDirectedProblem() {
        try (Device device = Devices.open("cpu")) {
            assertTrue(device.kernels().size() > 1);
            for (KernelRow kernel : device.kernels()) {
                assertTrue(
                        DirectedProblems.all().stream().anyMatch(problem -> Refusals.isMeantFor(kernel, problem)),
                        kernel.id());
            }
        }
    }

    private static GateSurvey.Outcome of(List<GateSurvey.Outcome> outcomes, String kernel) {
        return outcomes.stream()
                .filter(outcome -> kernel.equals(outcome.subject()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(kernel + " among " + outcomes));
    }

    private static List<GateSurvey.Outcome> survey(Problem... problems) {
        List<GateSurvey.Outcome> outcomes = new ArrayList<>();
        GateSurvey.of(FakeDevice::new, GateSurvey.Extent.WHOLE, List.of(problems), outcomes::add);
        return outcomes;
    }

    private static Problem product(long rows) {
        return new GemmProblem(GemmShape.of(rows, 7, 33), Precision.FP32);
    }
}
