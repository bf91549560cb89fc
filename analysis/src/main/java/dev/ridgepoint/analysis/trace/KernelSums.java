package dev.ridgepoint.analysis.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code nsys stats --report cuda_gpu_kern_sum --format csv} prints: a head with {@code Total Time (ns)}, {@code
 * Instances} and {@code Name}, and a line a kernel. It has names and no extents, so that no problem can be told.
 */
final class KernelSums {
    private static final int MAX_LINE = 1 << 16;

    private KernelSums() {}

    static TracedWorkload read(InputStream in) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        List<String> head = List.of();
        Ledger ledger = new Ledger();
        String line = line(lines);
        for (long number = 1; line != null; number++, line = line(lines)) {
            List<String> cells = cells(line);
            if (head.isEmpty()) {
                // nsys says what it does before the table where both go to one file.
                head = cells.contains("Total Time (ns)") && cells.contains("Name") ? cells : head;
            } else if (cells.size() == head.size()) {
                add(ledger, head, cells, number);
            } else if (!line.isBlank()) {
                throw new IOException("line " + number + ": expected " + head.size() + " cells, got " + cells.size());
            }
        }
        if (head.isEmpty()) {
            throw new IOException("is neither PyTorch's Chrome trace nor a table with 'Total Time (ns)' and 'Name' as"
                    + " 'nsys stats --report cuda_gpu_kern_sum --format csv' prints it");
        }
        return ledger.close(
                List.of("Nsight's kernel summary has names and no extents, so no time can be laid to a problem;"
                        + " a PyTorch trace with record_shapes=True has both."));
    }

    private static void add(Ledger ledger, List<String> head, List<String> cells, long number) throws IOException {
        try {
            double ns = Double.parseDouble(cells.get(head.indexOf("Total Time (ns)")));
            int instances = head.indexOf("Instances");
            long launches = instances < 0 ? 1 : Long.parseLong(cells.get(instances));
            ledger.add(cells.get(head.indexOf("Name")), null, ns, launches);
        } catch (NumberFormatException noNumber) {
            throw new IOException("line " + number + ": a time or a count is no number", noNumber);
        }
    }

    /** A line, refused where it has no end. */
    private static String line(BufferedReader in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
            if (line.length() > MAX_LINE) {
                throw new IOException("a line has more than " + MAX_LINE + " characters");
            }
        }
        return line.toString().strip();
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean doubled = quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"';
            if (doubled) {
                cell.append(line.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
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
