package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.analysis.classify.LineAnswerer.Answers;
import dev.ridgepoint.analysis.classify.LineAnswerer.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Classifies JSON lines: one answer a line, in order.
 *
 * <p>A line that cannot be answered yields {@code {"id", "error"}}, the error naming the field, and the rest is still
 * answered. Where no id could be read it is null and {@code "line"} says which line it was. Blank lines are skipped; a
 * byte-order mark and foreign line ends are accepted. Lines that wait are answered by all cores; a line that comes alone is
 * answered before the next is waited for.
 */
public final class ClassifyStream {
    /** Every line was answered. */
    public static final int OK = 0;
    /** At least one line was refused. */
    public static final int SOME_INVALID = 2;
    /** Longest line read; a descriptor has a few hundred bytes. */
    static final int LONGEST_LINE = 1 << 20;

    /** What is kept of a longer line, for its id. */
    private static final int BEGINNING = 1 << 12;

    private static final int LINES_A_BATCH = 256;

    private final BoundedLines lines;
    private final OutputStream out;
    private final int workers = Runtime.getRuntime().availableProcessors();
    private final ExecutorService pool = Executors.newFixedThreadPool(workers, ClassifyStream::daemon);
    private final Deque<Future<Answers>> pending = new ArrayDeque<>();
    private boolean someRefused;

    private ClassifyStream(InputStream in, OutputStream out) {
        this.lines = new BoundedLines(in, LONGEST_LINE);
        this.out = out;
    }

    /** Reads descriptors until the end and writes their answers; returns the exit status. */
    public static int run(InputStream in, OutputStream out) throws IOException {
        ClassifyStream stream = new ClassifyStream(in, out);
        try {
            stream.all();
            return stream.someRefused ? SOME_INVALID : OK;
        } finally {
            stream.pool.shutdownNow();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "classify");
        thread.setDaemon(true);
        return thread;
    }

    private void all() throws IOException {
        AnswerCache known = new AnswerCache(Classifier.standard());
        List<Line> batch = new ArrayList<>(LINES_A_BATCH);
        while (lines.next()) {
            if (!lines.isBlank()) {
                int kept = lines.isOverlong() ? Math.min(BEGINNING, lines.length()) : lines.length();
                batch.add(new Line(lines.number(), Arrays.copyOf(lines.bytes(), kept), !lines.isOverlong()));
            }
            boolean waited = !lines.isMoreAtHand();
            if (waited || batch.size() == LINES_A_BATCH) {
                submit(batch, known);
                batch = new ArrayList<>(LINES_A_BATCH);
                write(waited ? 0 : 2 * workers);
            }
        }
        submit(batch, known);
        write(0);
    }

    private void submit(List<Line> batch, AnswerCache known) {
        if (!batch.isEmpty()) {
            pending.add(pool.submit(() -> LineAnswerer.answer(batch, known)));
        }
    }

    /** Writes answers in order until only so many batches are still being worked on. */
    private void write(int left) throws IOException {
        boolean any = pending.size() > left;
        while (pending.size() > left) {
            Answers answers = done(pending.remove());
            out.write(answers.lines());
            someRefused |= answers.someRefused();
        }
        if (any && left == 0) {
            out.flush();
        }
    }

    private static Answers done(Future<Answers> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
