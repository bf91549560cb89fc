package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cuda.driver.Driver;
import dev.ridgepoint.device.cuda.driver.DriverDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which device to use.
 *
 * @param wanted a UUID, the beginning of one, or an index; null for any that is idle
 */
record DeviceChoice(String wanted) {
    /** A UUID or an index. */
    static final String PROPERTY = "ridgepoint.device";

    static DeviceChoice ofProperties() {
        return new DeviceChoice(System.getProperty(PROPERTY));
    }

    /**
     * The device of that choice.
     *
     * @throws DeviceException in one line, if there is none
     */
    DriverDevice among(Driver driver) {
        List<DriverDevice> devices = IntStream.range(0, driver.deviceCount())
                .mapToObj(driver::device)
                .toList();
        if (devices.isEmpty()) {
            throw new DeviceException("the CUDA driver found no device; use --backend cpu");
        }
        if (wanted == null) {
            return devices.get(0);
        }
        List<DriverDevice> fitting = new ArrayList<>();
        for (DriverDevice device : devices) {
            if (wanted.equals(Integer.toString(device.index())) || device.uuid().startsWith(wanted)) {
                fitting.add(device);
            }
        }
        if (fitting.size() != 1) {
            String known = devices.stream()
                    .map(device -> device.index() + " " + device.uuid() + " (" + device.name() + ")")
                    .collect(Collectors.joining(", "));
            throw new DeviceException("--device: " + (fitting.isEmpty() ? "no device" : "more than one device") + " '"
                    + wanted + "'; known: " + known);
        }
        return fitting.get(0);
    }
}
