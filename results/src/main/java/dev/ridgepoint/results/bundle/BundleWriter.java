package dev.ridgepoint.results.bundle;

import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.RunDocument.FileEntry;
import dev.ridgepoint.results.json.JsonText;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a bundle so that a kill at any moment leaves a valid one that says it is partial and has lost no finished
 * fork. A fork is finished once its part lies under {@code raw/}; a case once {@link #put} returned. Every method may
 * be called from a shutdown hook.
 */
public final class BundleWriter implements Closeable {
    private final Disk disk;
    private final Path bundle;
    private final BundleLock lock;
    private final Throttle throttle = new Throttle(System::nanoTime);
    private final Map<String, FileEntry> fixed = new LinkedHashMap<>();
    private final Map<String, Set<Integer>> finished = new LinkedHashMap<>();
    private RunDocument run;
    private AppendLog iterations;
    private Journal journal;
    private boolean closed;

    BundleWriter(Disk disk, Path bundle, BundleLock lock) {
        this.disk = disk;
        this.bundle = bundle;
        this.lock = lock;
    }

    /**
     * Begins a bundle in a folder that is empty or not there yet.
     *
     * @param run head of the run, see {@link RunDocument#starting}
     * @throws BundleException one line for the user: the folder is taken, locked or cannot be written
     */
    public static BundleWriter create(Path folder, RunDocument run, Context context) throws IOException {
        return create(Disk.DURABLE, folder, run, context);
    }

    /** The same for a copy of what lies elsewhere: faster, for a copy lost to a power cut can be made again. */
    public static BundleWriter createCopy(Path folder, RunDocument run, Context context) throws IOException {
        return create(Disk.LAZY, folder, run, context);
    }

    static BundleWriter create(Disk disk, Path folder, RunDocument run, Context context) throws IOException {
        try {
            disk.createDirectories(folder);
        } catch (IOException failed) {
            throw BundleException.cannot("create " + folder, failed);
        }
        BundleWriter writer = new BundleWriter(disk, folder, BundleLock.take(folder));
        try {
            writer.refuseUsed();
            writer.begin(run, context);
            return writer;
        } catch (IOException failed) {
            writer.release();
            throw BundleException.cannot("write into " + folder, failed);
        } catch (RuntimeException failed) {
            writer.release();
            throw failed;
        }
    }

    /** A run killed before its first {@code result.json} leaves empty logs and perhaps a context: nothing to lose. */
    private void refuseUsed() throws IOException {
        Set<String> names;
        try (Stream<Path> entries = Files.list(bundle)) {
            names = entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
        boolean unborn = false;
        for (String log : List.of(Layout.JOURNAL, Layout.ITERATIONS)) {
            if (names.contains(log) && Files.size(bundle.resolve(log)) == 0) {
                names.remove(log);
                unborn = true;
            }
        }
        names.remove(Layout.LOCK);
        if (unborn) {
            names.removeIf(name -> name.endsWith(Layout.UNFINISHED) || name.equals(Layout.CONTEXT));
        }
        if (names.remove(Layout.RAW) && !isEmptyFolder(bundle.resolve(Layout.RAW)) || !names.isEmpty()) {
            throw new BundleException(bundle + " is not empty; name another folder, or resume the run in it");
        }
    }

    private static boolean isEmptyFolder(Path entry) throws IOException {
        try (Stream<Path> inside = Files.list(entry)) {
            return inside.findAny().isEmpty();
        }
    }

    private void begin(RunDocument starting, Context context) throws IOException {
        journal = Journal.create(disk, bundle);
        iterations = AppendLog.create(disk, bundle, Layout.ITERATIONS);
        disk.createDirectories(bundle.resolve(Layout.RAW));
        String text = JsonText.write(Records.toJson(context)) + "\n";
        FileEntry entry =
                AtomicFile.write(disk, bundle, Layout.CONTEXT, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        fixed.put(Layout.CONTEXT, entry);
        run = starting.withContext(context.sha256());
        writeResult();
    }

    /**
     * Goes on with a partial bundle: what a kill left half-written is cut off.
     *
     * @param now the context of the machine at hand, which must be that of the run
     * @param resumed when, UTC
     */
    public static BundleWriter resume(Path folder, Context now, String resumed) throws IOException {
        return resume(Disk.DURABLE, folder, now, resumed);
    }

    static BundleWriter resume(Disk disk, Path folder, Context now, String resumed) throws IOException {
        if (!Files.isRegularFile(folder.resolve(Layout.RESULT))) {
            throw new BundleException(folder + " holds no run to resume: there is no " + Layout.RESULT);
        }
        BundleWriter writer = new BundleWriter(disk, folder, BundleLock.take(folder));
        try {
            writer.takeUp(Recovery.of(disk, folder, now), resumed);
            return writer;
        } catch (IOException failed) {
            writer.release();
            throw BundleException.cannot("write into " + folder, failed);
        } catch (RuntimeException failed) {
            writer.release();
            throw failed;
        }
    }

    private void takeUp(Recovery recovered, String resumed) throws IOException {
        run = recovered.run().resumed(resumed);
        fixed.putAll(recovered.fixed());
        finished.putAll(recovered.finished());
        iterations = AppendLog.reopen(disk, bundle, Layout.ITERATIONS, recovered.iterationBytes());
        journal = Journal.reopen(disk, bundle);
        writeResult();
        // Only now that nothing names it: the parts it was merged from are still there.
        disk.delete(bundle.resolve(Layout.JMH));
    }

    /** The head as it stands. */
    public synchronized RunDocument run() {
        return run;
    }

    /** The forks whose part is safe, by case. */
    public synchronized Map<String, Set<Integer>> finishedForks() {
        Map<String, Set<Integer>> copy = new LinkedHashMap<>();
        finished.forEach((id, forks) -> copy.put(id, Set.copyOf(forks)));
        return copy;
    }

    /** The cases that have an outcome. */
    public synchronized Set<String> recordedCases() {
        return Set.copyOf(journal.ids());
    }

    /** Where the part of a fork lies. */
    public Path rawPart(String caseId, int fork) {
        return bundle.resolve(Layout.rawPart(caseId, fork));
    }

    /**
     * Records a finished fork.
     *
     * @param lines all its iterations, warm-up included, in order
     * @param jmhPart the file JMH wrote for this fork; copied
     */
    public synchronized void fork(String caseId, int fork, List<IterationLine> lines, Path jmhPart) throws IOException {
        refuseClosed();
        checkFork(caseId, fork, lines);
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> IterationLines.write(line, text));
        AppendLog.Mark before = iterations.mark();
        iterations.append(text.toString().getBytes(StandardCharsets.UTF_8));
        try {
            String name = Layout.rawPart(caseId, fork);
            fixed.put(name, AtomicFile.write(disk, bundle, name, out -> Files.copy(jmhPart, out)));
        } catch (IOException failed) {
            iterations.rollBack(before);
            throw failed;
        }
        finished.computeIfAbsent(caseId, id -> new TreeSet<>()).add(fork);
    }

    /** Keeps a copy of a file under a name that {@link Layout#isContent} allows. */
    public synchronized void keep(String name, Path file) throws IOException {
        refuseClosed();
        if (!Layout.isContent(name)) {
            throw new IllegalArgumentException(name + " is no place in a bundle");
        }
        disk.createDirectories(bundle.resolve(name).getParent());
        fixed.put(name, AtomicFile.write(disk, bundle, name, out -> Files.copy(file, out)));
    }

    private void checkFork(String caseId, int fork, List<IterationLine> lines) {
        if (finished.getOrDefault(caseId, Set.of()).contains(fork)) {
            throw new IllegalArgumentException("fork " + fork + " of " + caseId + " is recorded already");
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("fork " + fork + " of " + caseId + " has no iterations");
        }
        for (IterationLine line : lines) {
            if (line.fork() != fork || !line.caseId().equals(caseId)) {
                throw new IllegalArgumentException("an iteration of " + line.caseId() + " fork " + line.fork()
                        + " among those of " + caseId + " fork " + fork);
            }
        }
    }

    /** Records how a case ended, or how it stands; the last word counts. */
    public void put(CaseResult result) throws IOException {
        putAll(List.of(result));
    }

    /** Records several at the price of one, such as all that are skipped. */
    public synchronized void putAll(Collection<CaseResult> results) throws IOException {
        refuseClosed();
        journal.put(results);
        if (throttle.due()) {
            writeResult();
        }
    }

    /**
     * Ends a run all of whose planned cases have an outcome, and closes.
     *
     * @param jmhJson JMH's file of the merged forks, copied; null where nothing was measured
     * @param ended UTC
     */
    public synchronized void complete(Path jmhJson, String ended) throws IOException {
        refuseClosed();
        int planned = run.plan().cases();
        if (journal.ids().size() != planned) {
            throw new BundleException(
                    "only " + journal.ids().size() + " of " + planned + " planned cases have an outcome");
        }
        end(jmhJson, RunDocument.COMPLETE, ended);
        try {
            disk.delete(bundle.resolve(Layout.JOURNAL));
        } catch (IOException failed) {
            throw BundleException.cannot("remove " + Layout.JOURNAL + " from " + bundle, failed);
        }
    }

    /** Ends a run early, with what there is, and closes; it can be resumed. */
    public synchronized void stop(Path jmhJson, String ended) throws IOException {
        refuseClosed();
        end(jmhJson, RunDocument.PARTIAL, ended);
    }

    private void end(Path jmhJson, String status, String ended) throws IOException {
        if (jmhJson != null) {
            fixed.put(Layout.JMH, AtomicFile.write(disk, bundle, Layout.JMH, out -> Files.copy(jmhJson, out)));
        }
        run = run.ended(status, ended);
        writeResult();
        release();
    }

    private void writeResult() throws IOException {
        throttle.run(() -> ResultWriter.write(disk, bundle, run, journal, entries()));
    }

    private List<FileEntry> entries() {
        List<FileEntry> entries = new ArrayList<>(fixed.values());
        entries.add(iterations.entry());
        if (!run.complete()) {
            entries.add(journal.entry());
        }
        return entries;
    }

    private void refuseClosed() {
        if (closed) {
            throw new IllegalStateException("the bundle in " + bundle + " is closed");
        }
    }

    /** Leaves the bundle partial and up to date, unless it was ended. */
    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            try {
                writeResult();
            } finally {
                release();
            }
        }
    }

    private void release() throws IOException {
        closed = true;
        try {
            if (iterations != null) {
                iterations.close();
            }
            if (journal != null) {
                journal.close();
            }
        } finally {
            lock.close();
        }
    }
}
