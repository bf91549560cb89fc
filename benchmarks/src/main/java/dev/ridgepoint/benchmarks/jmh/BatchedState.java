package dev.ridgepoint.benchmarks.jmh;

/** Times many launches and one wait; JMH is told how many, and divides. */
public abstract class BatchedState extends CudaState {
    /** Launches a batch and waits for its end. */
    protected final void launchBatch() {
        for (int i = 0; i < launchesOfACall(); i++) {
            launchNext();
        }
        synchronize();
    }
}
