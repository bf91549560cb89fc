package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.benchmarks.gate.Expectations;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.plan.PlanFile;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.PreparedLaunch;
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

/**
 * Times calls that have finished when they return. One operation is one launch, on the next set of buffers each time.
 * Warm-up and iterations come from {@code Protocol}, not from annotations.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public abstract class CpuCallState {
    /** The case, by its id in the plan. */
    @Param("")
    public String caseId;

    private ForkWord word;
    private MeasuredCase measured;
    private PreparedLaunch[] launches;
    private int next;
    private long rounds;

    /** Allocates, uploads, verifies. */
    @Setup(Level.Trial)
    public void setUp() throws IOException {
        endWithParent();
        ForkEnvironment environment = ForkEnvironment.current();
        word = new ForkWord(environment.files());
        Cell cell = PlanFile.find(environment.plan(), caseId);
        measured = word.during(() -> new MeasuredCase(
                cell, Devices.open(environment.backend()), new Expectations(environment.expectations())));
        launches = measured.launches();
    }

    /** A fork whose run was killed would measure for nobody, and disturb the run that goes on. */
    private static void endWithParent() {
        ProcessHandle.current()
                .parent()
                .ifPresent(parent ->
                        parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
    }

    /** Launches on the next set of buffers; allocates nothing. */
    protected final void launchNext() {
        launches[next].launch();
        if (++next == launches.length) {
            next = 0;
            rounds++;
        }
    }

    /** Verifies what was timed. */
    @TearDown(Level.Trial)
    public void tearDown() {
        if (measured != null) {
            word.write(word.during(() -> measured.verdict(rounds * launches.length + next)));
            measured.close();
        }
    }
}
