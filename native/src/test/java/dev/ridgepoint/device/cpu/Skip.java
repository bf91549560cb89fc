package dev.ridgepoint.device.cpu;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/** Skips a test aloud: the reason goes to the console too, where a count alone would hide it. */
public final class Skip {
    private Skip() {}

    /** Goes on where the condition holds, else skips the running test or class. */
    public static void unless(boolean condition, Supplier<String> reason) {
        if (!condition) {
            System.out.println("Skipped: " + reason.get());
            Assumptions.abort(reason.get());
        }
    }

    /**
     * Goes on where what the build makes for CUDA is there, else skips the running test or class. Under CI it must be
     * there, unless the build was asked to leave CUDA for later ({@code -Dridgepoint.cuda.later=true}).
     */
    public static void unlessBuilt(boolean there, String what) {
        boolean later = Boolean.getBoolean("ridgepoint.cuda.later");
        if (!there && !later && "true".equals(System.getenv("CI"))) {
            fail("CI builds the " + what + ", and it is not there");
        }
        unless(there, () -> "there is no " + what + ": " + (later ? "CUDA was left for later" : "no g++ or cmake"));
    }
}
