package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.RaceReading;
import dev.ridgepoint.device.RefusedChoiceException;
import dev.ridgepoint.device.cuda.jni.Emulator;
import dev.ridgepoint.device.library.BundledLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which library serves as the CUDA driver. A process has one, for good: a library that plays the driver and the driver
 * itself share a SONAME, and the second one asked for would silently be the first.
 *
 * @param emulated whether it is asked to be the emulated driver
 * @param path its file, or the name by which the system finds its own
 */
public record DriverLibrary(boolean emulated, String path) {
    /** How the emulated driver's devices are called. */
    static final String EMULATED_NAME = "Ridgepoint emulated";

    private static final String SYSTEM = "libcuda.so.1";
    private static final String RESOURCE = "/dev/ridgepoint/device/emulator/linux-x86_64/libridgepoint_emulator.so";
    private static final Path MAPPINGS = Path.of("/proc/self/maps");
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    /** What the emulated driver in our jar is compiled for, by the names of /proc/cpuinfo. */
    private static final List<String> NEEDED = List.of("avx2", "fma", "f16c", "bmi1", "bmi2", "abm", "movbe", "popcnt");

    private static DriverLibrary chosen;
    /** What the emulated driver of this process was told to play; null for its own choice. */
    private static String playing;

    /**
     * The library this process is to use, by its properties.
     *
     * @throws DeviceException in one line, if it is not there or another one is in use already
     */
    public static synchronized DriverLibrary choose() {
        DriverLibrary asked =
                asked(System.getProperty(CudaProperties.DRIVER, "system"), System.getProperty(CudaProperties.EMULATOR));
        if (chosen != null && !chosen.equals(asked)) {
            throw new RefusedChoiceException("--driver: this process uses the " + chosen.kind() + " driver "
                    + chosen.path + " already; another one needs a process of its own");
        }
        if (chosen == null && asked.emulated) {
            refuseBeside(driversIn(lines(MAPPINGS)), asked.path);
        }
        chosen = asked;
        return asked;
    }

    /**
     * Looks whether the library is what it was asked to be, and tells the emulated one what to play. Names of devices
     * are looked at too, by {@link #checkDevice}; what plays a driver must pass for one by neither.
     */
    void prepare() {
        if (emulated) {
            Emulator emulator = Emulator.open(path);
            play(emulator, System.getProperty(CudaProperties.EMULATED_ARCH));
            if (System.getProperty(CudaProperties.ADOPTED) != null) {
                // Ours were looked through once; for a kernel from outside nobody vouches.
                emulator.watchRaces(RaceReading.AS_RELIED_ON);
            }
        } else if (Emulator.isOne(path)) {
            throw new RefusedChoiceException(
                    "--driver system: the driver found is an emulated one; ask for it with --driver emulated");
        }
    }

    private static synchronized void play(Emulator emulator, String arch) {
        if (arch != null && !arch.equals(playing)) {
            emulator.playArch(arch);
            playing = arch;
        }
    }

    static DriverLibrary asked(String driver, String file) {
        return switch (driver) {
            case "system" -> new DriverLibrary(false, SYSTEM);
            case "emulated" -> new DriverLibrary(true, emulator(file));
            default -> throw new RefusedChoiceException("--driver: expected system or emulated, got '" + driver + "'");
        };
    }

    private static String emulator(String file) {
        if (file == null) {
            refuseOlderCpu(lines(CPUINFO));
            return BundledLibrary.find(DriverLibrary.class, RESOURCE)
                    .map(library -> library.unpack().toString())
                    .orElseThrow(() -> new DeviceException("the emulated driver is not in this build; name one with -D"
                            + CudaProperties.EMULATOR + "=FILE"));
        }
        try {
            return Path.of(file).toRealPath().toString();
        } catch (IOException e) {
            throw new RefusedChoiceException("-D" + CudaProperties.EMULATOR + ": no file " + file);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new DeviceException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Refuses where the library would end the process by its first instruction that this CPU has not. */
    static void refuseOlderCpu(List<String> cpuinfo) {
        List<String> flags = cpuinfo.stream()
                .filter(line -> line.startsWith("flags"))
                .findFirst()
                .map(line -> List.of(line.split("\\s+")))
                .orElse(List.of());
        List<String> missing =
                NEEDED.stream().filter(flag -> !flags.contains(flag)).toList();
        if (!missing.isEmpty()) {
            throw new RefusedChoiceException("--driver emulated: this CPU has no " + String.join(", ", missing)
                    + "; build the library with -DRIDGEPOINT_ISA=baseline and name it with -D" + CudaProperties.EMULATOR
                    + "=FILE");
        }
    }

    /** The drivers among a process's mappings. */
    static List<String> driversIn(List<String> mappings) {
        return mappings.stream()
                .map(line -> line.indexOf('/') < 0 ? "" : line.substring(line.indexOf('/')))
                .filter(path -> path.substring(path.lastIndexOf('/') + 1).startsWith("libcuda.so"))
                .distinct()
                .toList();
    }

    static void refuseBeside(List<String> drivers, String emulator) {
        Optional<String> real =
                drivers.stream().filter(path -> !path.equals(emulator)).findFirst();
        if (real.isPresent()) {
            throw new RefusedChoiceException(
                    "--driver emulated: refused, because " + real.get() + " is loaded in this process already");
        }
    }

    /**
     * Refuses a device that is not what was asked for.
     *
     * @throws DeviceException if the driver found plays the other part
     */
    void checkDevice(String name) {
        boolean plays = name.startsWith(EMULATED_NAME);
        if (plays && !emulated) {
            throw new RefusedChoiceException("--driver system: the driver found is the emulated one ('" + name
                    + "'); ask for it with --driver emulated");
        }
        if (!plays && emulated) {
            throw new RefusedChoiceException(
                    "--driver emulated: " + path + " drives '" + name + "', which is no emulated device");
        }
    }

    String kind() {
        return emulated ? "emulated" : "system";
    }
}
