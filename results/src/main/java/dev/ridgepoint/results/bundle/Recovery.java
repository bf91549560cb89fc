package dev.ridgepoint.results.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.RunDocument.FileEntry;
import dev.ridgepoint.results.json.JsonDiff;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a killed run left that counts: forks whose lines and part are both there, and the log up to the last of them.
 *
 * @param fixed the files that no longer change, hashed afresh
 * @param finished finished forks by case
 * @param iterationBytes how much of the log belongs to finished forks
 */
record Recovery(
        RunDocument run, Map<String, FileEntry> fixed, Map<String, Set<Integer>> finished, long iterationBytes) {

    static Recovery of(Disk disk, Path bundle, Context now) throws IOException {
        Map<String, FileEntry> listed = new LinkedHashMap<>();
        RunDocument run = head(bundle, listed);
        if (run.complete()) {
            throw new BundleException("the run in " + bundle + " is complete; there is nothing to resume");
        }
        refuseOtherContext(bundle, now);
        sweep(disk, bundle);
        Map<String, FileEntry> fixed = new LinkedHashMap<>();
        fixed.put(Layout.CONTEXT, unchanged(bundle, Layout.CONTEXT, listed));
        Map<String, Set<Integer>> finished = new LinkedHashMap<>();
        long bytes = finishedForks(bundle, listed, fixed, finished);
        refuseChangedLog(bundle, listed.get(Layout.ITERATIONS));
        refuseLostParts(listed, fixed);
        return new Recovery(run, fixed, finished, bytes);
    }

    private static RunDocument head(Path bundle, Map<String, FileEntry> listed) throws IOException {
        try {
            JsonNode head = ResultScan.scan(bundle.resolve(Layout.RESULT), new ResultScan.Visitor() {
                @Override
                public void onFile(int index, JsonNode element) throws IOException {
                    FileEntry entry = Records.fromJson(element, FileEntry.class, "/files/" + index);
                    listed.put(entry.path(), entry);
                }
            });
            return BundleReader.runOf(head);
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(Layout.RESULT, malformed);
        }
    }

    private static void refuseOtherContext(Path bundle, Context now) throws IOException {
        Context then = BundleReader.contextOf(bundle);
        List<JsonDiff.Difference> differences = JsonDiff.of(then.identity(), now.identity());
        if (!differences.isEmpty()) {
            throw new BundleException("the run in " + bundle + " was measured under another context: " + differences);
        }
    }

    private static void sweep(Disk disk, Path bundle) throws IOException {
        for (Path folder : List.of(bundle, bundle.resolve(Layout.RAW))) {
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path entry : entries.toList()) {
                    if (entry.getFileName().toString().endsWith(Layout.UNFINISHED)) {
                        disk.delete(entry);
                    }
                }
            }
        }
    }

    /** Reads the log up to the last fork that has its part; a fork without one was not finished. */
    private static long finishedForks(
            Path bundle,
            Map<String, FileEntry> listed,
            Map<String, FileEntry> fixed,
            Map<String, Set<Integer>> finished)
            throws IOException {
        long keep = 0;
        boolean unfinished = false;
        Map<String, Boolean> parts = new HashMap<>();
        try (InputStream in = Files.newInputStream(bundle.resolve(Layout.ITERATIONS))) {
            Lines lines = new Lines(in);
            IterationLines reader = new IterationLines();
            for (IterationLine line = reader.next(lines); line != null; line = reader.next(lines)) {
                String part = Layout.rawPart(line.caseId(), line.fork());
                if (!parts.computeIfAbsent(part, name -> Files.isRegularFile(bundle.resolve(name)))) {
                    unfinished = true;
                    continue;
                }
                if (unfinished) {
                    throw new BundleException(bundle.resolve(part) + " is there but a part before it is missing");
                }
                keep = lines.end();
                if (!fixed.containsKey(part)) {
                    fixed.put(part, unchanged(bundle, part, listed));
                    finished.computeIfAbsent(line.caseId(), id -> new TreeSet<>())
                            .add(line.fork());
                }
            }
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(Layout.ITERATIONS, malformed);
        }
        return keep;
    }

    private static FileEntry unchanged(Path bundle, String name, Map<String, FileEntry> listed) throws IOException {
        FileEntry now = hash(bundle, name, Long.MAX_VALUE);
        FileEntry then = listed.get(name);
        if (then != null && !then.equals(now)) {
            throw new BundleException(name + " in " + bundle + " was changed since it was written");
        }
        return now;
    }

    private static void refuseChangedLog(Path bundle, FileEntry then) throws IOException {
        if (then != null && !then.equals(hash(bundle, then.path(), then.bytes()))) {
            throw new BundleException(then.path() + " in " + bundle + " was changed since it was written");
        }
    }

    private static void refuseLostParts(Map<String, FileEntry> listed, Map<String, FileEntry> fixed)
            throws BundleException {
        for (String name : listed.keySet()) {
            if (name.startsWith(Layout.RAW + "/") && !fixed.containsKey(name)) {
                throw new BundleException(name + " is listed but it or its iterations are gone");
            }
        }
    }

    private static FileEntry hash(Path bundle, String name, long upTo) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        try (InputStream in = Files.newInputStream(bundle.resolve(name))) {
            while (bytes < upTo) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, upTo - bytes));
                if (read < 0) {
                    break;
                }
                digest.update(buffer, 0, read);
                bytes += read;
            }
        } catch (IOException failed) {
            throw BundleException.cannot("read " + name + " in " + bundle, failed);
        }
        return new FileEntry(name, bytes, Sha256.hex(digest));
    }
}
