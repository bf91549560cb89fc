package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.device.cuda.GraphLaunch;

/** Times replays of recorded launches, and one wait each; JMH is told how many launches one holds, and divides. */
public abstract class GraphReplayState extends CudaState {
    private GraphLaunch[] graphs;
    private int next;

    /** Records as many graphs as it takes for everything to come once; each goes on where the last ended. */
    @Override
    protected final void ready(MeasuredCase verified) {
        super.ready(verified);
        int sets = launches().length;
        graphs = new GraphLaunch[callsOfARound(launchesOfACall())];
        for (int i = 0; i < graphs.length; i++) {
            int first = i * launchesOfACall();
            graphs[i] = device().record(() -> {
                for (int node = 0; node < launchesOfACall(); node++) {
                    launches()[(first + node) % sets].launch();
                }
            });
        }
    }

    /** Replays the next graph and waits. */
    protected final void replayNext() {
        graphs[next].launch();
        next = next + 1 == graphs.length ? 0 : next + 1;
        synchronize();
        countLaunches(launchesOfACall());
    }

    @Override
    protected final void close() {
        for (GraphLaunch graph : graphs) {
            graph.close();
        }
    }
}
