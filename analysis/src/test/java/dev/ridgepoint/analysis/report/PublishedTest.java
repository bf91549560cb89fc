package dev.ridgepoint.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.results.validate.BundleValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the repository publishes is whole, and the tables of its front page say what it says. */
class PublishedTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path FRONT_PAGE = ROOT.resolve("README.md");

    private static List<Path> bundles() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT.resolve("results/published"))) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> bundlesAreValid() throws IOException {
        List<Path> bundles = bundles();
        assertFalse(bundles.isEmpty(), "nothing is published");
        return bundles.stream()
                .map(bundle -> DynamicTest.dynamicTest(
                        bundle.getFileName().toString(),
                        () -> assertEquals(List.of(), BundleValidator.validate(bundle))));
    }

    @Test
    void tablesOfTheFrontPageAreCurrent() throws IOException {
        String page = Files.readString(FRONT_PAGE);
        int tables = 0;
        for (Path bundle : bundles()) {
            String name = bundle.getFileName().toString();
            if (page.contains("<!-- ridgepoint:" + name + ":begin -->")) {
                tables++;
                assertTrue(
                        TableMarkers.isCurrent(FRONT_PAGE, name, MarkdownReport.valid(bundle)),
                        "run: ./ridgepoint report results/published/" + name + " --into README.md");
            }
        }
        assertTrue(tables > 0, "the front page shows no published run");
    }
}
