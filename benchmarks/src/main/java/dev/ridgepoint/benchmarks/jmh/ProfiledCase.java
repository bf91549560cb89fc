package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.benchmarks.gate.Expectations;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.plan.PlanFile;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.cuda.jni.Nvtx;
import java.io.IOException;
import java.nio.file.Path;

/** A process that verifies a case, launches it once within a range that a profiler is told to look at, and verifies it again. */
public final class ProfiledCase {
    /** The range of the one launch. */
    public static final String RANGE = "profiled";

    private ProfiledCase() {}

    /** With the plan, the folder for expectations, the backend and the case. */
    @SuppressWarnings("try") // ranges are begun and ended, not used
    public static void main(String[] args) throws IOException {
        Cell cell = PlanFile.find(Path.of(args[0]), args[3]);
        Expectations expectations = new Expectations(Path.of(args[1]));
        expectations.prepare(cell);
        try (Nvtx.Range all = Nvtx.range(cell.id());
                MeasuredCase verified = new MeasuredCase(cell, Devices.open(args[2]), expectations)) {
            PreparedLaunch launch = verified.launches()[0];
            try (Nvtx.Range one = Nvtx.range(RANGE)) {
                launch.launch();
                launch.synchronize();
            }
            verified.verdict(1);
        }
    }
}
