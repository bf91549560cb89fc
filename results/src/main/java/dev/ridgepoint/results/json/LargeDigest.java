package dev.ridgepoint.results.json;

import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * SHA-256 where there are many megabytes of it. A command that is over in seconds runs the JDK's as the JVM's first
 * compiler has it, without the processor's wide instructions; a program that knows a faster one names it here. The
 * digests are the same.
 */
public final class LargeDigest {
    /** Finding and loading another digest takes as long as the JDK's takes for a few megabytes. */
    private static final long LARGE = 8L << 20;

    private static volatile Supplier<Optional<MessageDigest>> faster = Optional::empty;

    private LargeDigest() {}

    /** @param source gives a digest that can be cloned; empty where it cannot be had here */
    public static void by(Supplier<Optional<MessageDigest>> source) {
        faster = source;
    }

    /** Says that so many bytes are about to be hashed, in whatever pieces. */
    public static void expect(long bytes) {
        if (bytes >= LARGE) {
            faster.get().ifPresent(Sha256::useFromNowOn);
        }
    }
}
