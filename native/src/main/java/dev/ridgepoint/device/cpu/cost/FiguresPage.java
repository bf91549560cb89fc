package dev.ridgepoint.device.cpu.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The figures as text. A page has them between markers of their own for each processor; the rest is its author's. */
final class FiguresPage {
    private final String processor;
    private final StringBuilder text = new StringBuilder();

    FiguresPage(String processor) {
        this.processor = processor;
    }

    /** A line of what was true of the machine. */
    void context(String name, String value) {
        text.append("- ").append(name).append(": ").append(value).append('\n');
    }

    /** A table of figures under its heading. */
    void table(String heading, List<Figure> figures) {
        text.append("\n### ").append(heading).append("\n\n```\n");
        text.append(String.format(
                Locale.ROOT,
                "%-48s %12s %12s %6s  %-13s %-22s %-4s %s%n",
                "what",
                "ours",
                "theirs",
                "ratio",
                "quartiles",
                "goal",
                "met",
                "against"));
        figures.forEach(figure -> text.append(line(figure)).append('\n'));
        text.append("```\n");
    }

    static String line(Figure figure) {
        Ratio r = figure.measured();
        return String.format(
                Locale.ROOT,
                "%-48s %9.2f us %9.2f us %6.3f  %5.3f-%-7.3f %-22s %-4s %s",
                figure.what(),
                r.oursNs() / 1e3,
                r.theirsNs() / 1e3,
                r.ratio(),
                r.low(),
                r.high(),
                figure.goal().words(),
                figure.goal().verdict(),
                figure.theirs());
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /**
     * Writes the text between the processor's markers of a file, or behind all else where it has none yet.
     *
     * @throws IOException if the file cannot be read or written, or a marker stands alone
     */
    void replaceIn(Path file) throws IOException {
        String page = Files.readString(file);
        String begin = marker("begin");
        String end = marker("end");
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        if (from < 0 && to < 0) {
            String heading = page.stripTrailing() + "\n\n## " + processor + "\n\n";
            Files.writeString(file, heading + begin + "\n" + text + end + "\n");
            return;
        }
        if (from < 0 || to < from) {
            throw new IOException(file + ": no text between '" + begin + "' and '" + end + "'");
        }
        Files.writeString(file, page.substring(0, from + begin.length()) + "\n" + text + page.substring(to));
    }

    private String marker(String place) {
        String name =
                processor.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return "<!-- ridgepoint:cpu-figures:" + name + ":" + place + " -->";
    }
}
