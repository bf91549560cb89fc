package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.cuda.driver.DriverGraph;
import dev.ridgepoint.device.cuda.driver.DriverStream;

/** Recorded launches, started as one. What they were made of must stay open. */
public final class GraphLaunch implements PreparedLaunch {
    private final DriverStream stream;
    private DriverGraph graph;

    private GraphLaunch(DriverStream stream, DriverGraph graph) {
        this.stream = stream;
        this.graph = graph;
    }

    static GraphLaunch record(DriverStream stream, Runnable work) {
        stream.beginCapture();
        try {
            work.run();
        } catch (RuntimeException e) {
            abandon(stream, e);
            throw e;
        }
        return new GraphLaunch(stream, stream.endCapture());
    }

    /** A stream that is left recording would record whatever comes next. */
    private static void abandon(DriverStream stream, RuntimeException cause) {
        try {
            stream.endCapture().close();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** The graph under it. */
    public DriverGraph graph() {
        return graph;
    }

    @Override
    public void launch() {
        if (graph == null) {
            throw new DeviceException("the graph is closed");
        }
        graph.launch(stream);
    }

    @Override
    public void synchronize() {
        stream.synchronize();
    }

    @Override
    public String implementation() {
        return "graph";
    }

    @Override
    public void close() {
        if (graph != null) {
            graph.close();
            graph = null;
        }
    }
}
