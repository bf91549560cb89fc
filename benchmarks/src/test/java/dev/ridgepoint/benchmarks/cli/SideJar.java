package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.doctor.BuildInfo;
import dev.ridgepoint.benchmarks.fake.FakeDevice;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

/**
 * Jars that come before our classes and name another build of the fake device. Of our classes they hold the one that asks
 * where it was loaded from, so that what runs by such a jar is of its build and not of ours.
 */
final class SideJar {
    private static final String LOCATED = BuildInfo.class.getName().replace('.', '/') + ".class";

    private SideJar() {}

    /** A jar of that build, with more entries by name. */
    static Path write(Path jar, String build, Map<String, String> entries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            put(out, FakeDevice.BUILD_FILE, build.getBytes(StandardCharsets.UTF_8));
            try (InputStream located = BuildInfo.class.getResourceAsStream("/" + LOCATED)) {
                put(out, LOCATED, located.readAllBytes());
            }
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                put(out, entry.getKey(), entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(bytes);
        out.closeEntry();
    }
}
