package dev.ridgepoint.analysis.decide;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.analysis.report.WholeFile;
import dev.ridgepoint.results.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
        Files.createDirectories(file.toAbsolutePath().getParent());
        WholeFile.write(file, text(decision));
    }
}
