package dev.ridgepoint.analysis.export;

import dev.ridgepoint.analysis.report.RunFigures;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** One consumer's format. */
public interface Exporter {
    /** Every format, in the order help lists them. */
    List<Exporter> ALL = List.of(
            new BencherExport(),
            GithubActionExport.smaller(),
            GithubActionExport.bigger(),
            new OtavaExport(),
            new MarkdownExport(),
            new CsvExport());

    /** The name on the command line. */
    String id();

    /** Whether several runs make one document. */
    default boolean takesSeveral() {
        return false;
    }

    /**
     * Writes runs, in the order given.
     *
     * @return one line for each thing the format has no room for
     * @throws IllegalArgumentException if the consumer could make nothing of it
     */
    List<String> write(List<RunFigures> runs, Writer out) throws IOException;

    /**
     * The format of that name.
     *
     * @throws IllegalArgumentException naming the formats there are
     */
    static Exporter parse(String id) {
        return ALL.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--format: unknown format '" + id + "'; known: "
                        + String.join(", ", ALL.stream().map(Exporter::id).toList())));
    }

    /** The one run of a document that has room for one, refused where it has no figure: consumers reject such a file. */
    static RunFigures only(List<RunFigures> runs) {
        RunFigures run = runs.get(0);
        if (run.figures().isEmpty()) {
            throw new IllegalArgumentException(run.bundle() + ": no valid figure to export"
                    + (run.omissions() == null ? "" : "; " + run.omissions()) + "; 'ridgepoint report " + run.bundle()
                    + "' has the reasons");
        }
        return run;
    }

    /** What a reader of the document must be told beside it. */
    static List<String> beside(RunFigures run) {
        return run.omissions() == null
                ? List.of()
                : List.of(run.omissions() + "; 'ridgepoint report " + run.bundle() + "' has the reasons");
    }
}
