package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.device.PreparedLaunch;

/** A case that is timed. Calls take the sets of buffers in turn. */
public abstract class TimedState extends CaseState {
    private final PlantedSlowdown planted = PlantedSlowdown.ofThisFork();
    private PreparedLaunch[] launches;
    private int next;
    private long launched;

    @Override
    protected void ready(MeasuredCase verified) {
        if (verified.device().counters().isPresent()) {
            throw new IllegalStateException(
                    verified.device().traits().name() + " only plays a device: what it runs has no time");
        }
        launches = planted.isThere() ? slowed(planted, verified.launches()) : verified.launches();
    }

    /** Launches that take longer, as a calibration planted it. */
    abstract PreparedLaunch[] slowed(PlantedSlowdown slowdown, PreparedLaunch[] plain);

    /** The launches to rotate through. */
    final PreparedLaunch[] launches() {
        return launches;
    }

    /** How many calls of so many launches it takes for all that one does to have come. */
    final int callsOfARound(int launchesOfACall) {
        return planted.rounds(launchesOfACall, (launches.length - 1) / launchesOfACall + 1);
    }

    /** Launches on the next set of buffers; allocates nothing. */
    protected final void launchNext() {
        launches[next].launch();
        next = next + 1 == launches.length ? 0 : next + 1;
        launched++;
    }

    /** Counts launches that were made on the sets in turn in another way. */
    final void countLaunches(int count) {
        launched += count;
    }

    /** Waits until all launches have finished. */
    final void synchronize() {
        launches[0].synchronize();
    }

    @Override
    protected ForkVerdict verdict(MeasuredCase called) {
        ForkVerdict verdict = called.verdict(launched);
        return planted.isThere() ? verdict.withImplementation(planted.label(verdict.implementation())) : verdict;
    }
}
