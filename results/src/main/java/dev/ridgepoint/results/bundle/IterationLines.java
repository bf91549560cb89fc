package dev.ridgepoint.results.bundle;

import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.JsonText;
import dev.ridgepoint.results.json.NumberForm;
import java.io.IOException;

/** {@code iterations.ndjson}, a line at a time and by hand: there may be millions. */
public final class IterationLines {
    private final IterationScanner scanner = new IterationScanner();

    /**
     * The line {@code lines} stands on.
     *
     * @throws JsonFormatException whose pointer counts lines from 0
     */
    public IterationLine read(Lines lines) throws IOException {
        IterationLine plain = scanner.read(lines.buffer(), lines.offset(), lines.length());
        return plain != null ? plain : IterationParser.read(lines);
    }

    /** Appends a line with its newline. */
    public static void write(IterationLine line, StringBuilder out) {
        out.append("{\"caseId\":");
        JsonText.quote(out, line.caseId());
        out.append(",\"fork\":").append(line.fork());
        out.append(",\"iteration\":").append(line.iteration());
        out.append(",\"warmup\":").append(line.warmup());
        out.append(",\"nsPerOp\":").append(NumberForm.of(line.nsPerOp()));
        out.append(",\"ops\":").append(NumberForm.of(line.ops()));
        out.append(",\"startEpochMicros\":").append(NumberForm.of(line.startEpochMicros()));
        out.append("}\n");
    }
}
