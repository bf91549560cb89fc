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
     * The next line; null at the end. A line that was laid out as we write it is gone over once, its end being where its
     * text is over.
     *
     * @throws JsonFormatException whose pointer counts lines from 0
     */
    public IterationLine next(Lines lines) throws IOException {
        IterationLine ahead = scanner.read(lines.buffer(), lines.ahead(), lines.filled());
        if (ahead != null) {
            lines.take(scanner.newline());
            return ahead;
        }
        return lines.next() ? read(lines) : null;
    }

    /** The line {@code lines} stands on. */
    IterationLine read(Lines lines) throws IOException {
        // With its newline, which is in the buffer.
        int after = lines.offset() + lines.length() + 1;
        IterationLine plain = scanner.read(lines.buffer(), lines.offset(), after);
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
