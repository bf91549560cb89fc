package dev.ridgepoint.device.library;

import dev.ridgepoint.device.DeviceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A shared library among our resources. It is unpacked to a folder named by its content's hash; several JVMs may unpack
 * it at once, each renames a file of its own into place, so none ever sees half a library.
 *
 * @param name its file name
 * @param content its bytes
 * @param sha256 their digest, in hexadecimal
 */
public record BundledLibrary(String name, byte[] content, String sha256) {
    private static final String CACHE = "ridgepoint.cache";

    /** A library by its resource's path below a class; empty where this build has none. */
    public static Optional<BundledLibrary> find(Class<?> near, String resource) {
        try (InputStream in = near.getResourceAsStream(resource)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] content = in.readAllBytes();
            String name = resource.substring(resource.lastIndexOf('/') + 1);
            return Optional.of(new BundledLibrary(name, content, digest(content)));
        } catch (IOException e) {
            throw new DeviceException("cannot read " + resource + ": " + e.getMessage(), e);
        }
    }

    /** The first 16 digits of its digest: what a result records of it. */
    public String buildId() {
        return sha256.substring(0, 16);
    }

    /** Its path on disk, where it is unpacked unless it lies there already. */
    public Path unpack() {
        Path library = cache().resolve("native").resolve(sha256).resolve(name).toAbsolutePath();
        try {
            if (!Files.isRegularFile(library) || !Arrays.equals(Files.readAllBytes(library), content)) {
                write(library);
            }
            return library;
        } catch (IOException e) {
            throw new DeviceException(
                    "cannot unpack " + name + " to " + library.getParent() + " (" + e.getMessage()
                            + "); choose another place with -D" + CACHE + "=DIR",
                    e);
        }
    }

    private void write(Path library) throws IOException {
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

    /** The property {@value #CACHE}, else the user's cache folder. */
    private static Path cache() {
        String property = System.getProperty(CACHE);
        if (property != null) {
            return Path.of(property);
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path cache = xdg != null && Path.of(xdg).isAbsolute()
                ? Path.of(xdg)
                : Path.of(System.getProperty("user.home"), ".cache");
        return cache.resolve("ridgepoint");
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
