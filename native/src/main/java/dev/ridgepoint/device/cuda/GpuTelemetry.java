package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.cuda.jni.Nvml;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.bytedeco.javacpp.LongPointer;

/** What a GPU says of itself while it works. A sample is read into memory made once; taking it allocates nothing. */
public final class GpuTelemetry implements TelemetrySource, AutoCloseable {
    /** The system's name of NVIDIA's management library. */
    public static final String LIBRARY = "libnvidia-ml.so.1";

    private static final long UNKNOWN = -1;

    /** A number of a sample, in the order our C++ writes them. */
    public enum Field {
        /** On the clock of {@link System#nanoTime}. */
        TIME_NS,
        SM_CLOCK_MHZ,
        MEMORY_CLOCK_MHZ,
        TEMPERATURE_C,
        POWER_MW,
        /** The limit in force. */
        POWER_LIMIT_MW,
        /** Since the driver was loaded; meaningful as a difference over seconds. */
        ENERGY_MJ,
        /** Why the clocks are where they are, as bits; see {@link #clockReasons}. */
        CLOCK_REASONS,
        /** Time the clocks were held back, each by one cause, since the driver was loaded. */
        HELD_BY_POWER_NS("power"),
        HELD_BY_HEAT_NS("heat"),
        HELD_BY_SYNC_BOOST_NS("syncBoost"),
        HELD_BY_BOARD_LIMIT_NS("boardLimit"),
        HELD_BY_LOW_UTILISATION_NS("lowUtilisation"),
        HELD_BY_RELIABILITY_NS("reliability"),
        HELD_BY_SOFTWARE_THERMAL_SLOWDOWN_NS("softwareThermalSlowdown"),
        HELD_BY_HARDWARE_THERMAL_SLOWDOWN_NS("hardwareThermalSlowdown"),
        HELD_BY_POWER_BRAKE_NS("hardwarePowerBrake");

        private final String cause;

        Field() {
            this("");
        }

        Field(String cause) {
            this.cause = cause;
        }

        /** What held clocks back for this long, as a bundle calls it; empty for a number that is no such time. */
        public String cause() {
            return cause;
        }

        /** Times by what held clocks back. */
        public static List<Field> causes() {
            return CAUSES;
        }
    }

    private static final List<Field> CAUSES = Arrays.stream(Field.values())
            .filter(field -> !field.cause().isEmpty())
            .toList();

    /** NVML's reasons, by their bits from the lowest. */
    private static final List<String> REASONS = List.of(
            "idle",
            "applicationClocks",
            "softwarePowerCap",
            "hardwareSlowdown",
            "syncBoost",
            "softwareThermalSlowdown",
            "hardwareThermalSlowdown",
            "hardwarePowerBrake",
            "displayClocks");

    private final Nvml.Gpu gpu;
    private final LongPointer memory = new LongPointer(Field.values().length);
    private final LongBuffer sample = memory.asBuffer();

    private GpuTelemetry(Nvml.Gpu gpu) {
        this.gpu = gpu;
    }

    /**
     * The telemetry of a device.
     *
     * @throws dev.ridgepoint.device.DeviceException in one line, if NVML is not there or does not know the device
     */
    public static GpuTelemetry of(String uuid) {
        return of(LIBRARY, uuid);
    }

    static GpuTelemetry of(String library, String uuid) {
        return of(Nvml.open(library), uuid);
    }

    static GpuTelemetry of(Nvml nvml, String uuid) {
        return new GpuTelemetry(nvml.gpu(uuid));
    }

    /** Takes a sample in place of the last one. Allocates nothing. */
    @Override
    public void read() {
        gpu.sample(memory);
    }

    /** A number of the last sample. */
    public OptionalLong get(Field field) {
        long value = raw(field);
        return value == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** The same without an object: -1 where the device or its library does not tell. */
    @Override
    public long raw(Field field) {
        return sample.get(field.ordinal());
    }

    /** The reasons of the last sample, in words; an unknown bit by its number. */
    @Override
    public List<String> clockReasons() {
        List<String> reasons = new ArrayList<>();
        long bits = Math.max(0, raw(Field.CLOCK_REASONS));
        for (int bit = 0; bit < Long.SIZE - 1; bit++) {
            if ((bits >>> bit & 1) != 0) {
                reasons.add(bit < REASONS.size() ? REASONS.get(bit) : "bit " + bit);
            }
        }
        return reasons;
    }

    @Override
    public void close() {
        memory.deallocate();
    }
}
