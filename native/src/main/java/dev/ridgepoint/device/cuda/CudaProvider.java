package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceProvider;
import dev.ridgepoint.device.cuda.driver.Driver;
import dev.ridgepoint.device.cuda.driver.DriverDevice;
import dev.ridgepoint.device.cuda.jcuda.JcudaDriver;
import dev.ridgepoint.device.cuda.jni.JniDriver;
import dev.ridgepoint.kernels.cuda.adopt.AdoptedKernel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Opens a CUDA device through one of the bindings. */
public abstract class CudaProvider implements DeviceProvider {
    private final String backend;
    private final Function<String, Driver> binding;

    private CudaProvider(String backend, Function<String, Driver> binding) {
        this.backend = backend;
        this.binding = binding;
    }

    /** Through JCuda. */
    public static final class Jcuda extends CudaProvider {
        public Jcuda() {
            super("jcuda", JcudaDriver::open);
        }
    }

    /** Through our JNI. */
    public static final class Jni extends CudaProvider {
        public Jni() {
            super("jni", JniDriver::open);
        }
    }

    @Override
    public String backend() {
        return backend;
    }

    @Override
    public Device open() {
        List<AdoptedKernel> adopted = adopted();
        DriverLibrary library = DriverLibrary.choose();
        library.prepare();
        Driver driver = binding.apply(library.path());
        Occupants occupants = library.emulated() ? Occupants.none() : Occupants.byNvml(GpuTelemetry.LIBRARY);
        DriverDevice device = DeviceChoice.ofProperties().among(driver, occupants);
        library.checkDevice(device.name());
        Map<String, String> stack = stack(driver, device, library);
        Tuned tuned = Tuned.ofProperties(device);
        stack.put("kernel configs", tuned.by());
        if (occupants.unknown() != null) {
            stack.put("other users of the device", "unknown: " + occupants.unknown());
        }
        return new CudaDevice(library, driver, device, stack, tuned.kernels(), adopted);
    }

    private static List<AdoptedKernel> adopted() {
        String descriptor = System.getProperty(CudaProperties.ADOPTED);
        return descriptor == null ? List.of() : List.of(AdoptedKernel.load(Path.of(descriptor)));
    }

    /** The newest CUDA a driver serves: {@code 13.0}. */
    static String version(Driver driver) {
        return driver.version() / 1000 + "." + driver.version() % 1000 / 10;
    }

    private static Map<String, String> stack(Driver driver, DriverDevice device, DriverLibrary library) {
        Map<String, String> stack = new LinkedHashMap<>();
        stack.put("driver", library.kind());
        stack.put("CUDA of the driver", version(driver));
        stack.put("device memory", device.memoryBytes() + " bytes");
        stack.putAll(driver.stack());
        return stack;
    }
}
