package dev.ridgepoint.device.cuda.jni;

import org.bytedeco.javacpp.annotation.Namespace;
import org.bytedeco.javacpp.annotation.NoException;
import org.bytedeco.javacpp.annotation.Platform;

/** {@code ridgepoint_emulator.h}, function by function. */
@Platform(include = "ridgepoint_emulator.h", library = "ridgepointcuda")
@Namespace("ridgepoint::cuda")
@NoException
final class NativeEmulator {
    private NativeEmulator() {}

    static native String open_emulator(String path);

    static native int emulator_set(String option, String value);

    static native String emulator_report();

    static native long emulator_launches();

    static native String emulator_counters(long launch);
}
