package dev.ridgepoint.benchmarks.counts;

import dev.ridgepoint.analysis.report.WholeFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts that were reviewed, to hold others against: columns divided by tabs, one line a kernel and problem. What they
 * depend on stands above: other PTX has other counts.
 *
 * @param arch architecture that was played
 * @param nvcc version that made the PTX
 */
public record CountFile(String arch, String nvcc, List<KernelCounts> rows) {
    private static final String HEADING = "kernel\tproblem\t" + String.join("\t", KernelCounts.COLUMNS);
    private static final String ARCH = "# arch ";
    private static final String NVCC = "# nvcc ";

    public CountFile {
        rows = List.copyOf(rows);
    }

    /** Writes it whole. */
    public void write(Path file) throws IOException {
        Stream<String> head = Stream.of(ARCH + arch, NVCC + nvcc, HEADING);
        Stream<String> lines = rows.stream().map(CountFile::line);
        WholeFile.write(
                file, Stream.concat(head, lines).map(line -> line + "\n").collect(Collectors.joining()));
    }

    private static String line(KernelCounts row) {
        return row.kernel() + "\t" + row.problem() + "\t"
                + KernelCounts.COLUMNS.stream()
                        .map(column -> row.counts().get(column).toString())
                        .collect(Collectors.joining("\t"));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException naming the line that is none of it
     */
    public static CountFile read(Path file) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            String arch = head(file, in, ARCH);
            String nvcc = head(file, in, NVCC);
            if (!HEADING.equals(in.readLine())) {
                throw new IOException(file + ": line 3: expected the columns " + HEADING.replace('\t', ' '));
            }
            List<KernelCounts> rows = new ArrayList<>();
            int number = 4;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                rows.add(row(file, number++, line));
            }
            return new CountFile(arch, nvcc, rows);
        }
    }

    private static String head(Path file, BufferedReader in, String name) throws IOException {
        String line = in.readLine();
        if (line == null || !line.startsWith(name)) {
            throw new IOException(file + ": not a file of counts: no line '" + name + "...'");
        }
        return line.substring(name.length());
    }

    private static KernelCounts row(Path file, int number, String line) throws IOException {
        String[] cells = line.split("\t", -1);
        if (cells.length != 2 + KernelCounts.COLUMNS.size()) {
            throw new IOException(file + ": line " + number + ": " + cells.length + " cells");
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        for (int i = 0; i < KernelCounts.COLUMNS.size(); i++) {
            try {
                counts.put(KernelCounts.COLUMNS.get(i), Long.parseLong(cells[2 + i]));
            } catch (NumberFormatException e) {
                throw new IOException(file + ": line " + number + ": '" + cells[2 + i] + "' is no count", e);
            }
        }
        return new KernelCounts(cells[0], cells[1], counts);
    }
}
