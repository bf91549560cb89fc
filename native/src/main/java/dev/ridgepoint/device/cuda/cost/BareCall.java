package dev.ridgepoint.device.cuda.cost;

import dev.ridgepoint.device.cuda.driver.DriverContext;
import dev.ridgepoint.device.cuda.driver.DriverGraph;
import dev.ridgepoint.device.cuda.driver.DriverModule;
import dev.ridgepoint.device.cuda.driver.DriverStream;
import dev.ridgepoint.device.cuda.driver.ParameterBlock;
import dev.ridgepoint.device.cuda.jni.JniDriver;
import dev.ridgepoint.device.cuda.jni.JniGraph;
import dev.ridgepoint.device.cuda.jni.JniLaunch;
import dev.ridgepoint.kernels.cuda.KernelLaunch;

/** A kernel launched by a loop in C++, which knows nothing but the driver's function. */
final class BareCall implements AutoCloseable {
    private final DriverContext context;
    private final DriverModule module;
    private final DriverStream stream;
    private final ParameterBlock parameters;
    private final JniLaunch launch;
    private final DriverGraph graph;

    /** Binds a kernel on the driver's first device. */
    BareCall(String driver, byte[] fatbin, KernelLaunch what, int nodes) {
        context = JniDriver.open(driver).device(0).open();
        module = context.load(fatbin);
        stream = context.createStream();
        parameters = ParameterBlock.pack(what.arguments(), name -> 0);
        launch = (JniLaunch) module.function(what.entry()).prepare(what.geometry(), parameters, stream);
        stream.beginCapture();
        for (int i = 0; i < nodes; i++) {
            launch.launch();
        }
        graph = stream.endCapture();
    }

    /** Launches one after the other, and one wait. */
    long batched(int launches) {
        long nanos = launch.time(launches, false);
        stream.synchronize();
        return nanos;
    }

    /** A wait after each launch. */
    long synchronised(int launches) {
        return launch.time(launches, true);
    }

    /** Launches of the graph, and one wait. */
    long graph(int launches) {
        long nanos = ((JniGraph) graph).time(stream, launches);
        stream.synchronize();
        return nanos;
    }

    @Override
    public void close() {
        graph.close();
        launch.close();
        parameters.close();
        stream.close();
        module.close();
        context.close();
    }
}
