package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cuda.driver.DriverContext;
import dev.ridgepoint.device.cuda.driver.DriverFunction;
import dev.ridgepoint.device.cuda.driver.DriverModule;
import dev.ridgepoint.device.cuda.driver.ParameterBlock;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.cubin.Cubin;
import dev.ridgepoint.kernels.cuda.cubin.CubinEntry;
import dev.ridgepoint.kernels.cuda.cubin.CubinEntry.Parameter;
import dev.ridgepoint.kernels.cuda.cubin.Fatbin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The compiled code of one kernel, loaded, with what the compiler says its entry points take. */
final class CudaModule implements AutoCloseable {
    private final String id;
    private final DriverModule module;
    /** By symbol; null where the code says nothing of itself. */
    private final Map<String, CubinEntry> compiled;

    private final Map<String, DriverFunction> functions = new HashMap<>();

    private CudaModule(String id, DriverModule module, Map<String, CubinEntry> compiled) {
        this.id = id;
        this.module = module;
        this.compiled = compiled;
    }

    static CudaModule load(DriverContext context, String id, byte[] fatbin) {
        Map<String, CubinEntry> compiled =
                Cubin.parse(Fatbin.parse(fatbin).cubins().get(0).content()).entries();
        return new CudaModule(id, context.load(fatbin), compiled);
    }

    /** Code whose parameters only the driver knows, such as PTX text that ends in a zero. */
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
        CubinEntry entry = compiled.get(launch.entry());
        if (entry == null) {
            throw new DeviceException(id + ": the compiled code has no kernel " + launch.entry());
        }
        List<Parameter> parameters = entry.parameters();
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
