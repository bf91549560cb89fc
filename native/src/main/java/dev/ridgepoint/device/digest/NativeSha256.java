package dev.ridgepoint.device.digest;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.library.BundledLibrary;
import java.util.Optional;

/** SHA-256's compression function as {@code cpp/digest} has it, each form by its number from 0, the plain one, on. */
final class NativeSha256 {
    private static final String RESOURCE = "linux-x86_64/libridgepointdigest.so";

    private NativeSha256() {}

    /** Whether this build has the library. */
    static boolean isBuilt() {
        return NativeSha256.class.getResource(RESOURCE) != null;
    }

    /** Loads the library; false where it is not built, or cannot be unpacked or loaded here. */
    static boolean load() {
        try {
            Optional<BundledLibrary> library = BundledLibrary.find(NativeSha256.class, RESOURCE);
            library.ifPresent(built -> System.load(built.unpack().toString()));
            return library.isPresent();
        } catch (DeviceException | UnsatisfiedLinkError | SecurityException noneHere) {
            // The JDK's own digest is as right, and nobody asked for this one.
            return false;
        }
    }

    /** Whether this processor has what a form needs. */
    static native boolean has(int form);

    /** The fastest form that this processor has. */
    static native int fastest();

    /**
     * Takes blocks of a message into a state.
     *
     * @param state eight words, changed
     * @param bytes holds 64 bytes a block from {@code offset} on
     */
    static native void compress(int form, int[] state, byte[] bytes, int offset, int blocks);
}
