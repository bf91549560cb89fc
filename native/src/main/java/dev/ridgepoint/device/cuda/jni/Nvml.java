package dev.ridgepoint.device.cuda.jni;

import dev.ridgepoint.device.DeviceException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.LongPointer;

/** NVIDIA's management library: reads what a device does, and never sets anything. */
public final class Nvml {
    private static final int MOST_PROCESSES = 64;

    private Nvml() {}

    /**
     * Opens the library once a process.
     *
     * @throws DeviceException in one line, if it is not there
     */
    public static Nvml open(String path) {
        if (JniLibrary.load().isEmpty()) {
            throw new DeviceException("telemetry needs our C++ library, which this build has not");
        }
        String failure = NativeNvml.open_nvml(path);
        if (failure != null) {
            throw new DeviceException("no NVML: " + failure);
        }
        return new Nvml();
    }

    /** Functions the library does not have, by name. */
    public List<String> missing() {
        String names = NativeNvml.missing_nvml_functions();
        return names.isEmpty() ? List.of() : List.of(names.split(" "));
    }

    /** Version of the display driver; empty where it is not told. */
    public String driverVersion() {
        return NativeNvml.nvml_driver_version();
    }

    /** A device by its UUID. */
    public Gpu gpu(String uuid) {
        long[] device = new long[1];
        check("nvmlDeviceGetHandleByUUID", NativeNvml.nvml_device(uuid, device));
        return new Gpu(device[0]);
    }

    private static void check(String call, int result) {
        if (result != 0) {
            throw new DeviceException(call + ": " + NativeNvml.nvml_error(result) + " (" + result + ")");
        }
    }

    /** A device as NVML knows it. */
    public static final class Gpu {
        private final long handle;
        private final SlowdownFields slowdowns;

        private Gpu(long handle) {
            this.handle = handle;
            this.slowdowns = SlowdownFields.of(() -> NativeNvml.nvml_held_by_power(handle), this::counts);
        }

        private long[] counts(int first) {
            long[] counts = new long[SlowdownFields.COUNT];
            NativeNvml.nvml_counts(handle, first, counts);
            return counts;
        }

        /** Process ids of everything that computes on it. */
        public List<Integer> processes() {
            int[] pids = new int[MOST_PROCESSES];
            int[] count = new int[1];
            check(
                    "nvmlDeviceGetComputeRunningProcesses",
                    NativeNvml.nvml_processes(handle, pids, MOST_PROCESSES, count));
            return Arrays.stream(pids)
                    .limit(Math.min(count[0], MOST_PROCESSES))
                    .boxed()
                    .toList();
        }

        /**
         * What tells devices of one kind apart, by name and with units; what the device does not tell is left out. Clocks
         * are the most they can be and what they are set to, the PCIe link is the most it can be: what they are at a moment says
         * more of the moment.
         */
        public Map<String, String> state() {
            long[] numbers = new long[10];
            NativeNvml.nvml_state(handle, numbers);
            Map<String, String> state = new LinkedHashMap<>();
            put(state, "vbios", NativeNvml.nvml_vbios(handle));
            put(state, "persistence", onOrOff(numbers[0]));
            put(state, "ecc", onOrOff(numbers[1]));
            put(state, "mig", onOrOff(numbers[2]));
            put(state, "sm clock limit", with(numbers[3], " MHz"));
            put(state, "memory clock limit", with(numbers[4], " MHz"));
            put(state, "sm clock set", with(numbers[5], " MHz"));
            put(state, "memory clock set", with(numbers[6], " MHz"));
            put(state, "power limit", watts(numbers[7]));
            put(state, "pcie", pcie(numbers[8], numbers[9]));
            return state;
        }

        /**
         * What shows whether the device is held back, by name and with units; what it does not tell is left out. It is no part
         * of {@link #state}, which tells devices apart: an idle link sleeps at a lower generation.
         */
        public Map<String, String> moment() {
            long[] numbers = new long[4];
            NativeNvml.nvml_moment(handle, numbers);
            Map<String, String> moment = new LinkedHashMap<>();
            put(moment, "usual power limit", watts(numbers[0]));
            put(moment, "pcie now", pcie(numbers[1], numbers[2]));
            put(moment, "slows down at", numbers[3] < 0 ? "" : numbers[3] + " C");
            put(moment, "slowdown counters", slowdowns.says());
            return moment;
        }

        private static String watts(long milliwatts) {
            return with(milliwatts < 0 ? milliwatts : milliwatts / 1000, " W");
        }

        /** Nothing where it is not told. */
        private static String with(long number, String unit) {
            return number < 0 ? "" : number + unit;
        }

        private static String pcie(long generation, long lanes) {
            return generation < 0 ? "" : "generation " + generation + " x" + lanes;
        }

        private static void put(Map<String, String> state, String name, String value) {
            if (!value.isEmpty()) {
                state.put(name, value);
            }
        }

        private static String onOrOff(long mode) {
            return mode < 0 ? "" : mode == 0 ? "off" : "on";
        }

        /** Writes a sample's numbers, in the order of {@code ridgepoint_nvml.h}. Allocates nothing. */
        public void sample(LongPointer to) {
            NativeNvml.nvml_sample(handle, slowdowns.first(), to.address());
        }
    }
}
