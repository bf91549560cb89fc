package dev.ridgepoint.benchmarks.gate;

import dev.ridgepoint.benchmarks.plan.Refusals;
import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.oracle.Verifier;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Runs the gate once for every kernel of a device on every directed problem it supports. */
public final class GateSurvey {
    private static final long SEED = 1;
    /** Calls between the two halves of the gate, where a fork would time. */
    private static final int CALLS = 3;

    private static final long WATCH_MILLIS = 2;
    private static final List<Distribution> USUAL = List.of(Distribution.NORMAL, Distribution.ADVERSARIAL);
    private static final List<Distribution> OF_CODECS =
            List.of(Distribution.NORMAL, Distribution.ADVERSARIAL, Distribution.NON_FINITE);

    private final Device device;
    private final List<? extends KernelRow> kernels;
    private final Consumer<Outcome> outcomes;
    /** What the device did not survive, or null. */
    private String lost;

    /**
     * How a kernel did on a case.
     *
     * @param kase problem and distribution; {@code any} for a kernel that supports none on this device
     * @param subject kernel, or null where none supports the problem
     * @param outcome {@code correct}, {@code incorrect}, {@code skipped} or {@code failed}
     * @param reason null where correct
     */
    public record Outcome(String kase, String subject, String outcome, String reason) {}

    private GateSurvey(Device device, List<? extends KernelRow> kernels, Consumer<Outcome> outcomes) {
        this.device = device;
        this.kernels = kernels;
        this.outcomes = outcomes;
    }

    /** Surveys all kernels of a device; outcomes come as they are found. */
    public static void of(Device device, List<Problem> problems, Consumer<Outcome> outcomes) {
        of(device, device.kernels(), problems, outcomes);
    }

    /** Surveys these kernels of a device. */
    public static void of(
            Device device, List<? extends KernelRow> kernels, List<Problem> problems, Consumer<Outcome> outcomes) {
        GateSurvey survey = new GateSurvey(device, kernels, outcomes);
        Set<String> met = new LinkedHashSet<>();
        problems.forEach(problem -> survey.problem(problem, met));
        for (KernelRow kernel : kernels) {
            if (!met.contains(kernel.id())) {
                outcomes.accept(new Outcome("any", kernel.id(), "skipped", survey.refusal(kernel, problems)));
            }
        }
    }

    private String refusal(KernelRow kernel, List<Problem> problems) {
        return problems.stream()
                .filter(problem -> Refusals.isMeantFor(kernel, problem))
                // The longest name is the kernel's own: w4a16_g128_gptq, not w4a16_g128.
                .max(Comparator.comparingInt(problem -> problem.precisionId().length()))
                .map(problem -> Refusals.of(problem, List.of(kernel), device.traits()))
                .orElse("no directed case is meant for it");
    }

    private void problem(Problem problem, Set<String> met) {
        List<KernelRow> able = new ArrayList<>();
        for (KernelRow kernel : kernels) {
            if (kernel.supports(problem, device.traits()) instanceof Support.Supported) {
                able.add(kernel);
                met.add(kernel.id());
            }
        }
        if (able.isEmpty()) {
            outcomes.accept(new Outcome(problem.id(), null, "skipped", Refusals.of(problem, kernels, device.traits())));
        }
        for (Distribution distribution : problem instanceof QuantizeProblem ? OF_CODECS : USUAL) {
            able.forEach(kernel -> outcomes.accept(run(kernel, problem, distribution)));
        }
    }

    private Outcome run(KernelRow kernel, Problem problem, Distribution distribution) {
        String kase = problem.id() + ":" + distribution.id();
        if (lost != null) {
            return new Outcome(kase, kernel.id(), "failed", "not run: the device was lost to " + lost);
        }
        try {
            gate(kernel, problem, distribution);
            return new Outcome(kase, kernel.id(), "correct", null);
        } catch (IncorrectException no) {
            return new Outcome(kase, kernel.id(), "incorrect", no.getMessage());
        } catch (UnsupportedKernelException refusal) {
            return new Outcome(kase, kernel.id(), "skipped", refusal.getMessage());
        } catch (IllegalArgumentException | UnsupportedOperationException noOracle) {
            return new Outcome(kase, kernel.id(), "skipped", noOracle.getMessage());
        } catch (DeviceException failure) {
            if (failure.deviceLost()) {
                lost = kernel.id() + " on " + kase;
            }
            return new Outcome(kase, kernel.id(), "failed", failure.getMessage());
        }
    }

    private void gate(KernelRow kernel, Problem problem, Distribution distribution) {
        Expectation asked = expectation(problem, distribution, SEED);
        VerificationGate gate =
                new VerificationGate(asked, () -> expectation(problem, distribution, SEED + 1), WATCH_MILLIS);
        try (BoundSet set = BoundSet.create(device, kernel, problem, asked.operands())) {
            List<BoundSet> sets = List.of(set);
            gate.beforeTiming(sets);
            for (int i = 0; i < CALLS; i++) {
                set.run();
            }
            gate.afterTiming(sets, 1);
        }
    }

    private static Expectation expectation(Problem problem, Distribution distribution, long seed) {
        OperandSet operands = OperandSet.generate(problem, distribution, seed);
        return new Expectation(operands, Verifier.of(problem, operands));
    }
}
