package dev.ridgepoint.device;

import java.util.List;

/** What a device that only plays one can tell of launches in place of a time: counts, the same every time. */
public interface LaunchCounters {
    /** Does some work, and answers a JSON object for each launch it made. */
    List<String> during(Runnable work);
}
