package dev.ridgepoint.device.cuda.jcuda;

import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cuda.driver.DriverFunction;
import dev.ridgepoint.device.cuda.driver.DriverLaunch;
import dev.ridgepoint.device.cuda.driver.DriverStream;
import dev.ridgepoint.device.cuda.driver.FunctionAttribute;
import dev.ridgepoint.device.cuda.driver.ParameterBlock;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import jcuda.Pointer;
import jcuda.driver.CUfunction;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;

record JcudaFunction(CUfunction handle) implements DriverFunction {
    @Override
    public int attribute(FunctionAttribute attribute) {
        int[] value = new int[1];
        JcudaCalls.check("cuFuncGetAttribute", JCudaDriver.cuFuncGetAttribute(value, attribute.number(), handle));
        return value[0];
    }

    @Override
    public void setAttribute(FunctionAttribute attribute, int value) {
        JcudaCalls.check("cuFuncSetAttribute", JCudaDriver.cuFuncSetAttribute(handle, attribute.number(), value));
    }

    @Override
    public DriverLaunch prepare(Geometry geometry, ParameterBlock parameters, DriverStream stream) {
        if (!geometry.cluster().equals(Dim3.ONE)) {
            throw new UnsupportedKernelException("launched in clusters, which JCuda does not bind: use --backend jni");
        }
        Pointer pointers = parameters.count() == 0 ? null : new Address(parameters.address());
        CUstream onto = ((JcudaStream) stream).handle();
        return geometry.cooperative()
                ? () -> JcudaCalls.check("cuLaunchCooperativeKernel", cooperative(geometry, pointers, onto))
                : () -> JcudaCalls.check("cuLaunchKernel", ordinary(geometry, pointers, onto));
    }

    private int ordinary(Geometry g, Pointer pointers, CUstream stream) {
        Dim3 grid = g.grid();
        Dim3 block = g.block();
        return JCudaDriver.cuLaunchKernel(
                handle,
                grid.x(),
                grid.y(),
                grid.z(),
                block.x(),
                block.y(),
                block.z(),
                g.sharedBytes(),
                stream,
                pointers,
                null);
    }

    private int cooperative(Geometry g, Pointer pointers, CUstream stream) {
        Dim3 grid = g.grid();
        Dim3 block = g.block();
        return JCudaDriver.cuLaunchCooperativeKernel(
                handle,
                grid.x(),
                grid.y(),
                grid.z(),
                block.x(),
                block.y(),
                block.z(),
                g.sharedBytes(),
                stream,
                pointers);
    }
}
