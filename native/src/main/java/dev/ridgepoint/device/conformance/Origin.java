package dev.ridgepoint.device.conformance;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;

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

    /** {@code NVIDIA H100 80GB HBM3, sm_90a, CUDA 13.0, 2026-11-22T01:02:03Z}. */
    public String describe() {
        return device + ", " + arch + ", CUDA " + cuda + ", " + recorded;
    }
}
