package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cuda.driver.DriverContext;
import dev.ridgepoint.kernels.cuda.CudaKernel;
import java.util.HashMap;
import java.util.Map;

/** The code of our kernels in one context, loaded when first asked for and kept. */
final class CudaModules {
    private final DriverContext context;
    private final Map<String, CudaModule> loaded = new HashMap<>();

    CudaModules(DriverContext context) {
        this.context = context;
    }

    /**
     * The code of a kernel.
     *
     * @throws UnsupportedKernelException if the build has none of it
     */
    CudaModule of(CudaKernel kernel) {
        return loaded.computeIfAbsent(kernel.id(), id -> {
            byte[] image = kernel.image()
                    .orElseThrow(() -> new UnsupportedKernelException(
                            "built without nvcc: install the CUDA toolkit and build again to have the CUDA kernels"));
            return CudaModule.load(context, id, image);
        });
    }

    void close() {
        loaded.values().forEach(CudaDevice::close);
    }
}
