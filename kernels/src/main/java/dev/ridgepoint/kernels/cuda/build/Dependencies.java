package dev.ridgepoint.kernels.cuda.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What a compiled kernel depends on: its compiler, its flags, and every file of ours it includes. */
final class Dependencies {
    private Dependencies() {}

    /**
     * A digest of all of it as it is now. Headers of the toolkit and of the system are the compiler's: they change with it.
     *
     * @param listed the makefile rule nvcc wrote when it last compiled the kernel
     */
    static String digest(KernelSource source, Path listed, String compiler, List<String> flags) throws IOException {
        MessageDigest digest = sha256();
        digest.update((compiler + flags).getBytes(StandardCharsets.UTF_8));
        for (Path file : ours(source, listed)) {
            digest.update(source.root().relativize(file).toString().getBytes(StandardCharsets.UTF_8));
            // A file that is gone changes the digest too.
            digest.update(Files.exists(file) ? Files.readAllBytes(file) : new byte[] {0});
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Files of the rule that lie under the folder of sources. */
    private static List<Path> ours(KernelSource source, Path listed) throws IOException {
        String rule = Files.readString(listed).replace("\\\n", " ");
        String[] files = rule.substring(rule.indexOf(':') + 1).strip().split("(?<!\\\\)\\s+");
        return Stream.of(files)
                .map(file -> source.root().resolve(file.replace("\\ ", " ")).normalize())
                .filter(file -> file.startsWith(source.root()))
                .distinct()
                .sorted()
                .toList();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
