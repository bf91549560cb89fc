package dev.ridgepoint.benchmarks.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What Linux says of the processor around a fork. Machines that count and measure nothing, most virtual ones among them,
 * leave no sample.
 *
 * @param throttleEvents how often a core slowed down for heat meanwhile; empty where nobody counts
 * @param temperatureC of the hottest processor package right after it, in degrees Celsius; empty where none is visible
 * @param othersCores processors that others kept busy meanwhile; empty where nobody watched
 */
public record HostSample(OptionalLong throttleEvents, OptionalDouble temperatureC, OptionalDouble othersCores) {
    private static final String ZONES = "sys/class/thermal/";
    private static final String SENSORS = "sys/class/hwmon/";
    private static final String PACKAGE_ZONE = "x86_pkg_temp";
    private static final Set<String> PROCESSOR_SENSORS = Set.of("coretemp", "k10temp", "zenpower");
    private static final double MILLI = 1000;

    /** The sample at the end of a fork before which so many events had been counted. */
    public static HostSample since(OptionalLong eventsBefore) {
        return since(eventsBefore, HostFiles.ofThisMachine());
    }

    static HostSample since(OptionalLong eventsBefore, HostFiles host) {
        OptionalLong now = Throttling.events(host);
        OptionalLong events = eventsBefore.isEmpty() || now.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(now.getAsLong() - eventsBefore.getAsLong());
        return new HostSample(events, temperature(host), OptionalDouble.empty());
    }

    /** The same with what others took of the machine meanwhile. */
    public HostSample beside(OptionalDouble others) {
        return new HostSample(throttleEvents, temperatureC, others);
    }

    private static OptionalDouble temperature(HostFiles host) {
        List<String> found = new ArrayList<>();
        for (String zone : host.list(ZONES)) {
            if (host.read(ZONES + zone + "/type").filter(PACKAGE_ZONE::equals).isPresent()) {
                host.read(ZONES + zone + "/temp").ifPresent(found::add);
            }
        }
        for (String sensor : host.list(SENSORS)) {
            if (host.read(SENSORS + sensor + "/name")
                    .filter(PROCESSOR_SENSORS::contains)
                    .isPresent()) {
                host.read(SENSORS + sensor + "/temp1_input").ifPresent(found::add);
            }
        }
        return found.stream()
                .filter(text -> text.matches("\\d{1,6}"))
                .mapToDouble(text -> Long.parseLong(text) / MILLI)
                .max();
    }

    /** {@code yes}, {@code no}, or {@code unknown} where nobody counts. */
    public String throttled() {
        if (throttleEvents.isEmpty()) {
            return "unknown";
        }
        return throttleEvents.getAsLong() > 0 ? "yes" : "no";
    }

    /** Writes the sample as JSON; no file where there is nothing to say. */
    public void write(Path file) throws IOException {
        if (throttleEvents.isPresent() || temperatureC.isPresent() || othersCores.isPresent()) {
            String events = throttleEvents.isPresent() ? Long.toString(throttleEvents.getAsLong()) : "null";
            String others =
                    othersCores.isPresent() ? ",\"othersCores\":" + decimal("%.3f", othersCores.getAsDouble()) : "";
            String temperature = temperatureC.isPresent() ? decimal("%.1f", temperatureC.getAsDouble()) : "null";
            Files.writeString(
                    file,
                    "{\"throttleEvents\":" + events + ",\"temperatureC\":" + temperature + others + "}\n",
                    StandardCharsets.UTF_8);
        }
    }

    private static String decimal(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }
}
