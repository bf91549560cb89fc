package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cuda.driver.Driver;
import dev.ridgepoint.device.cuda.driver.DriverDevice;
import dev.ridgepoint.device.cuda.jni.JniDriver;
import dev.ridgepoint.device.cuda.jni.Nvml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The CUDA devices of this machine and what lies around them, as far as can be seen without starting anything on one.
 *
 * @param driverVersion NVIDIA's version of the driver, or why nobody tells
 * @param cudaVersion the newest CUDA it serves
 * @param devices in the driver's order
 * @param telemetry why the devices tell nothing of themselves; empty where they do
 */
public record CudaSurvey(String driverVersion, String cudaVersion, List<Gpu> devices, Optional<String> telemetry) {

    /**
     * A device.
     *
     * @param index by which {@code --device} may ask for it
     * @param facts further facts by name, with units
     * @param occupants who computes on it, {@code pid 4242 (python3)}
     */
    public record Gpu(
            int index,
            String name,
            String uuid,
            String arch,
            long memoryBytes,
            Map<String, String> facts,
            List<String> occupants) {}

    /**
     * Looks at the devices of the system's driver.
     *
     * @throws DeviceException in one line, if there is no driver
     */
    public static CudaSurvey ofSystem() {
        DriverLibrary library = DriverLibrary.choose();
        library.prepare();
        return of(JniDriver.open(library.path()), GpuTelemetry.LIBRARY);
    }

    static CudaSurvey of(Driver driver, String nvmlLibrary) {
        Optional<Nvml> nvml = Optional.empty();
        Optional<String> noTelemetry = Optional.empty();
        try {
            nvml = Optional.of(Nvml.open(nvmlLibrary));
        } catch (DeviceException missing) {
            noTelemetry = Optional.of(missing.getMessage());
        }
        List<Gpu> devices = new ArrayList<>();
        for (int i = 0; i < driver.deviceCount(); i++) {
            devices.add(gpu(driver.device(i), nvml, Occupants.byNvml(nvmlLibrary)));
        }
        return new CudaSurvey(
                nvml.map(Nvml::driverVersion).orElse("unknown"),
                CudaProvider.version(driver),
                List.copyOf(devices),
                noTelemetry);
    }

    private static Gpu gpu(DriverDevice device, Optional<Nvml> nvml, Occupants occupants) {
        Map<String, String> facts = new LinkedHashMap<>();
        nvml.ifPresent(library -> facts.putAll(facts(library, device.uuid())));
        return new Gpu(
                device.index(),
                device.name(),
                device.uuid(),
                CudaTraits.of(device).arch(),
                device.memoryBytes(),
                facts,
                occupants.of(device));
    }

    /**
     * What a device says of itself at this moment, as {@link Gpu#facts}.
     *
     * @throws DeviceException in one line, if nobody tells
     */
    public static Map<String, String> facts(String uuid) {
        return facts(Nvml.open(GpuTelemetry.LIBRARY), uuid);
    }

    /** What tells devices of one kind apart, and where its clocks and power are. */
    private static Map<String, String> facts(Nvml nvml, String uuid) {
        Map<String, String> facts = new LinkedHashMap<>(nvml.gpu(uuid).state());
        facts.putAll(nvml.gpu(uuid).moment());
        try (GpuTelemetry telemetry = GpuTelemetry.of(nvml, uuid)) {
            telemetry.read();
            telemetry.get(GpuTelemetry.Field.SM_CLOCK_MHZ).ifPresent(mhz -> facts.put("sm clock", mhz + " MHz"));
            telemetry
                    .get(GpuTelemetry.Field.MEMORY_CLOCK_MHZ)
                    .ifPresent(mhz -> facts.put("memory clock", mhz + " MHz"));
            telemetry
                    .get(GpuTelemetry.Field.TEMPERATURE_C)
                    .ifPresent(celsius -> facts.put("temperature", celsius + " C"));
            telemetry.get(GpuTelemetry.Field.POWER_MW).ifPresent(mw -> facts.put("power", mw / 1000 + " W"));
            if (!telemetry.clockReasons().isEmpty()) {
                facts.put("clocks held by", String.join(" and ", telemetry.clockReasons()));
            }
        }
        return facts;
    }
}
