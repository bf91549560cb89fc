package dev.ridgepoint.device.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.cpu.Skip;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** The fake driver of {@code src/test/cpp/fakecuda}: what it plays, and what it saw. */
final class FakeCuda {
    private static final URL LIBRARY = FakeCuda.class.getResource("/libfakecuda.so");

    private FakeCuda() {}

    /** Loads the fake, forgets what was scripted, and makes it this process's driver. */
    static void install() {
        requireCompiler();
        System.load(path());
        System.setProperty(CudaProperties.DRIVER, "emulated");
        System.setProperty(CudaProperties.EMULATOR, path());
        System.clearProperty(CudaProperties.DEVICE);
        reset();
    }

    /** Skips a test in a build without g++, which has neither the fake nor our library. */
    static void requireCompiler() {
        Skip.unlessBuilt(LIBRARY != null, "fake driver");
    }

    static String path() {
        try {
            return Path.of(LIBRARY.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static CudaDevice open(String backend) {
        return (CudaDevice) Devices.open(backend);
    }

    /** Fails where anything was allocated or made and not given back. */
    static void assertNothingIsLeft() {
        if (LIBRARY == null) {
            return;
        }
        assertEquals(0, liveAllocations(), "allocations");
        assertEquals(0, liveHandles(), "modules, streams, events, graphs");
        assertEquals(0, retainedContexts(), "contexts");
    }

    static native void reset();

    /** Forgets everything, as the end of a process does. */
    static native void bury();

    /** The next call of that name answers this result and does nothing. */
    static native void failNext(String call, int result);

    static native void playArch(int computeCapability);

    static native void playHardware();

    static native void record();

    static native String log();

    static native int liveHandles();

    static native int liveAllocations();

    static native int retainedContexts();
}
