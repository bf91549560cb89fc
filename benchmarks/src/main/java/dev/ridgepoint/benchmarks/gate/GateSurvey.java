package dev.ridgepoint.benchmarks.gate;

import dev.ridgepoint.benchmarks.plan.Refusals;
import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.shape.LayerProblem;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Runs the gate once for every kernel of a device on every directed problem it supports. A kernel that the device does not
 * survive is not run again; the others go on in the device opened anew.
 */
public final class GateSurvey {
    private static final long SEED = 1;
    /** Nothing is timed here, so nobody waits for what a fork's gate waits for: it asks again before it times. */
    private static final long WATCH_MILLIS = 2;

    private static final long LONGEST_WATCH_MILLIS = 20;

    /** Of products that meet NaN and infinities: small ones have every kind of row, and the emulated driver takes its time. */
    private static final double MOST_NON_FINITE_FLOPS = 1 << 21;

    private static final List<Distribution> USUAL = List.of(Distribution.NORMAL, Distribution.ADVERSARIAL);
    private static final List<Distribution> WITH_NON_FINITE =
            List.of(Distribution.NORMAL, Distribution.ADVERSARIAL, Distribution.NON_FINITE);

    /**
     * Steps meet adversarial rows alone. Within a layer these overflow fp16, or fall to where more than one term is flushed, which
     * tolerances do not foresee.
     */
    private static final List<Distribution> LAYERS =
            List.of(Distribution.NORMAL, Distribution.OUTLIER_CHANNELS, Distribution.NON_FINITE);

    private final Supplier<Device> opener;
    private final Extent extent;
    private final Listener listener;
    private final Map<String, Integer> cases = new HashMap<>();
    /** The case that the device did not survive, by the kernel that ran it. */
    private final Map<String, String> fatal = new HashMap<>();

    private SmallestDevice smallest;
    private Device device;
    /** Why there is no device any more, or null. */
    private String gone;

    /**
     * How a kernel did on a case.
     *
     * @param kase problem and distribution, and {@link SmallestDevice#SUFFIX} where it was launched so; {@code any} for a kernel that
     *     supports none on this device
     * @param subject kernel, or null where none supports the problem
     * @param outcome {@code correct}, {@code incorrect}, {@code skipped} or {@code failed}
     * @param reason null where correct
     */
    public record Outcome(String kase, String subject, String outcome, String reason) {}

    /** A kernel by its id, launched for the device or as for one of one SM. */
    private record Asked(String kernel, boolean asForOneSm) {}

    /**
     * How much is surveyed.
     *
     * @param kernels which of the device's kernels
     * @param cases of each of them at the most
     * @param everyDistribution whether inputs of every kind there is, and not only those that find most
     */
    public record Extent(Predicate<KernelRow> kernels, int cases, boolean everyDistribution) {
        /** Every kernel on every problem, on the usual inputs. */
        public static final Extent WHOLE = new Extent(kernel -> true, Integer.MAX_VALUE);

        /** On the usual inputs. */
        public Extent(Predicate<KernelRow> kernels, int cases) {
            this(kernels, cases, false);
        }

        private List<Distribution> distributions(boolean withNonFinite) {
            if (!everyDistribution) {
                return withNonFinite ? WITH_NON_FINITE : USUAL;
            }
            return Arrays.stream(Distribution.values())
                    .filter(each -> withNonFinite || each != Distribution.NON_FINITE)
                    .toList();
        }
    }

    /** Is told what a survey finds, as it does. */
    @FunctionalInterface
    public interface Listener {
        /** A kernel was asked about a case. */
        void found(Outcome outcome);

        /** A problem is next; so many were asked about of all. */
        default void begins(Problem problem, int done, int all) {}

        /** Why no further case is asked, each of which is skipped for it; empty for going on. */
        default Optional<String> ends() {
            return Optional.empty();
        }

        /** A kernel is about to be bound and launched on this device. */
        default void binds(Device device, KernelRow kernel) {}
    }

    private GateSurvey(Supplier<Device> opener, Extent extent, Listener listener) {
        this.opener = opener;
        this.extent = extent;
        this.listener = listener;
        this.device = opener.get();
    }

    /** Surveys a device; outcomes come as they are found. What goes wrong on closing it is one too. */
    public static void of(Supplier<Device> opener, Extent extent, List<Problem> problems, Listener listener) {
        GateSurvey survey = new GateSurvey(opener, extent, listener);
        try {
            survey.all(problems);
        } finally {
            survey.close();
        }
    }

    private void all(List<Problem> problems) {
        smallest = new SmallestDevice(kernels(), problems, device.traits());
        Set<String> met = new LinkedHashSet<>();
        for (int i = 0; i < problems.size(); i++) {
            listener.begins(problems.get(i), i, problems.size());
            problem(problems.get(i), met);
        }
        for (KernelRow kernel : kernels()) {
            if (!met.contains(kernel.id())) {
                listener.found(new Outcome("any", kernel.id(), "skipped", refusal(kernel, problems)));
            }
        }
    }

