package dev.ridgepoint.benchmarks.carry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.doctor.BuildInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs a jar of one class, unpacks it and runs it where no variable is set and nothing is installed. */
class ArchiveTest {
    private static final BuildInfo BUILD = new BuildInfo("ab", Optional.of("c0ffee"), Optional.of(false));

    @TempDir
    private Path folder;

    /** What the archive runs: says what it was given and by which Java. */
    public static final class Program {
        public static void main(String[] arguments) {
            System.out.println(List.of(arguments) + " by " + System.getProperty("java.home") + ", "
                    + BuildInfo.current().gitSha().orElse("no commit"));
        }
    }

    @Test
    void runsWithTheRuntimeItCarries() throws Exception {
        Path archive = folder.resolve("r.tar.gz");
        Archive.write(jar(), BUILD, archive);
        run(folder, "tar", "--extract", "--file=" + archive);
        String said = run(folder, "/usr/bin/env", "-i", "PATH=/bin:/usr/bin", "ridgepoint/ridgepoint", "a", "b c");
        Path runtime = folder.resolve("ridgepoint/runtime").toRealPath();
        assertEquals("[a, b c] by " + runtime + ", c0ffee", said.strip());
        try (JarFile carried =
                new JarFile(folder.resolve("ridgepoint/benchmarks.jar").toFile())) {
            assertTrue(carried.stream().noneMatch(entry -> entry.getName().contains("/include/")));
        }
        assertEquals("theirs", Files.readString(folder.resolve("ridgepoint/licences/theirs/LICENSE")));
        assertFalse(Files.exists(folder.resolve("unfinished-r.tar.gz")));
    }

    @Test
    void refusesNamesOfOtherKinds() {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> Archive.write(jar(), BUILD, folder.resolve("r.zip")));
        assertTrue(refusal.getMessage().contains(".tar.xz or .tar.gz"), refusal.getMessage());
    }

    /** This class's program and what it needs of ours, with a header that must stay behind. */
    private Path jar() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Program.class.getName());
        Path jar = folder.resolve("benchmarks.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            add(out, Program.class);
            add(out, BuildInfo.class);
            add(out, dev.ridgepoint.results.json.Sha256.class);
            out.putNextEntry(new JarEntry("org/bytedeco/dnnl/include/dnnl.h"));
            out.closeEntry();
            out.putNextEntry(new JarEntry("META-INF/legal/licences/theirs/LICENSE"));
            out.write("theirs".getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
        return jar;
    }

    private static void add(JarOutputStream out, Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream in = type.getResourceAsStream("/" + name)) {
            in.transferTo(out);
        }
    }

    private static String run(Path where, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}
