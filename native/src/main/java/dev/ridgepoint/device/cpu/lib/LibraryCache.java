package dev.ridgepoint.device.cpu.lib;

import dev.ridgepoint.device.DeviceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where libraries lie while JVMs use them: a directory for each content, named by its hash. Several JVMs may place the
 * same library at once; each renames a file of its own into place, so none ever sees half a library.
 */
final class LibraryCache {
    static final String PROPERTY = "ridgepoint.cache";

    private final Path root;

    LibraryCache(Path root) {
        this.root = root;
    }

    /** The property {@value #PROPERTY}, else the user's cache directory. */
    static LibraryCache ofUser() {
        String property = System.getProperty(PROPERTY);
        if (property != null) {
            return new LibraryCache(Path.of(property));
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path cache = xdg != null && Path.of(xdg).isAbsolute()
                ? Path.of(xdg)
                : Path.of(System.getProperty("user.home"), ".cache");
        return new LibraryCache(cache.resolve("ridgepoint"));
    }

    /** The path of a library with this content, which is written unless it is there already. */
    Path place(String name, byte[] content, String sha256) {
        Path library = root.resolve("native").resolve(sha256).resolve(name).toAbsolutePath();
        try {
            if (!holds(library, sha256)) {
                write(library, content);
            }
            return library;
        } catch (IOException e) {
            throw new DeviceException(
                    "cannot unpack the native library to " + library.getParent() + " (" + e.getMessage()
                            + "); choose another place with -D" + PROPERTY + "=DIR",
                    e);
        }
    }

    private static boolean holds(Path library, String sha256) throws IOException {
        return Files.isRegularFile(library)
                && NativeLibrary.sha256(Files.readAllBytes(library)).equals(sha256);
    }

    private static void write(Path library, byte[] content) throws IOException {
        Files.createDirectories(
                library.getParent(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path fresh = Files.createTempFile(library.getParent(), "unpacking", ".so");
        try {
            Files.write(fresh, content);
            Files.move(fresh, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
