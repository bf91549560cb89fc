package dev.ridgepoint.benchmarks.doctor;

import java.util.OptionalLong;

/** How often the processor had to slow down for heat; Linux counts that for Intel processors outside virtual machines. */
public final class Throttling {
    private static final String CPU = "sys/devices/system/cpu/";

    private Throttling() {}

    /** Events since the machine started, all cores together; empty where nobody counts. */
    public static OptionalLong events() {
        return events(HostFiles.ofThisMachine());
    }

    static OptionalLong events(HostFiles host) {
        long sum = 0;
        boolean counted = false;
        for (String cpu : host.list(CPU)) {
            var count = host.read(CPU + cpu + "/thermal_throttle/core_throttle_count");
            if (count.isPresent()) {
                sum += Long.parseLong(count.get());
                counted = true;
            }
        }
        return counted ? OptionalLong.of(sum) : OptionalLong.empty();
    }
}
