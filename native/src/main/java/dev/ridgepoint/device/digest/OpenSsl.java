package dev.ridgepoint.device.digest;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.library.BundledLibrary;
import java.util.List;
import java.util.Optional;

/** libcrypto's SHA-256. A message under way is a context of OpenSSL's in an array, so that nothing has to be freed. */
final class OpenSsl {
    private static final String RESOURCE = "linux-x86_64/libridgepointdigest.so";
    /** Versions whose SHA-256 has one binary interface, the newest first. */
    private static final List<String> LIBRARIES = List.of("libcrypto.so.3", "libcrypto.so.1.1");

    private OpenSsl() {}

    /** Whether this build has our side of it. */
    static boolean isBuilt() {
        return OpenSsl.class.getResource(RESOURCE) != null;
    }

    /** Loads it; false where our side is not built or cannot be loaded here, or this machine has no libcrypto. */
    static boolean load() {
        try {
            Optional<BundledLibrary> ours = BundledLibrary.find(OpenSsl.class, RESOURCE);
            ours.ifPresent(built -> System.load(built.unpack().toString()));
            return ours.isPresent() && LIBRARIES.stream().anyMatch(OpenSsl::open);
        } catch (DeviceException | UnsatisfiedLinkError | SecurityException noneHere) {
            // The JDK's own digest is as right, and nobody asked for this one.
            return false;
        }
    }

    /** Takes SHA-256 from a library by its name; false where there is none, or it lacks it. */
    static native boolean open(String library);

    /** The context of an empty message. */
    static native byte[] begin();

    /** Takes {@code count} bytes from {@code offset} on into a context. */
    static native void update(byte[] context, byte[] bytes, int offset, int count);

    /** The 32 bytes of a message's digest; its context is left as it was. */
    static native byte[] finish(byte[] context);
}
