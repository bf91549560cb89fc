package dev.ridgepoint.device.cuda.jni;

import dev.ridgepoint.device.cuda.driver.DriverFunction;
import dev.ridgepoint.device.cuda.driver.DriverLaunch;
import dev.ridgepoint.device.cuda.driver.DriverStream;
import dev.ridgepoint.device.cuda.driver.FunctionAttribute;
import dev.ridgepoint.device.cuda.driver.ParameterBlock;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;

record JniFunction(long handle) implements DriverFunction {
    @Override
    public int attribute(FunctionAttribute attribute) {
        return (int) Calls.value("cuFuncGetAttribute", out -> NativeCuda.function_get(handle, attribute.number(), out));
    }

    @Override
    public void setAttribute(FunctionAttribute attribute, int value) {
        Calls.check("cuFuncSetAttribute", NativeCuda.function_set(handle, attribute.number(), value));
    }

    @Override
    public DriverLaunch prepare(Geometry geometry, ParameterBlock parameters, DriverStream stream) {
        Dim3 grid = geometry.grid();
        Dim3 block = geometry.block();
        Dim3 cluster = geometry.cluster();
        int[] extents = {
            grid.x(), grid.y(), grid.z(), block.x(), block.y(), block.z(), cluster.x(), cluster.y(), cluster.z()
        };
        return new JniLaunch(NativeCuda.launch_prepare(
                handle,
                extents,
                geometry.sharedBytes(),
                geometry.cooperative(),
                ((JniStream) stream).handle(),
                parameters.address()));
    }
}
