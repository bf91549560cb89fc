package dev.ridgepoint.benchmarks.doctor;

import dev.ridgepoint.results.json.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * What is being run: the jar (or the folder of classes) this code came from, and the commit its folder stands at.
 *
 * @param digest SHA-256 of the jar, or over all class files
 * @param gitSha commit of the folder the code lies in, or empty outside a repository
 * @param gitDirty whether files there differ from the commit
 */
public record BuildInfo(String digest, Optional<String> gitSha, Optional<Boolean> gitDirty) {
    private static final long GIT_SECONDS = 10;
    private static final Attributes.Name COMMIT = new Attributes.Name("Ridgepoint-Commit");
    private static final Attributes.Name DIRTY = new Attributes.Name("Ridgepoint-Dirty");

    /** Looks where this class was loaded from; a jar that was packed to travel tells of itself. */
    public static BuildInfo current() {
        Path code = location();
        Attributes packed = manifest(code);
        if (packed.containsKey(COMMIT)) {
            return new BuildInfo(
                    digestOf(code),
                    Optional.of(packed.getValue(COMMIT)),
                    Optional.of(Boolean.valueOf(packed.getValue(DIRTY))));
        }
        Optional<String> sha = git(code, "rev-parse", "HEAD").filter(out -> out.matches("[0-9a-f]{40,64}"));
        Optional<Boolean> dirty = sha.flatMap(commit ->
                git(code, "status", "--porcelain", "--untracked-files=no").map(out -> !out.isEmpty()));
        return new BuildInfo(digestOf(code), sha, dirty);
    }

    /** Writes down what only the folder of a checkout can tell. */
    public void writeTo(Manifest manifest) {
        gitSha.ifPresent(sha -> {
            manifest.getMainAttributes().put(COMMIT, sha);
            manifest.getMainAttributes().put(DIRTY, gitDirty.orElse(true).toString());
        });
    }

    private static Attributes manifest(Path code) {
        if (Files.isDirectory(code)) {
            return new Attributes();
        }
        try (JarFile jar = new JarFile(code.toFile())) {
            return jar.getManifest() == null
                    ? new Attributes()
                    : jar.getManifest().getMainAttributes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digestOf(Path code) {
        try {
            return digest(code);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jar or the folder of classes. */
    public static Path location() {
        try {
            return Path.of(BuildInfo.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path holds no valid location", e);
        }
    }

    /** SHA-256 of a jar, or over all files of a folder of classes. */
    public static String digest(Path code) throws IOException {
        MessageDigest digest = Sha256.digest();
        if (Files.isDirectory(code)) {
            List<Path> files;
            try (Stream<Path> tree = Files.walk(code)) {
                files = tree.filter(Files::isRegularFile).sorted().toList();
            }
            for (Path file : files) {
                digest.update((code.relativize(file) + "\n").getBytes(StandardCharsets.UTF_8));
                feed(digest, file);
            }
        } else {
            feed(digest, code);
        }
        return Sha256.hex(digest);
    }

    private static void feed(MessageDigest digest, Path file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
    }

    private static Optional<String> git(Path code, String... arguments) {
        Path folder = Files.isDirectory(code) ? code : code.getParent();
        String[] command = Stream.concat(Stream.of("git", "-C", folder.toString()), Stream.of(arguments))
                .toArray(String[]::new);
        return Command.output(GIT_SECONDS, TimeUnit.SECONDS, command);
    }
}
