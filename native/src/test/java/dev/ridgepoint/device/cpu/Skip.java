package dev.ridgepoint.device.cpu;

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
}
