package dev.ridgepoint.device;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The devices of this machine, by backend. */
public final class Devices {
    private Devices() {}

    /** The backends in this build, whether or not this machine can run them. */
    public static List<String> backends() {
        return ServiceLoader.load(DeviceProvider.class).stream()
                .map(provider -> provider.get().backend())
                .sorted()
                .toList();
    }

    /**
     * Opens the device of a backend.
     *
     * @throws DeviceException in one line, for a backend that is unknown or that this machine cannot run
     */
    public static Device open(String backend) {
        for (DeviceProvider provider : ServiceLoader.load(DeviceProvider.class)) {
            if (provider.backend().equals(backend)) {
                return provider.open();
            }
        }
        String known = backends().stream().collect(Collectors.joining(", "));
        throw new DeviceException("unknown backend '" + backend + "'; known: " + known);
    }
}
