package dev.ridgepoint.benchmarks.plan;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.cuda.CudaProperties;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What runs kernels, so exactly that every process of a run opens the same device.
 *
 * @param backend {@code cpu}, {@code jcuda} or {@code jni}
 * @param driver {@code system} or {@code emulated}, null where the backend needs no driver
 * @param emulator file of the emulated driver, null for the one that comes with us
 * @param emulatedArch what the emulated driver plays, null for its own choice
 * @param device how the driver's device is asked for, null for any that is idle
 * @param adopted descriptor of a kernel from outside, null for none
 * @param tuning record of a tuning run that chooses configs, null for the kernels' own rules
 */
public record Target(
        String backend,
        String driver,
        String emulator,
        String emulatedArch,
        String device,
        String adopted,
        String tuning) {
    private static final String EMULATED = "emulated";

    /** A backend without a driver. */
    public static Target of(String backend) {
        return new Target(backend, null, null, null, null, null, null);
    }

    /** The same with exactly the device that was opened. */
    public Target on(Device opened) {
        return new Target(backend, opened.driver(), emulator, emulatedArch, opened.selector(), adopted, tuning);
    }

    /** Whether kernels are only played: they are counted then, and never timed. */
    public boolean simulated() {
        return EMULATED.equals(driver);
    }

    /** Whether kernels run behind a driver, apart from the host. */
    public boolean cuda() {
        return driver != null;
    }

    /** What a process must find among its system properties. */
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        put(properties, CudaProperties.DRIVER, driver);
        put(properties, CudaProperties.EMULATOR, emulator);
        put(properties, CudaProperties.EMULATED_ARCH, emulatedArch);
        put(properties, CudaProperties.DEVICE, device);
        put(properties, CudaProperties.ADOPTED, adopted);
        put(properties, CudaProperties.TUNING, tuning);
        return properties;
    }

    private static void put(Map<String, String> properties, String name, String value) {
        if (value != null) {
            properties.put(name, value);
        }
    }

    /** The same as flags of a JVM. */
    public List<String> jvmFlags() {
        List<String> flags = new ArrayList<>();
        properties().forEach((name, value) -> flags.add("-D" + name + "=" + value));
        return flags;
    }
}
