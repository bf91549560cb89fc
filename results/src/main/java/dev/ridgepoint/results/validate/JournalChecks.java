package dev.ridgepoint.results.validate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.bundle.Lines;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Outcomes that were recorded after {@code result.json} was last written: readers of a partial bundle see them. */
final class JournalChecks {
    private final Findings findings;
    private final TimingChecks timing;

    JournalChecks(Findings findings, TimingChecks timing) {
        this.findings = findings;
        this.timing = timing;
    }

    /** Checks the whole lines from {@code offset} on; what lies before is covered by the digest of the file. */
    void tail(Path journal, long offset) throws IOException {
        if (!Files.isRegularFile(journal, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (InputStream in = Files.newInputStream(journal)) {
            Lines lines = new Lines(in);
            while (lines.next()) {
                if (lines.end() > offset) {
                    String pointer = "/" + lines.number();
                    JsonNode json = StrictJson.document(lines.buffer(), lines.offset(), lines.length());
                    CaseChecks.check(Layout.JOURNAL, timing, json, pointer, findings);
                }
            }
        } catch (JsonFormatException malformed) {
            findings.error(Layout.JOURNAL, malformed);
        }
    }
}
