package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.benchmarks.counts.LaunchCounts;
import dev.ridgepoint.device.LaunchCounters;
import dev.ridgepoint.device.PreparedLaunch;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/** One call on a device that only plays one, for what its launches do; the time JMH takes of it is thrown away. */
@BenchmarkMode(Mode.SingleShotTime)
public class SimulatedCall extends CaseState {
    private LaunchCounters counters;
    private PreparedLaunch launch;
    private List<String> counted;

    @Override
    protected void ready(MeasuredCase verified) {
        counters = verified.device()
                .counters()
                .orElseThrow(() -> new IllegalStateException(
                        verified.device().traits().name() + " plays no device: it has times, and no counters"));
        launch = verified.launches()[0];
    }

    /** One launch. */
    @Benchmark
    public void call() {
        during(() -> counted = counters.during(launch::launch));
    }

    @Override
    protected ForkVerdict verdict(MeasuredCase called) {
        return called.verdict(1).simulated(LaunchCounts.write(LaunchCounts.sum(counted)));
    }
}
