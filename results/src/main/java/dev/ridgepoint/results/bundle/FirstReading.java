package dev.ridgepoint.results.bundle;

import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.schema.Schemas;

/**
 * What the first reading of a bundle in a program takes half a second for: rules made of the schemas, and records looked
 * into. It can be done beside something else, for instance while a command line is still being read; a reading that comes
 * too soon waits for as much as it needs.
 */
public final class FirstReading {
    private FirstReading() {}

    /** Begins, and returns at once. */
    public static void prepare() {
        begin("schemas", Schemas::prepare);
        begin("records", () -> {
            Records.prepare(RunDocument.class);
            Records.prepare(Context.class);
            Records.prepare(CaseResult.class);
        });
    }

    private static void begin(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        // What goes wrong here goes wrong again in the reading, which has words for it.
        thread.setUncaughtExceptionHandler((failed, cause) -> {});
        thread.start();
    }
}
