package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.benchmarks.gate.Expectations;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.plan.PlanFile;
import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.cuda.jni.Nvtx;
import dev.ridgepoint.device.digest.OpenSslProvider;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * A case in the fork that runs it: set up and verified, then whatever JMH calls, then verified again. Warm-up and
 * iterations come from {@code Protocol}, not from annotations.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public abstract class CaseState {
    /** The case, by its id in the plan. */
    @Param("")
    public String caseId;

    private ForkWord word;
    private MeasuredCase measured;
    private Nvtx.Range phase;

    /** Allocates, uploads, verifies. */
    @SuppressWarnings("try") // a range is begun and ended, not used
    @Setup(Level.Trial)
    public void setUp() throws IOException {
        endWithParent();
        OpenSslProvider.install();
        ForkEnvironment environment = ForkEnvironment.current();
        word = new ForkWord(environment.files());
        Cell cell = PlanFile.find(environment.plan(), caseId);
        try (Nvtx.Range verification = Nvtx.range(caseId + " verification")) {
            measured = word.during(() -> {
                Device device = Devices.open(environment.backend());
                return new MeasuredCase(cell, device, new Expectations(environment.expectations()));
            });
        }
        word.during(() -> ready(measured));
    }

    /** After the trial has been set up, where a profiler of JMH is told before it. */
    @Setup(Level.Iteration)
    public void beginPhase(IterationParams params) {
        phase = Nvtx.range(caseId + (params.getType() == IterationType.WARMUP ? " warm-up" : " timing"));
    }

    /** Ends what {@link #beginPhase} began. */
    @TearDown(Level.Iteration)
    public void endPhase() {
        phase.close();
    }

    /** A fork whose run was killed would measure for nobody, and disturb the run that goes on. */
    private static void endWithParent() {
        ProcessHandle.current()
                .parent()
                .ifPresent(parent ->
                        parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
    }

    /** Makes ready what calls need. */
    protected abstract void ready(MeasuredCase verified);

    /** Does part of a call's work; what goes wrong becomes this fork's word. */
    protected final void during(Runnable work) {
        word.during(work);
    }

    /** Verifies what was called. */
    @SuppressWarnings("try") // as above
    @TearDown(Level.Trial)
    public void tearDown() {
        if (measured != null) {
            try (Nvtx.Range verification = Nvtx.range(caseId + " verification")) {
                word.write(word.during(() -> verdict(measured)));
            }
            close();
            measured.close();
        }
    }

    /** Gives back what {@link #ready} took. */
    protected void close() {}

    /** Verifies once more, and says how it went. */
    protected abstract ForkVerdict verdict(MeasuredCase called);
}
