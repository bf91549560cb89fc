package dev.ridgepoint.device.cuda.jni;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.LaunchCounters;
import dev.ridgepoint.device.RaceReading;
import dev.ridgepoint.device.RefusedChoiceException;
import java.util.ArrayList;
import java.util.List;

/** An emulated driver's own functions: options, and what launches did. */
public final class Emulator {
    private Emulator() {}

    /**
     * Opens the emulated driver of this process, and does not start it yet.
     *
     * @throws RefusedChoiceException in one line, if the library is none
     */
    public static Emulator open(String path) {
        if (JniLibrary.load().isEmpty()) {
            throw new DeviceException("the emulated driver needs our C++ library, which this build has not: install g++"
                    + " and cmake and build again");
        }
        String refusal = NativeEmulator.open_emulator(path);
        if (refusal != null) {
            throw new RefusedChoiceException("no CUDA driver: " + refusal);
        }
        return new Emulator();
    }

    /** Whether that driver is an emulated one, whatever it calls its devices; no where nobody can look. */
    public static boolean isOne(String path) {
        return JniLibrary.load().isPresent() && NativeEmulator.open_emulator(path) == null;
    }

    /**
     * Chooses the architecture to play; possible until the driver is initialised.
     *
     * @throws RefusedChoiceException if it plays no such one, or plays another already
     */
    public void playArch(String arch) {
        if (NativeEmulator.emulator_set("arch", arch) != 0) {
            throw new RefusedChoiceException("--emulated-arch: " + NativeEmulator.emulator_report());
        }
    }

    /** Watches all later launches for races, missing waits and missing fences, several times as slowly. */
    public void watchRaces(RaceReading reading) {
        String races = reading == RaceReading.TO_THE_LETTER ? "strict" : "on";
        if (NativeEmulator.emulator_set("races", races) != 0) {
            throw new DeviceException("the emulated driver: " + NativeEmulator.emulator_report());
        }
    }

    /** Bytes that blocks touch are counted where somebody asks: it takes a while. */
    private static void watchBytes(String choice) {
        if (NativeEmulator.emulator_set("coverage", choice) != 0) {
            throw new DeviceException("the emulated driver: " + NativeEmulator.emulator_report());
        }
    }

    /** Counts what launches do on a device of this driver; {@code settle} waits until all are done. */
    public LaunchCounters counters(Runnable settle) {
        return work -> {
            settle.run();
            long first = NativeEmulator.emulator_launches();
            watchBytes("on");
            try {
                work.run();
                settle.run();
            } finally {
                watchBytes("off");
            }
            List<String> counted = new ArrayList<>();
            for (long launch = first; launch < NativeEmulator.emulator_launches(); launch++) {
                counted.add(NativeEmulator.emulator_counters(launch));
            }
            return counted;
        };
    }
}
