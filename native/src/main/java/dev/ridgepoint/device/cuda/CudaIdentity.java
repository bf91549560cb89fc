package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cuda.driver.DriverDevice;
import dev.ridgepoint.device.cuda.jni.Nvml;
import java.util.Map;
import java.util.Optional;

/**
 * Which device it is, and what it says of itself outside of CUDA.
 *
 * @param index of the driver's order
 * @param uuid as NVIDIA's tools print it
 * @param emulated whether a driver plays it, so that NVML knows nothing of it
 */
record CudaIdentity(int index, String uuid, long memoryBytes, boolean emulated) {
    static CudaIdentity of(DriverDevice device, boolean emulated) {
        return new CudaIdentity(device.index(), device.uuid(), device.memoryBytes(), emulated);
    }

    /** Its state by name; empty where nobody tells. */
    Map<String, String> properties() {
        if (emulated) {
            return Map.of();
        }
        try {
            return Nvml.open(GpuTelemetry.LIBRARY).gpu(uuid).state();
        } catch (DeviceException nobodyTells) {
            return Map.of();
        }
    }

    /** What it says while it works; empty where nobody tells. */
    Optional<GpuTelemetry> telemetry() {
        try {
            return emulated ? Optional.empty() : Optional.of(GpuTelemetry.of(uuid));
        } catch (DeviceException nobodyTells) {
            return Optional.empty();
        }
    }
}
