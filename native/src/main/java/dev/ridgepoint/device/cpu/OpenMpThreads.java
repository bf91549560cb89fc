package dev.ridgepoint.device.cpu;

import dev.ridgepoint.device.DeviceException;
import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * How many threads oneDNN uses. OpenMP's library reads {@code OMP_NUM_THREADS} once, when it is loaded, so the count is
 * settled once a process: the property {@value #PROPERTY}, else the variable, else 1, because threads that share a busy
 * machine wait for each other at every barrier.
 */
final class OpenMpThreads {
    static final String PROPERTY = "ridgepoint.cpu.threads";
    private static final String VARIABLE = "OMP_NUM_THREADS";

    private static OpenMpThreads settled;

    private final int count;
    private final String source;

    private OpenMpThreads(int count, String source) {
        this.count = count;
        this.source = source;
    }

    /** Settles the count before anything loads OpenMP. */
    static synchronized OpenMpThreads settle() {
        if (settled == null) {
            settled = choose(System.getProperty(PROPERTY), System.getenv(VARIABLE));
            export(VARIABLE, Integer.toString(settled.count));
        }
        return settled;
    }

    static OpenMpThreads choose(String property, String variable) {
        if (property != null) {
            return new OpenMpThreads(parse(PROPERTY, property), PROPERTY);
        }
        if (variable != null) {
            // A list gives the counts of nested levels; ours is the outermost.
            return new OpenMpThreads(parse(VARIABLE, variable.split(",")[0]), VARIABLE);
        }
        return new OpenMpThreads(1, "default");
    }

    private static int parse(String field, String text) {
        try {
            int count = Integer.parseInt(text.strip());
            if (count >= 1 && count <= 4096) {
                return count;
            }
        } catch (NumberFormatException notANumber) {
            // reported below, as for a number out of range
        }
        throw new DeviceException(field + ": expected 1 to 4096 threads, got '" + text + "'");
    }

    int count() {
        return count;
    }

    /** {@code OMP_NUM_THREADS}, the property's name, or {@code default}. */
    String source() {
        return source;
    }

    /** Java cannot change its environment; C reads {@code environ}, so that is given a copy with the variable in it. */
    private static void export(String name, String value) {
        PointerPointer<BytePointer> environ = new PointerPointer<>(Loader.addressof("environ"));
        PointerPointer<BytePointer> old = new PointerPointer<>(environ.get(0));
        int entries = 0;
        while (old.get(entries) != null) {
            entries++;
        }
        // The process reads this memory from now on, so it is never given back.
        PointerPointer<BytePointer> fresh = new PointerPointer<>(Pointer.calloc(entries + 2L, Long.BYTES));
        int kept = 0;
        for (int i = 0; i < entries; i++) {
            if (!old.getString(i).startsWith(name + "=")) {
                fresh.put(kept++, old.get(i));
            }
        }
        fresh.put(kept, cString(name + "=" + value));
        environ.put(0, fresh);
    }

    private static BytePointer cString(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        BytePointer copy = new BytePointer(Pointer.calloc(bytes.length + 1L, 1));
        return copy.put(bytes, 0, bytes.length);
    }
}
