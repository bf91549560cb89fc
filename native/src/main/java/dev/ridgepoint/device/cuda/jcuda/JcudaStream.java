package dev.ridgepoint.device.cuda.jcuda;

import dev.ridgepoint.device.cuda.driver.DriverGraph;
import dev.ridgepoint.device.cuda.driver.DriverStream;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUstream;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.JCudaDriver;

record JcudaStream(CUstream handle) implements DriverStream {
    @Override
    public void synchronize() {
        JcudaCalls.check("cuStreamSynchronize", JCudaDriver.cuStreamSynchronize(handle));
    }

    @Override
    public void beginCapture() {
        JcudaCalls.check(
                "cuStreamBeginCapture",
                JCudaDriver.cuStreamBeginCapture(handle, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL));
    }

    @Override
    public DriverGraph endCapture() {
        CUgraph captured = new CUgraph();
        JcudaCalls.check("cuStreamEndCapture", JCudaDriver.cuStreamEndCapture(handle, captured));
        CUgraphExec ready = new CUgraphExec();
        int result = JCudaDriver.cuGraphInstantiate(ready, captured, 0);
        JCudaDriver.cuGraphDestroy(captured);
        JcudaCalls.check("cuGraphInstantiate", result);
        return new JcudaGraph(ready);
    }

    @Override
    public void close() {
        JcudaCalls.check("cuStreamDestroy", JCudaDriver.cuStreamDestroy(handle));
    }
}
