package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cuda.driver.DriverDevice;
import dev.ridgepoint.device.cuda.jni.Nvml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Who computes on a device besides us. */
interface Occupants {
    /** One word or two a process, {@code pid 4242 (python3)}; empty where nobody does. */
    List<String> of(DriverDevice device);

    /** Why nobody can tell; null where it is known. */
    default String unknown() {
        return null;
    }

    /** Nobody ever computes on an emulated device. */
    static Occupants none() {
        return device -> List.of();
    }

    /** As NVML sees it; where it is missing everything counts as idle, and {@link #unknown} says so. */
    static Occupants byNvml(String library) {
        try {
            Nvml nvml = Nvml.open(library);
            return device -> nvml.gpu(device.uuid()).processes().stream()
                    .filter(pid -> !isOurs(pid))
                    .map(Occupants::describe)
                    .toList();
        } catch (DeviceException e) {
            return new Occupants() {
                @Override
                public List<String> of(DriverDevice device) {
                    return List.of();
                }

                @Override
                public String unknown() {
                    return e.getMessage();
                }
            };
        }
    }

    /** A run's own JVM and its forks take turns on a device. */
    private static boolean isOurs(int pid) {
        ProcessHandle self = ProcessHandle.current();
        return self.pid() == pid
                || self.parent().map(parent -> parent.pid() == pid).orElse(false)
                || self.children().anyMatch(child -> child.pid() == pid);
    }

    private static String describe(int pid) {
        try {
            return "pid " + pid + " ("
                    + Files.readString(Path.of("/proc/" + pid + "/comm")).strip() + ")";
        } catch (IOException e) {
            // It has just ended, or lives in another container.
            return "pid " + pid;
        }
    }
}
