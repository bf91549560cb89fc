package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.cuda.driver.DriverFunction;
import dev.ridgepoint.device.cuda.driver.DriverLaunch;
import dev.ridgepoint.device.cuda.driver.FunctionAttribute;
import dev.ridgepoint.device.cuda.driver.ParameterBlock;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a kernel's plan into a launch: scratch allocated, parameters packed, entry points found. */
final class LaunchAssembly {
    /** A kernel has this much dynamic shared memory without asking. */
    private static final int FREE_SHARED_BYTES = 48 << 10;

    private final CudaDevice device;
    private final Map<String, CudaBuffer> buffers = new LinkedHashMap<>();
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    LaunchAssembly(CudaDevice device, Map<String, ? extends DeviceBuffer> given) {
        this.device = device;
        given.forEach((name, buffer) -> buffers.put(name, checked(name, buffer)));
    }

    private CudaBuffer checked(String name, DeviceBuffer buffer) {
        if (!(buffer instanceof CudaBuffer ours) || !ours.belongsTo(device)) {
            throw new DeviceException(name + ": the buffer belongs to another device");
        }
        ours.requireOpen();
        return ours;
    }

    /** The same, for a module that serves this launch alone. */
    PreparedLaunch assembleOwning(CudaModule module, LaunchPlan plan) {
        return assemble(own(module), plan);
    }

    PreparedLaunch assemble(CudaModule module, LaunchPlan plan) {
        try {
            plan.scratch().forEach((name, bytes) -> buffers.put(name, own(device.scratch(bytes))));
            List<DriverLaunch> launches = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (KernelLaunch launch : plan.launches()) {
                DriverFunction function = module.function(launch);
                launches.add(own(prepare(function, launch)));
                names.add(launch.entry() + " (sm_" + function.attribute(FunctionAttribute.BINARY_VERSION) + ")");
            }
            return new CudaLaunch(
                    launches,
                    List.copyOf(buffers.values()),
                    device.stream(),
                    String.join(" + ", names) + ": " + plan.config(),
                    this::giveBack);
        } catch (RuntimeException e) {
            giveBack();
            throw e;
        }
    }

    private DriverLaunch prepare(DriverFunction function, KernelLaunch launch) {
        int shared = launch.geometry().sharedBytes();
        if (shared > FREE_SHARED_BYTES) {
            function.setAttribute(FunctionAttribute.MAX_DYNAMIC_SHARED_BYTES, shared);
        }
        ParameterBlock parameters = own(ParameterBlock.pack(launch.arguments(), this::address));
        return function.prepare(launch.geometry(), parameters, device.stream());
    }

    private long address(String name) {
        CudaBuffer buffer = buffers.get(name);
        if (buffer == null) {
            throw new DeviceException(name + ": the kernel takes this buffer, and it is missing");
        }
        return buffer.address();
    }

    private <T extends AutoCloseable> T own(T resource) {
        owned.push(resource);
        return resource;
    }

    private void giveBack() {
        while (!owned.isEmpty()) {
            CudaDevice.close(owned.pop());
        }
    }
}
