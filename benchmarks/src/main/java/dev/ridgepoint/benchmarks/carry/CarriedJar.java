package dev.ridgepoint.benchmarks.carry;

import dev.ridgepoint.benchmarks.doctor.BuildInfo;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/** The jar as it travels: told which commit it is, for no checkout will be there to ask, and without headers of C. */
final class CarriedJar {
    private static final Pattern LEFT_OUT = Pattern.compile("org/bytedeco/.*/include/.*");

    private CarriedJar() {}

    /** Copies the jar; entries stay compressed lightly or not at all, for the archive does that better. */
    static void write(Path jar, BuildInfo build, Path target) throws IOException {
        try (JarInputStream in = new JarInputStream(new BufferedInputStream(Files.newInputStream(jar)))) {
            Manifest manifest = in.getManifest();
            if (manifest == null) {
                throw new IOException(jar + " does not begin with a manifest");
            }
            build.writeTo(manifest);
            try (JarOutputStream out =
                    new JarOutputStream(new BufferedOutputStream(Files.newOutputStream(target)), manifest)) {
                out.setLevel(0);
                copy(in, out);
            }
        }
    }

    private static void copy(JarInputStream in, JarOutputStream out) throws IOException {
        for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
            if (!LEFT_OUT.matcher(entry.getName()).matches()) {
                JarEntry copy = new JarEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                ((InputStream) in).transferTo(out);
                out.closeEntry();
            }
        }
    }
}
