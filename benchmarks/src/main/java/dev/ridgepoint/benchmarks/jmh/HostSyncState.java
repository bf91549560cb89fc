package dev.ridgepoint.benchmarks.jmh;

/** Times a launch and the wait for it: what a caller sees. */
public abstract class HostSyncState extends CudaState {
    /** Launches on the next set of buffers and waits. */
    protected final void launchAndWait() {
        launchNext();
        synchronize();
    }
}
