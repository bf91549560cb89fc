package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.RefusedChoiceException;
import dev.ridgepoint.device.cuda.driver.Driver;
import dev.ridgepoint.device.cuda.driver.DriverDevice;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which device to use: the one asked for, else the first that is idle. A busy one is refused, since both its user's
 * figures and ours would be worth nothing.
 *
 * @param wanted a UUID, the beginning of one, or an index; null for any that is idle
 */
record DeviceChoice(String wanted) {
    static DeviceChoice ofProperties() {
        return new DeviceChoice(System.getProperty(CudaProperties.DEVICE));
    }

    /**
     * The device of that choice.
     *
     * @throws RefusedChoiceException in one line, if it is unknown or busy
     */
    DriverDevice among(Driver driver, Occupants occupants) {
        List<DriverDevice> devices = IntStream.range(0, driver.deviceCount())
                .mapToObj(driver::device)
                .toList();
        if (devices.isEmpty()) {
            throw new DeviceException("the CUDA driver found no device; use --backend cpu");
        }
        return wanted == null ? idle(devices, occupants) : named(devices, occupants);
    }

    private static DriverDevice idle(List<DriverDevice> devices, Occupants occupants) {
        for (DriverDevice device : devices) {
            if (occupants.of(device).isEmpty()) {
                return device;
            }
        }
        String busy = devices.stream()
                .map(device -> busy(device, occupants.of(device)))
                .collect(Collectors.joining("; "));
        throw new RefusedChoiceException("every device is in use: " + busy + "; wait for one of them");
    }

    private DriverDevice named(List<DriverDevice> devices, Occupants occupants) {
        List<DriverDevice> fitting = devices.stream().filter(this::fits).toList();
        if (fitting.size() != 1) {
            String known = devices.stream().map(DeviceChoice::describe).collect(Collectors.joining(", "));
            throw new RefusedChoiceException("--device: " + (fitting.isEmpty() ? "no device" : "more than one device")
                    + " '" + wanted + "'; known: " + known);
        }
        List<String> processes = occupants.of(fitting.get(0));
        if (!processes.isEmpty()) {
            throw new RefusedChoiceException(
                    "--device: " + busy(fitting.get(0), processes) + "; wait for it, or choose another");
        }
        return fitting.get(0);
    }

    private boolean fits(DriverDevice device) {
        return wanted.equals(Integer.toString(device.index())) || device.uuid().startsWith(wanted);
    }

    private static String busy(DriverDevice device, List<String> processes) {
        return describe(device) + " is in use by " + String.join(", ", processes);
    }

    private static String describe(DriverDevice device) {
        return device.index() + " " + device.uuid() + " (" + device.name() + ")";
    }
}
