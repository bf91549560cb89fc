package dev.ridgepoint.device.cuda.driver;

import dev.ridgepoint.kernels.cuda.Geometry;

/** A kernel of a loaded module. */
public interface DriverFunction {
    int attribute(FunctionAttribute attribute);

    void setAttribute(FunctionAttribute attribute, int value);

    /**
     * Puts a launch together.
     *
     * @param parameters must stay open as long as the launch
     */
    DriverLaunch prepare(Geometry geometry, ParameterBlock parameters, DriverStream stream);
}
