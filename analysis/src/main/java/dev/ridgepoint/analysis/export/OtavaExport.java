package dev.ridgepoint.analysis.export;

import dev.ridgepoint.analysis.report.Names;
import dev.ridgepoint.analysis.report.Numbers;
import dev.ridgepoint.analysis.report.RunFigures;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A row a run for Apache Otava, which looks for change points: {@code time}, attributes, then nanoseconds a call under each
 * case's id.
 *
 * <p>After its docs/CSV.md and importer (github.com/apache/otava): the columns are named in the head and chosen in {@code
 * otava.yaml}; the time column is any date, here UTC; attributes are texts; every cell of a metric must be a number, and
 * every row as long as the head. So a column is a case that has a figure in all of the runs; the others are counted.
 * Otava's default direction is larger-is-better: these metrics want {@code direction: -1}. A column named {@code branch}
 * has a meaning there and is avoided.
 */
final class OtavaExport implements Exporter {
    private static final List<String> ATTRIBUTES =
            List.of("time", "run", "status", "commit", "suite", "protocol", "device", "stack", "left_out");

    @Override
    public String id() {
        return "otava";
    }

    @Override
    public boolean takesSeveral() {
        return true;
    }

    @Override
    public List<String> write(List<RunFigures> runs, Writer out) throws IOException {
        List<RunFigures> inTime = runs.stream()
                .sorted(Comparator.comparing(run -> run.run().started()))
                .toList();
        List<Map<String, Double>> times =
                inTime.stream().map(OtavaExport::times).toList();
        Set<String> any = new LinkedHashSet<>();
        times.forEach(one -> any.addAll(one.keySet()));
        List<String> columns = any.stream()
                .filter(id -> times.stream().allMatch(one -> one.containsKey(id)))
                .toList();
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("no case has a valid figure in "
                    + (runs.size() == 1 ? runs.get(0).bundle().toString() : "all " + runs.size() + " runs")
                    + ", so there is no series to export");
        }
        Csv csv = new Csv(out);
        List<String> head = new ArrayList<>(ATTRIBUTES);
        head.addAll(columns);
        csv.row(head);
        for (int i = 0; i < inTime.size(); i++) {
            csv.row(row(inTime.get(i), times.get(i), columns));
        }
        return beside(inTime, any.size() - columns.size());
    }

    private static Map<String, Double> times(RunFigures run) {
        Map<String, Double> times = new HashMap<>();
        run.figures().forEach(figure -> times.put(figure.id(), figure.timing().steadyNs()));
        return times;
    }

    private static List<String> row(RunFigures run, Map<String, Double> times, List<String> columns) {
        List<String> cells = new ArrayList<>(List.of(
                // Its date parser is not known to take nanoseconds, and it keeps whole seconds.
                Instant.parse(run.run().started())
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString(),
                run.run().runId(),
                run.run().status(),
                commit(run),
                Names.oneLine(run.run().suite()),
                Names.oneLine(run.run().protocol().id()),
                run.device(),
                run.stack(),
                Integer.toString(run.omitted().size() + times.size() - columns.size())));
        columns.forEach(id -> cells.add(Csv.number(times.get(id))));
        return cells;
    }

    private static String commit(RunFigures run) {
        String sha = run.context().build().gitSha();
        boolean dirty = Boolean.TRUE.equals(run.context().build().gitDirty());
        return sha == null ? "unknown" : Names.oneLine(sha) + (dirty ? "-dirty" : "");
    }

    private static List<String> beside(List<RunFigures> runs, int notInAll) {
        List<String> lines = new ArrayList<>();
        runs.forEach(run -> Exporter.beside(run).forEach(line -> lines.add(run.bundle() + ": " + line)));
        if (notInAll > 0) {
            lines.add(Numbers.count(notInAll) + (notInAll == 1 ? " case has" : " cases have")
                    + " a valid figure in some of the runs and not in all: no column, for Otava takes no empty cell");
        }
        return lines;
    }
}
