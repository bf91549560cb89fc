package dev.ridgepoint.analysis.classify.heldout;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Widths of the held-out models. */
public final class Widths {
    private Widths() {}

    public static long of(String model) {
        try {
            return HeldoutModel.all().stream()
                    .filter(m -> m.name().equals(model))
                    .findFirst()
                    .orElseThrow()
                    .hidden();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
