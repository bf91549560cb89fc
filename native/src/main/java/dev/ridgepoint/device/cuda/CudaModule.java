package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cuda.driver.DriverContext;
import dev.ridgepoint.device.cuda.driver.DriverFunction;
import dev.ridgepoint.device.cuda.driver.DriverModule;
import dev.ridgepoint.device.cuda.driver.ParameterBlock;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.cubin.CodeImage;
import dev.ridgepoint.kernels.cuda.cubin.CubinEntry.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The compiled code of one kernel, loaded, with what the compiler says its entry points take. */
final class CudaModule implements AutoCloseable {
    private final String id;
    private final DriverModule module;
    /** By symbol; null where the code says nothing of itself. */
    private final Map<String, List<Parameter>> compiled;

    private final Map<String, DriverFunction> functions = new HashMap<>();

    private CudaModule(String id, DriverModule module, Map<String, List<Parameter>> compiled) {
        this.id = id;
        this.module = module;
        this.compiled = compiled;
    }

    static CudaModule load(DriverContext context, String id, byte[] image) {
        Map<String, List<Parameter>> compiled = CodeImage.parse(image).entries();
        return new CudaModule(id, context.load(image), compiled);
    }

    /** Code that is loaded as it is, and whose parameters are taken on trust. */
    static CudaModule unchecked(DriverContext context, String id, byte[] image) {
        return new CudaModule(id, context.load(image), null);
    }

    /**
     * The entry point of a launch.
     *
     * @throws DeviceException if the launch's arguments are not what the entry point takes
     */
    DriverFunction function(KernelLaunch launch) {
        if (compiled != null) {
            check(launch);
        }
        return functions.computeIfAbsent(launch.entry(), module::function);
    }

    private void check(KernelLaunch launch) {
        List<Parameter> parameters = compiled.get(launch.entry());
        if (parameters == null) {
            throw new DeviceException(id + ": the compiled code has no kernel " + launch.entry());
        }
        int[] offsets = ParameterBlock.offsets(launch.arguments());
        if (parameters.size() != launch.arguments().size()) {
            throw new DeviceException(id + ": " + launch.entry() + " takes " + parameters.size()
                    + " parameters, and the launch brings " + launch.arguments().size());
        }
        for (int i = 0; i < parameters.size(); i++) {
            Parameter taken = parameters.get(i);
            int brought = launch.arguments().get(i).bytes();
            if (taken.bytes() != brought || taken.offset() != offsets[i]) {
                throw new DeviceException(id + ": parameter " + i + " of " + launch.entry() + " has " + taken.bytes()
                        + " bytes at " + taken.offset() + ", and the launch brings " + brought + " bytes at "
                        + offsets[i]);
            }
        }
    }

    @Override
    public void close() {
        module.close();
    }
}
