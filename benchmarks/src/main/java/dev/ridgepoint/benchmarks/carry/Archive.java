package dev.ridgepoint.benchmarks.carry;

import dev.ridgepoint.benchmarks.doctor.BuildInfo;
import dev.ridgepoint.benchmarks.record.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * An archive that runs on any Linux x86-64: {@code ridgepoint/} with a launcher, a Java runtime, licences and the
 * jar, which carries native libraries, kernels and suites.
 */
public final class Archive {
    private static final String ROOT = "ridgepoint";
    /** What tar can name the compression of. */
    private static final List<String> ENDINGS = List.of(".tar.xz", ".tar.gz");

    private Archive() {}

    /**
     * Writes the archive.
     *
     * @param jar the benchmarks jar
     * @param file ends in {@code .tar.xz} or {@code .tar.gz}
     * @throws IllegalArgumentException for another ending
     * @throws IOException one line: what is missing or what failed
     */
    public static void write(Path jar, BuildInfo build, Path file) throws IOException {
        if (ENDINGS.stream().noneMatch(file.toString()::endsWith)) {
            throw new IllegalArgumentException(file + ": expected a name that ends in " + String.join(" or ", ENDINGS));
        }
        Path stage = Files.createTempDirectory("ridgepoint-archive");
        try {
            fill(stage.resolve(ROOT), jar, build);
            pack(stage, file.toAbsolutePath());
        } finally {
            Folders.delete(stage);
        }
    }

    private static void fill(Path root, Path jar, BuildInfo build) throws IOException {
        Files.createDirectories(root);
        script("launcher.sh", root.resolve("ridgepoint"));
        script("session.sh", root.resolve("gpu-session"));
        resource("README.txt", root.resolve("README.txt"));
        CarriedJar.write(jar, build, root.resolve("benchmarks.jar"));
        Licences.copy(jar, root);
        RuntimeImage.link(root.resolve("runtime"));
    }

    private static void script(String name, Path target) throws IOException {
        resource(name, target);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void resource(String name, Path target) throws IOException {
        try (InputStream in = Archive.class.getResourceAsStream(name)) {
            Files.copy(in, target);
        }
    }

    private static void pack(Path stage, Path file) throws IOException {
        Path fresh = file.resolveSibling("unfinished-" + file.getFileName());
        Process tar;
        try {
            tar = new ProcessBuilder(
                            "tar",
                            "--create",
                            "--auto-compress",
                            "--sort=name",
                            "--owner=0",
                            "--group=0",
                            "--numeric-owner",
                            "--file=" + fresh,
                            "--directory=" + stage,
                            ROOT)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException absent) {
            throw new IOException("tar is not installed", absent);
        }
        String said = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (tar.waitFor() != 0) {
                Files.deleteIfExists(fresh);
                throw new IOException("tar: " + said.strip().lines().findFirst().orElse("failed"));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
