package dev.ridgepoint.device.cuda.jcuda;

import dev.ridgepoint.device.library.BundledLibrary;
import java.nio.file.Path;

/** JCuda's native libraries, one for each of its bindings. */
final class JcudaLibraries {
    static final String VERSION = "12.6.0";
    private static final String TEMPORARY_FOLDER = "java.io.tmpdir";

    private JcudaLibraries() {}

    /**
     * Makes a binding take its library from our cache. It would unpack to a fixed name in the folder all users share, and
     * load whatever lies there under that name, half written or put there by somebody else.
     *
     * @throws UnsatisfiedLinkError in one line, if the library does not load
     */
    static synchronized void load(Class<?> binding) {
        Path library = BundledLibrary.find(
                        binding, "/lib/lib" + binding.getSimpleName() + "-" + VERSION + "-linux-x86_64.so")
                .orElseThrow(() -> new UnsatisfiedLinkError(binding.getSimpleName() + " was left out of this build"))
                .unpack();
        loadWithoutAdvice(library);
        String shared = System.getProperty(TEMPORARY_FOLDER);
        System.setProperty(TEMPORARY_FOLDER, library.getParent().toString());
        try {
            Class.forName(binding.getName());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("it is on the class path, or this class would not be", e);
        } finally {
            System.setProperty(TEMPORARY_FOLDER, shared);
        }
    }

    /**
     * Loads the library before JCuda does, which would wrap the linker's words in a page of its own, once, and afterwards
     * know no reason.
     */
    private static void loadWithoutAdvice(Path library) {
        try {
            System.load(library.toString());
        } catch (UnsatisfiedLinkError e) {
            String line = e.getMessage().lines().findFirst().orElse("it does not load");
            String ours = library + ": ";
            throw new UnsatisfiedLinkError(line.startsWith(ours) ? line.substring(ours.length()) : line);
        }
    }
}
