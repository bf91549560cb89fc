package dev.ridgepoint.results.validate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.schema.Schemas;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of the head of {@code result.json} on its own. */
final class HeadChecks {
    private static final String FILE = Layout.RESULT;

    private final Findings findings;

    HeadChecks(Findings findings) {
        this.findings = findings;
    }

    /** Holds the head against the schema, the streamed arrays standing empty. */
    boolean schema(ObjectNode head) {
        return findings.matches(Schemas.RESULT, Schemas.whole(head), FILE, "");
    }

    void check(RunDocument run) {
        if (!run.protocol().digest().equals(run.protocol().sha256())) {
            findings.error(FILE, "/protocol/sha256", "is not the digest of the protocol");
        }
        if (run.plan().part() > run.plan().parts()) {
            findings.error(
                    FILE,
                    "/plan/part",
                    "is part " + run.plan().part() + " of " + run.plan().parts());
        }
        if (run.previousSha256() != null && run.previousRunId() == null) {
            findings.error(FILE, "/previousSha256", "is the seal of a run that is not named");
        }
        if (run.runId().equals(run.previousRunId())) {
            findings.error(FILE, "/previousRunId", "a run cannot come after itself");
        }
        times(run);
        parts(run);
    }

    private void times(RunDocument run) {
        Instant last = instant(run.started(), "/started");
        for (int i = 0; i < run.resumed().size(); i++) {
            last = notBefore(last, run.resumed().get(i), "/resumed/" + i);
        }
        if (run.ended() != null) {
            notBefore(last, run.ended(), "/ended");
        } else if (run.complete()) {
            findings.error(FILE, "/ended", "a complete run has ended");
        }
    }

    private Instant notBefore(Instant earlier, String text, String pointer) {
        Instant time = instant(text, pointer);
        if (earlier != null && time != null && time.isBefore(earlier)) {
            // Clocks are set back while runs go on; no figure depends on these times.
            findings.warning(FILE, pointer, "lies before the time it should follow");
        }
        return time;
    }

    private Instant instant(String text, String pointer) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException refused) {
            findings.error(FILE, pointer, "is no time");
            return null;
        }
    }

    private void parts(RunDocument run) {
        List<RunDocument.Part> parts = run.mergedFrom();
        Set<String> ids = new HashSet<>();
        boolean whole = true;
        for (int i = 0; i < parts.size(); i++) {
            if (!ids.add(parts.get(i).runId())) {
                findings.error(FILE, "/mergedFrom/" + i + "/runId", "was merged already");
            }
            whole &= parts.get(i).status().equals(RunDocument.COMPLETE);
        }
        if (run.complete() && !whole) {
            findings.error(FILE, "/status", "a bundle merged from a partial one is partial");
        }
    }
}
