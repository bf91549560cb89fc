package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.cuda.driver.VendorLibrary;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.Map;

/** NVIDIA's own product of a problem's operands: the baseline of every product of ours. */
final class VendorProduct implements PreparedLaunch {
    /** What NVIDIA recommends for its newest devices. */
    private static final long WORKSPACE = 32L << 20;

    private final CudaDevice device;
    private final VendorLibrary.Product product;
    private boolean closed;

    private VendorProduct(CudaDevice device, VendorLibrary.Product product) {
        this.device = device;
        this.product = product;
        if (product.workspaceBytes() > 0) {
            product.useWorkspace(device.vendorWorkspace(WORKSPACE).address());
        }
    }

    static VendorProduct of(
            CudaDevice device, VendorLibrary library, GemmProblem problem, Map<String, DeviceBuffer> buffers) {
        VendorLibrary.Operands operands = new VendorLibrary.Operands(
                address(buffers, "a"),
                address(buffers, "b"),
                address(buffers, "c"),
                addressOrNone(buffers, "aScales"),
                addressOrNone(buffers, "bScales"));
        return new VendorProduct(
                device, library.prepare(problem.shape(), problem.precision(), operands, WORKSPACE, device.stream()));
    }

    private static long address(Map<String, DeviceBuffer> buffers, String name) {
        if (!buffers.containsKey(name)) {
            throw new DeviceException(name + ": missing");
        }
        return buffers.get(name).address();
    }

    private static long addressOrNone(Map<String, DeviceBuffer> buffers, String name) {
        return buffers.containsKey(name) ? buffers.get(name).address() : 0;
    }

    @Override
    public void launch() {
        if (closed) {
            throw new DeviceException("the launch is closed");
        }
        product.run();
    }

    @Override
    public void synchronize() {
        device.stream().synchronize();
    }

    @Override
    public String implementation() {
        return product.algorithm();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            product.close();
        }
    }
}
