package dev.ridgepoint.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.bundle.SampleBundle;
import dev.ridgepoint.results.json.CanonicalJson;
import dev.ridgepoint.results.json.Sha256;
import dev.ridgepoint.results.json.StrictJson;
import dev.ridgepoint.results.schema.Schemas;
import dev.ridgepoint.results.validate.BundleValidator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The format is sealed: what the writer writes is compared byte by byte with a bundle kept in the test resources, one
 * folder a version. To change the format, change {@link Format#VERSION}, run with {@code -Dridgepoint.golden=write}, and
 * add the line that {@code format-history.txt} asks for.
 */
class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden").resolve(Format.VERSION);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "de-DE", "ru-RU", "ar-EG-u-nu-arab"})
    void isWrittenByteForByteUnderAnyLocale(String tag) throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(tag));
        try {
            Path written = SampleBundle.complete(folder.resolve("bundle"));
            if ("write".equals(System.getProperty("ridgepoint.golden"))) {
                copy(written, GOLDEN);
            }
            assertEquals(names(GOLDEN), names(written));
            for (String name : names(written)) {
                assertArrayEquals(
                        Files.readAllBytes(GOLDEN.resolve(name)), Files.readAllBytes(written.resolve(name)), name);
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void isReadAndValid() throws IOException {
        assertEquals(List.of(), BundleValidator.validate(GOLDEN));
        List<String> kinds = new ArrayList<>();
        BundleReader.open(GOLDEN).cases(result -> kinds.add(result.outcome().kind()));
        assertEquals(List.of("measured", "simulated", "incorrect", "skipped", "failed"), kinds);
    }

    /** The last line of the history must be of this version and of these schemas and golden files. */
    @Test
    void changesOnlyWithItsVersion() throws IOException {
        List<String> history = Files.readAllLines(Path.of("src/test/resources/golden/format-history.txt"));
        assertEquals(
                Format.VERSION + " " + fingerprint(),
                history.get(history.size() - 1),
                "the format changed: give Format.VERSION a new value, write its golden files and add this line");
        assertEquals(
                history.size(),
                history.stream().map(line -> line.split(" ")[0]).distinct().count(),
                "a version is frozen once it has a line");
    }

    private static String fingerprint() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Schemas schema : Schemas.values()) {
            all.append(canonical(schema.text().getBytes(StandardCharsets.UTF_8)))
                    .append('\n');
        }
        for (String name : List.of(Layout.RESULT, Layout.CONTEXT, Layout.ITERATIONS)) {
            all.append(Files.readString(GOLDEN.resolve(name)));
        }
        return Sha256.hex(all.toString());
    }

    private static String canonical(byte[] bytes) throws IOException {
        JsonNode tree = StrictJson.document(bytes, 0, bytes.length);
        return CanonicalJson.write(tree);
    }

    private static List<String> names(Path bundle) throws IOException {
        try (Stream<Path> tree = Files.walk(bundle)) {
            return tree.filter(Files::isRegularFile)
                    .map(file -> bundle.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (String name : names(from)) {
            Files.createDirectories(to.resolve(name).getParent());
            try (InputStream in = Files.newInputStream(from.resolve(name))) {
                Files.write(to.resolve(name), in.readAllBytes());
            }
        }
    }
}
