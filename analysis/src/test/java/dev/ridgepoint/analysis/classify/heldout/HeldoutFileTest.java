package dev.ridgepoint.analysis.classify.heldout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.analysis.classify.LabelledCases;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The committed held-out cases are what the generator draws, so nobody edited them to please the classifier. */
class HeldoutFileTest {
    private static final long SEED = 7411;

    @Test
    void committedFileIsWhatTheGeneratorDraws() throws IOException {
        try (InputStream in = LabelledCases.class.getResourceAsStream("cases-heldout.jsonl")) {
            assertEquals(lines(SEED), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String lines(long seed) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        StringBuilder lines = new StringBuilder();
        for (ObjectNode line : new HeldoutGenerator(seed).generate()) {
            lines.append(mapper.writeValueAsString(line)).append('\n');
        }
        return lines.toString();
    }

    /** Draws a file: {@code HeldoutFileTest SEED FILE}. */
    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[1]), lines(Long.parseLong(args[0])));
        System.out.println("wrote " + List.of(args));
    }
}
