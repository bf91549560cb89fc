package dev.ridgepoint.analysis.trace;

import dev.ridgepoint.results.json.JsonFormatException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A trace of one of the profilers that are read, told apart by how it begins. */
public final class TraceFile {
    private TraceFile() {}

    /**
     * Reads a trace, event by event.
     *
     * @throws IOException in one line, where it is none or holds no kernel
     */
    public static TracedWorkload read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(1);
            int first = in.read();
            in.reset();
            TracedWorkload workload = first == '{' ? TorchTrace.read(in) : KernelSums.read(in);
            if (!(workload.totalNs() > 0)) {
                throw new IOException("holds no time of a GPU kernel");
            }
            return workload;
        } catch (JsonFormatException malformed) {
            throw new IOException(file + " " + malformed.pointer() + ": " + malformed.getMessage(), malformed);
        } catch (IOException refused) {
            String message = String.valueOf(refused.getMessage());
            throw message.startsWith(file.toString()) ? refused : new IOException(file + ": " + message, refused);
        }
    }
}
