package dev.ridgepoint.device.cuda;

import java.util.List;

/** Where samples of a GPU come from: the device, or a recording that is played again. */
public interface TelemetrySource {
    /** Takes a sample in place of the last one. */
    void read();

    /** A number of the last sample; -1 where nobody tells. */
    long raw(GpuTelemetry.Field field);

    /** Why the clocks are where they are, in words. */
    List<String> clockReasons();
}
