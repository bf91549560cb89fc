package dev.ridgepoint.benchmarks.jmh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Everything JMH and the fork say, in one file. JMH hands on what a fork prints by printing it itself; that must not
 * reach our own standard output, where a table or JSON belongs.
 */
final class ForkLog implements AutoCloseable {
    private static final int LAST_BYTES = 4096;

    private final PrintStream file;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    ForkLog(Path path) throws IOException {
        file = new PrintStream(Files.newOutputStream(path), false, StandardCharsets.UTF_8);
        PrintStream both = new PrintStream(new Tee(), true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
    }

    /** Where JMH writes. */
    PrintStream file() {
        return file;
    }

    /** The last of what the fork itself printed. */
    String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        file.close();
    }

    private final class Tee extends OutputStream {
        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            file.write(bytes, offset, length);
            if (printed.size() + length > LAST_BYTES) {
                printed.reset();
            }
            printed.write(bytes, offset, length);
        }
    }
}
