package dev.ridgepoint.analysis.decide;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.Records;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A decision as a file; {@code decision.schema.json} beside this class describes it. */
public final class DecisionFile {
    private DecisionFile() {}

    /** The text, indented, with its seal as the last member. */
    public static String text(Decision decision) throws IOException {
        ObjectNode record = Records.toJson(decision);
        record.put(RecordSeal.MEMBER, RecordSeal.of(record));
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(record) + "\n";
    }

    /** Writes it; the file is complete or not there. */
    public static void write(Decision decision, Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Files.createDirectories(target.getParent());
        Path unfinished = target.resolveSibling(target.getFileName() + ".tmp");
        try {
            Files.writeString(unfinished, text(decision), StandardCharsets.UTF_8);
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
