package dev.ridgepoint.device.conformance;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cuda.CudaDevice;
import dev.ridgepoint.device.cuda.GpuTelemetry;
import dev.ridgepoint.device.cuda.jni.Nvml;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a set of goldens comes from.
 *
 * @param format of the files beside it
 * @param device its own name
 * @param arch {@code sm_90a}
 * @param emulated whether the device was the emulated driver; such a set says nothing of hardware
 * @param cuda the CUDA version the driver serves
 * @param recorded when, in UTC
 * @param ridgepoint version and commit of what recorded it
 * @param stack driver, binding and their builds
 */
@JsonPropertyOrder({"format", "device", "arch", "emulated", "cuda", "recorded", "ridgepoint", "stack"})
public record Origin(
        int format,
        String device,
        String arch,
        boolean emulated,
        String cuda,
        String recorded,
        String ridgepoint,
        Map<String, String> stack) {
    public static final int FORMAT = 1;

    /** What can be said of an open device now. */
    public static Origin of(CudaDevice device, String ridgepoint) {
        Map<String, String> stack = new TreeMap<>(device.stack());
        boolean emulated = "emulated".equals(device.driver());
        if (!emulated) {
            stack.put("driver version", driverVersion());
        }
        return new Origin(
                FORMAT,
                device.traits().name(),
                device.traits().arch(),
                emulated,
                stack.getOrDefault("CUDA of the driver", "unknown"),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                ridgepoint,
                stack);
    }

    private static String driverVersion() {
        try {
            return Nvml.open(GpuTelemetry.LIBRARY).driverVersion();
        } catch (DeviceException e) {
            return "unknown: " + e.getMessage();
        }
    }

    /** {@code NVIDIA H100 80GB HBM3, sm_90a, CUDA 13.0, 2026-11-22T01:02:03Z}. */
    public String describe() {
        return device + ", " + arch + ", CUDA " + cuda + ", " + recorded;
    }
}
