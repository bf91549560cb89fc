package dev.ridgepoint.device.conformance.counters;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Nsight Compute prints under {@code --csv --page raw --print-units base}: perhaps lines of its own that begin with
 * {@code ==}, a header, a row of units, and a row for each launch, in the order of launches.
 */
public final class NcuCsv {
    private static final String KERNEL = "Kernel Name";
    private static final String REFUSED = "ERR_NVGPUCTRPERM";
    private static final String OWN = "==";

    private NcuCsv() {}

    /**
     * One launch.
     *
     * @param kernel its name, perhaps with the types of its parameters
     * @param metrics by name; what was not a number is not there
     */
    public record Launch(String kernel, Map<String, Double> metrics) {}

    /**
     * Reads the launches.
     *
     * @throws ProfilerException in one line, if the profiler was not permitted to count, failed, or printed something else
     */
    public static List<Launch> parse(String text) {
        if (text.contains(REFUSED)) {
            throw new ProfilerException("ncu: this user may not read the GPU's counters (" + REFUSED
                    + "); an administrator can permit it, see NVIDIA's page of that name");
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> said = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("\"")) {
                rows.add(cells(line));
            } else if (line.startsWith(OWN)) {
                said.add(line);
            }
        }
        int header = header(rows);
        if (header < 0) {
            throw new ProfilerException("ncu printed no launches: "
                    + (said.isEmpty()
                            ? "it said nothing"
                            : said.get(said.size() - 1).replaceAll("=+", "").strip()));
        }
        List<String> names = rows.get(header);
        List<Launch> launches = new ArrayList<>();
        for (List<String> row : rows.subList(header + 1, rows.size())) {
            if (row.size() != names.size()) {
                throw new ProfilerException("ncu: a row of " + row.size() + " cells under " + names.size() + " names");
            }
            // The row of units has no kernel.
            if (!row.get(names.indexOf(KERNEL)).isEmpty()) {
                launches.add(launch(names, row));
            }
        }
        return launches;
    }

    private static int header(List<List<String>> rows) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).contains(KERNEL)) {
                return i;
            }
        }
        return -1;
    }

    private static Launch launch(List<String> names, List<String> row) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            // Metrics have a unit and a way to roll up; columns about the launch have neither.
            if (names.get(i).contains("__")) {
                String number = row.get(i).replace(",", "");
                if (number.matches("-?\\d+(\\.\\d+)?")) {
                    metrics.put(names.get(i), Double.valueOf(number));
                }
            }
        }
        return new Launch(row.get(names.indexOf(KERNEL)), metrics);
    }

    /** Cells in quotes, in which a quote stands twice. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                boolean escaped = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
                if (escaped) {
                    cell.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
