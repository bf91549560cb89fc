package dev.ridgepoint.device.cuda.jni;

import dev.ridgepoint.device.cuda.driver.DriverGraph;
import dev.ridgepoint.device.cuda.driver.DriverStream;

/** A graph that is ready to launch. */
public record JniGraph(long handle) implements DriverGraph {
    @Override
    public void launch(DriverStream stream) {
        Calls.check("cuGraphLaunch", NativeCuda.graph_launch(handle, ((JniStream) stream).handle()));
    }

    /** Nanoseconds of so many launches from C++. */
    public long time(DriverStream stream, long times) {
        long nanos = NativeCuda.time_graph_launches(handle, ((JniStream) stream).handle(), times);
        if (nanos < 0) {
            Calls.fail("cuGraphLaunch", (int) -nanos, "");
        }
        return nanos;
    }

    @Override
    public void close() {
        Calls.check("cuGraphExecDestroy", NativeCuda.graph_destroy(handle));
    }
}
