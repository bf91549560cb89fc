package dev.ridgepoint.analysis.trace;

import dev.ridgepoint.analysis.trace.sqlite.SqliteFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code nsys export --type sqlite} writes: {@code CUPTI_ACTIVITY_KIND_KERNEL} has a row a launch, whose {@code
 * demangledName} is the id of a text in {@code StringIds}; times are nanoseconds. Tables are there only where something was
 * recorded. After NVIDIA's "SQLite Export Schema Reference"; tried on files made by its words alone.
 */
final class NsysExport {
    private static final String KERNELS = "CUPTI_ACTIVITY_KIND_KERNEL";
    private static final String GRAPHS = "CUPTI_ACTIVITY_KIND_GRAPH_TRACE";
    private static final String NAMES = "StringIds";
    private static final int MOST_NAMES = 1_000_000;

    private static final class Sum {
        private String name;
        private double ns;
        private long launches;
    }

    private final Map<Long, Sum> kernels = new HashMap<>();
    private final Sum graphs = new Sum();
    private long withoutTimes;

    private NsysExport() {}

    static TracedWorkload read(Path path) throws IOException {
        try (SqliteFile file = SqliteFile.open(path)) {
            return new NsysExport().read(file);
        }
    }

    private TracedWorkload read(SqliteFile file) throws IOException {
        boolean kernelsTraced = file.tables().contains(KERNELS);
        boolean graphsTraced = file.tables().contains(GRAPHS);
        if (!kernelsTraced && !graphsTraced) {
            throw new IOException(
                    "has no table " + KERNELS + ": no CUDA kernel was traced, or Nsight Systems did not write it");
        }
        if (kernelsTraced) {
            String name = file.has(KERNELS, "demangledName") ? "demangledName" : "shortName";
            file.rows(KERNELS, this::kernel, "start", "end", name);
            file.rows(NAMES, this::name, "id", "value");
        }
        if (graphsTraced) {
            file.rows(GRAPHS, row -> add(graphs, row[0], row[1]), "start", "end");
        }
        return close();
    }

    private void kernel(Object[] row) throws IOException {
        if (!(row[2] instanceof Long name)) {
            throw new IOException("a kernel has no name");
        }
        Sum sum = kernels.computeIfAbsent(name, id -> new Sum());
        if (kernels.size() > MOST_NAMES) {
            throw new IOException("more than " + MOST_NAMES + " different kernels");
        }
        add(sum, row[0], row[1]);
    }

    /** CUPTI's word for times it could not take is 0 for both. */
    private void add(Sum sum, Object start, Object end) throws IOException {
        if (!(start instanceof Long from) || !(end instanceof Long to) || from < 0 || to < from) {
            throw new IOException("a kernel runs from " + start + " to " + end);
        }
        if (to == 0) {
            withoutTimes++;
            return;
        }
        sum.ns += to - from;
        sum.launches++;
    }

    private void name(Object[] row) {
        Sum sum = row[0] instanceof Long id ? kernels.get(id) : null;
        if (sum != null && row[1] instanceof String value) {
            sum.name = value;
        }
    }

    private TracedWorkload close() throws IOException {
        Ledger ledger = new Ledger();
        for (Map.Entry<Long, Sum> entry : kernels.entrySet()) {
            Sum kernel = entry.getValue();
            if (kernel.name == null) {
                throw new IOException(NAMES + " has no " + entry.getKey() + ", the name of a kernel");
            }
            if (kernel.launches > 0) {
                ledger.add(kernel.name, null, kernel.ns, kernel.launches);
            }
        }
        List<String> notes = new ArrayList<>();
        notes.add("Nsight's export has names and no extents, so no time can be laid to a problem;"
                + " a PyTorch trace with record_shapes=True has both.");
        if (graphs.launches > 0) {
            ledger.add("(whole CUDA graphs)", null, graphs.ns, graphs.launches);
            notes.add("CUDA graphs were traced whole; 'nsys profile --cuda-graph-trace=node' names their kernels.");
        }
        if (withoutTimes > 0) {
            notes.add(withoutTimes + (withoutTimes == 1 ? " launch has" : " launches have")
                    + " no time, which no share counts.");
        }
        return ledger.close(notes);
    }
}
