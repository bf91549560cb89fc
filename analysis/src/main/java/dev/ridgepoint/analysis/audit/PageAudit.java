package dev.ridgepoint.analysis.audit;

import dev.ridgepoint.analysis.report.MarkdownReport;
import dev.ridgepoint.analysis.report.TableMarkers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The table that {@code report --into} put on a page, held line by line against what the bundle gives now. */
final class PageAudit {
    private PageAudit() {}

    /** @throws IllegalArgumentException if the page has no table of this bundle */
    static List<Discrepancy> of(Path bundle, Path page) throws IOException {
        String name = bundle.toRealPath().getFileName().toString();
        List<String> stated = TableMarkers.table(page, name).lines().toList();
        List<String> derived = MarkdownReport.valid(bundle).strip().lines().toList();
        List<Discrepancy> found = new ArrayList<>();
        Set<String> there = new HashSet<>(stated);
        Set<String> here = new HashSet<>(derived);
        List<String> wrong =
                stated.stream().filter(line -> !here.contains(line)).toList();
        List<String> missing =
                derived.stream().filter(line -> !there.contains(line)).toList();
        for (String line : wrong) {
            String row = row(line);
            String right = missing.stream()
                    .filter(other -> row != null && row.equals(row(other)))
                    .findFirst()
                    .orElse("no such line");
            found.add(new Discrepancy(page.toString(), row == null ? "line" : row, line, right));
        }
        for (String line : missing) {
            String row = row(line);
            if (row == null || wrong.stream().noneMatch(other -> row.equals(row(other)))) {
                found.add(new Discrepancy(page.toString(), row == null ? "line" : row, "nothing", line));
            }
        }
        if (found.isEmpty() && !stated.equals(derived)) {
            found.add(new Discrepancy(page.toString(), "table", "the lines in another order or number", "as reported"));
        }
        return found;
    }

    /** Case and kernel of a row of the table; null of any other line. */
    private static String row(String line) {
        String[] cells = line.split("(?<!\\\\)\\|", -1);
        return cells.length > 3 ? cells[1].strip() + " " + cells[2].strip() : null;
    }
}
