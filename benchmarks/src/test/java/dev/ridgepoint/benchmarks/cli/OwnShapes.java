package dev.ridgepoint.benchmarks.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Shapes files of small products for the fake device. */
final class OwnShapes {
    private OwnShapes() {}

    /** A file of products with so many rows each. */
    static Path file(Path folder, long... rows) throws IOException {
        String shapes = Arrays.stream(rows)
                .mapToObj(m -> "{\"id\": \"m" + m + "\", \"op\": \"gemm\", \"precision\": \"fp32\","
                        + " \"shape\": {\"M\": " + m + ", \"N\": 7, \"K\": 33}}")
                .collect(Collectors.joining(",\n", "[", "]\n"));
        return Files.writeString(folder.resolve("shapes.json"), shapes);
    }
}
