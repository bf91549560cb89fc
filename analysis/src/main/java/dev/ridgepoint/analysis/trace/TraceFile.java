package dev.ridgepoint.analysis.trace;

import dev.ridgepoint.analysis.trace.sqlite.SqliteFile;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.json.JsonFormatException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A trace of one of the profilers that are read, told apart by how it begins. */
public final class TraceFile {
    private static final int BEGINNING = 16;
    private static final Pattern DATABASE = Pattern.compile(".*\\.(sqlite3?|db)");

    private TraceFile() {}

    /**
     * Reads a trace, event by event.
     *
     * @throws IOException in one line, where it is none or holds no kernel
     */
    public static TracedWorkload read(Path file) throws IOException {
        try {
            TracedWorkload workload = database(file) ? NsysExport.read(file) : text(file);
            if (!(workload.totalNs() > 0)) {
                throw new IOException("holds no time of a GPU kernel");
            }
            return workload;
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(file.toString(), malformed);
        } catch (IOException refused) {
            String message = String.valueOf(refused.getMessage());
            throw message.startsWith(file.toString()) ? refused : new IOException(file + ": " + message, refused);
        }
    }

    /** One that is encrypted begins like nothing, and is known by its name alone. */
    private static boolean database(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return SqliteFile.begin(in.readNBytes(BEGINNING))
                    || DATABASE.matcher(file.getFileName().toString()).matches();
        }
    }

    private static TracedWorkload text(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(1);
            int first = in.read();
            in.reset();
            return first == '{' ? TorchTrace.read(in) : KernelSums.read(in);
        }
    }
}
