package dev.ridgepoint.results.merge;

import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.RunDocument.Part;
import dev.ridgepoint.results.RunDocument.Plan;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.BundleWriter;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.validate.BundleValidator;
import dev.ridgepoint.results.validate.Finding;
import dev.ridgepoint.results.validate.Finding.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Makes one bundle of the parts of a run ({@code --shard i/n}). The parts must come from one plan, under one protocol,
 * on one machine with one stack and build: a bundle has one context, and figures of two machines in it would say
 * something about neither. They are compared, not merged.
 *
 * <p>Cases follow one another part by part. Each part's run id, command line and context are kept. The result is
 * complete where every part of the plan is there and complete, else partial.
 */
public final class BundleMerge {
    private BundleMerge() {}

    /**
     * Merges bundles into a folder that is empty or not there yet; the parts are left as they are.
     *
     * @return the head of the merged bundle
     * @throws BundleException one line for the user: which bundle is not valid, or which fields differ
     */
    public static RunDocument merge(List<Path> parts, Path out) throws IOException {
        List<BundleReader> readers = opened(parts);
        OneRun.refuseOthers(readers);
        Path jmh = Files.createTempFile("ridgepoint", ".jmh.json");
        try (BundleWriter writer = BundleWriter.createCopy(
                out, head(readers, parts), readers.get(0).context())) {
            for (BundleReader reader : readers) {
                Replay.into(writer, reader);
            }
            Path merged = JmhArrays.join(readers, jmh) ? jmh : null;
            String ended = latestEnd(readers);
            if (whole(readers)) {
                writer.complete(merged, ended);
            } else {
                writer.stop(merged, ended);
            }
            return writer.run();
        } finally {
            Files.delete(jmh);
        }
    }

    private static List<BundleReader> opened(List<Path> parts) throws IOException {
        if (parts.isEmpty()) {
            throw new BundleException("merge: name the bundles to merge");
        }
        List<BundleReader> readers = new ArrayList<>();
        for (Path part : parts) {
            for (Finding finding : BundleValidator.validate(part)) {
                if (finding.severity() == Severity.ERROR) {
                    throw new BundleException(part + " is not valid: " + finding);
                }
            }
            readers.add(BundleReader.open(part));
        }
        readers.sort(Comparator.comparingInt(reader -> reader.run().plan().part()));
        return readers;
    }

    private static RunDocument head(List<BundleReader> readers, List<Path> parts) {
        RunDocument first = readers.get(0).run();
        List<String> argv = new ArrayList<>(List.of("merge"));
        parts.forEach(part -> argv.add(part.toString()));
        int cases =
                readers.stream().mapToInt(reader -> reader.run().plan().cases()).sum();
        return new RunDocument(
                first.schema(),
                runId(readers),
                first.previousRunId(),
                first.previousSha256(),
                RunDocument.PARTIAL,
                readers.stream()
                        .map(reader -> reader.run().started())
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                null,
                List.of(),
                argv,
                first.suite(),
                new Plan(cases, first.plan().sha256(), 1, 1),
                first.protocol(),
                null,
                readers.stream().map(BundleMerge::part).toList());
    }

    /** Follows from the parts, so that merging again gives the same bundle. */
    private static String runId(List<BundleReader> readers) {
        String ids = String.join(
                "\n", readers.stream().map(reader -> reader.run().runId()).toList());
        return UUID.nameUUIDFromBytes(ids.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static Part part(BundleReader reader) {
        RunDocument run = reader.run();
        return new Part(
                run.runId(),
                run.plan().part(),
                run.status(),
                run.started(),
                run.ended(),
                run.argv(),
                run.contextSha256());
    }

    /** Null where a part was killed and none says when. */
    private static String latestEnd(List<BundleReader> readers) {
        return readers.stream()
                .map(reader -> reader.run().ended())
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static boolean whole(List<BundleReader> readers) {
        int parts = readers.get(0).run().plan().parts();
        return readers.size() == parts
                && readers.stream().allMatch(reader -> reader.run().complete());
    }

    /** Where the context of a part is kept. */
    static String contextOf(RunDocument part) {
        return Layout.RAW + "/" + part.runId() + Layout.MERGED_CONTEXT;
    }
}
