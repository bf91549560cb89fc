package dev.ridgepoint.device.cuda.jni;

import dev.ridgepoint.device.library.BundledLibrary;
import dev.ridgepoint.device.library.JavaCppSettings;
import java.util.Optional;

/** Our C++ library, loaded once a process. */
public final class JniLibrary {
    private static final String RESOURCE = "linux-x86_64/libridgepointcuda.so";

    private static Optional<BundledLibrary> loaded;

    private JniLibrary() {}

    /** Loads the library; empty in a build without g++ and cmake. */
    public static synchronized Optional<BundledLibrary> load() {
        if (loaded == null) {
            JavaCppSettings.apply();
            loaded = BundledLibrary.find(JniLibrary.class, RESOURCE);
            loaded.ifPresent(library -> System.load(library.unpack().toString()));
        }
        return loaded;
    }
}
