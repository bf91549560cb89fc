package dev.ridgepoint.analysis.report;

import dev.ridgepoint.results.Context;

/** What stands before every table and figure of a device that is no GPU, so that none can be read as one of a GPU. */
public final class Caveat {
    private Caveat() {}

    /** {@code CPU, not GPU}; empty where the device is a GPU. */
    public static String of(Context.Device device) {
        if (device.emulated()) {
            return "Emulated, not a GPU";
        }
        return device.kind().equals("cpu") ? "CPU, not GPU" : "";
    }

    /** The same in front of other words. */
    static String before(Context.Device device, String words) {
        String caveat = of(device);
        return caveat.isEmpty() ? words : caveat + ": " + words;
    }
}
