package dev.ridgepoint.results.validate;

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
    private final CaseChecks cases;

    JournalChecks(Findings findings, TimingChecks timing) {
        this.findings = findings;
        this.cases = new CaseChecks(Layout.JOURNAL, findings, timing);
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
                    cases.check(StrictJson.document(lines.buffer(), lines.offset(), lines.length()), pointer);
                }
            }
        } catch (JsonFormatException malformed) {
            findings.error(Layout.JOURNAL, malformed);
        }
    }
}
