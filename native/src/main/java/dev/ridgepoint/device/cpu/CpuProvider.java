package dev.ridgepoint.device.cpu;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.DeviceProvider;
import java.util.Locale;

/** Opens the CPU: the backend that is always there. */
public final class CpuProvider implements DeviceProvider {
    @Override
    public String backend() {
        return "cpu";
    }

    @Override
    public Device open() {
        requirePlatform(System.getProperty("os.name"), System.getProperty("os.arch"));
        return CpuDevice.open();
    }

    static void requirePlatform(String os, String arch) {
        String machine = arch.toLowerCase(Locale.ROOT);
        boolean x86 = machine.equals("amd64") || machine.equals("x86_64");
        if (!os.equals("Linux") || !x86) {
            throw new DeviceException("kernels run on Linux x86-64, and this is " + os + " " + arch
                    + "; result bundles can be analysed here: ridgepoint validate, report, cite, classify");
        }
    }
}
