package dev.ridgepoint.results.bundle;

import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.RunDocument;
import java.io.IOException;
import java.nio.file.Path;

/** Bundles for tests, which survive no power cut and are written in a fraction of the time. */
public final class LazyBundles {
    private LazyBundles() {}

    public static BundleWriter create(Path folder, RunDocument run, Context context) throws IOException {
        return BundleWriter.create(Disk.LAZY, folder, run, context);
    }
}
