package dev.ridgepoint.device.cuda.jcuda;

import dev.ridgepoint.device.cuda.driver.DriverGraph;
import dev.ridgepoint.device.cuda.driver.DriverStream;
import jcuda.driver.CUgraphExec;
import jcuda.driver.JCudaDriver;

record JcudaGraph(CUgraphExec handle) implements DriverGraph {
    @Override
    public void launch(DriverStream stream) {
        JcudaCalls.check("cuGraphLaunch", JCudaDriver.cuGraphLaunch(handle, ((JcudaStream) stream).handle()));
    }

    @Override
    public void close() {
        JcudaCalls.check("cuGraphExecDestroy", JCudaDriver.cuGraphExecDestroy(handle));
    }
}