    /** A leak, or a kernel's late failure; not after a loss, which is known. */
    private void close() {
        try {
            device.close();
        } catch (DeviceException onClosing) {
            if (gone == null) {
                listener.found(new Outcome("closing the device", null, "failed", onClosing.getMessage()));
            }
        }
    }

    private void reopen(String lostTo) {
        try {
            device.close();
        } catch (DeviceException known) {
            // What was lost cannot be closed in order.
        }
        try {
            device = opener.get();
        } catch (RuntimeException failure) {
            gone = "the device was lost to " + lostTo + " and did not come back: " + failure.getMessage();
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

    private List<? extends KernelRow> kernels() {
        return device.kernels().stream().filter(extent.kernels()).toList();
    }

    private void problem(Problem problem, Set<String> met) {
        List<Asked> able = new ArrayList<>();
        List<? extends KernelRow> kernels = kernels();
        for (KernelRow kernel : kernels) {
            if (kernel.supports(problem, device.traits()) instanceof Support.Supported) {
                able.add(new Asked(kernel.id(), false));
                met.add(kernel.id());
                if (smallest.asks(kernel, problem)) {
                    able.add(new Asked(kernel.id(), true));
                }
            }
        }
        if (able.isEmpty() && asked(problem, kernels)) {
            listener.found(new Outcome(problem.id(), null, "skipped", Refusals.of(problem, kernels, device.traits())));
        }
        for (Distribution distribution : distributions(problem)) {
            SharedExpectations expected = new SharedExpectations(problem, distribution, SEED);
            for (Asked asked : able) {
                if (cases.merge(asked.kernel(), 1, Integer::sum) <= extent.cases()) {
                    listener.found(listener.ends()
                            .map(why -> new Outcome(name(asked, expected), asked.kernel(), "skipped", why))
                            .orElseGet(() -> run(asked, expected)));
                }
            }
        }
    }

    private List<Distribution> distributions(Problem problem) {
        return problem instanceof LayerProblem ? LAYERS : extent.distributions(meetsNonFinite(problem));
    }

    /** Every operation says what becomes of NaN and infinities, in as many operands as have any. */
    private static boolean meetsNonFinite(Problem problem) {
        return !(problem instanceof GemmProblem product) || product.work().flops() <= MOST_NON_FINITE_FLOPS;
    }

    /** Of kernels that were chosen only what they are meant for is asked; a whole device is asked everything. */
    private boolean asked(Problem problem, List<? extends KernelRow> kernels) {
        return kernels.size() == device.kernels().size()
                || kernels.stream().anyMatch(kernel -> Refusals.isMeantFor(kernel, problem));
    }

    private static String name(Asked asked, SharedExpectations expected) {
        return expected.id() + (asked.asForOneSm() ? SmallestDevice.SUFFIX : "");
    }

    private Outcome run(Asked asked, SharedExpectations expected) {
        String kernel = asked.kernel();
        String kase = name(asked, expected);
        if (gone != null) {
            return new Outcome(kase, kernel, "failed", "not run: " + gone);
        }
        if (fatal.containsKey(kernel)) {
            return new Outcome(kase, kernel, "failed", "not run: the device was lost to it on " + fatal.get(kernel));
        }
        Optional<String> excuse = row(kernel).excuse(expected.problem(), expected.distribution());
        if (excuse.isPresent()) {
            return new Outcome(kase, kernel, "skipped", excuse.get());
        }
        try {
            KernelRow row = row(kernel);
            gate(
                    asked.asForOneSm() ? SmallestDevice.as(row, expected.problem()) : row,
                    expected.of(row, device.traits()));
            return new Outcome(kase, kernel, "correct", null);
        } catch (IncorrectException no) {
            return new Outcome(kase, kernel, "incorrect", no.getMessage());
        } catch (UnsupportedKernelException refusal) {
            return new Outcome(kase, kernel, "skipped", refusal.getMessage());
        } catch (IllegalArgumentException | UnsupportedOperationException noOracle) {
            return new Outcome(kase, kernel, "skipped", noOracle.getMessage());
        } catch (DeviceException failure) {
            if (failure.deviceLost()) {
                fatal.put(kernel, kase);
                reopen(kernel + " on " + kase);
            }
            return new Outcome(kase, kernel, "failed", failure.getMessage());
        }
    }

    /** Rows belong to the device that is open now. */
    private KernelRow row(String kernel) {
        return device.kernels().stream()
                .filter(row -> row.id().equals(kernel))
                .findFirst()
                .orElseThrow();
    }

    private void gate(KernelRow kernel, SharedExpectations expected) {
        listener.binds(device, kernel);
        VerificationGate gate =
                new VerificationGate(expected.asked(), expected::changed, WATCH_MILLIS, LONGEST_WATCH_MILLIS);
        try (BoundSet set = BoundSet.create(
                device, kernel, expected.problem(), expected.asked().operands())) {
            gate.untimed(set);
        }
    }
}
