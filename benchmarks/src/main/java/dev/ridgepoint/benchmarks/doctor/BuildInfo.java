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

    /** Looks where this class was loaded from. */
    public static BuildInfo current() {
        Path code = location();
        Optional<String> sha = git(code, "rev-parse", "HEAD").filter(out -> out.matches("[0-9a-f]{40,64}"));
        Optional<Boolean> dirty = sha.flatMap(commit ->
                git(code, "status", "--porcelain", "--untracked-files=no").map(out -> !out.isEmpty()));
        try {
            return new BuildInfo(digest(code), sha, dirty);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path location() {
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

    static String digest(Path code) throws IOException {
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
