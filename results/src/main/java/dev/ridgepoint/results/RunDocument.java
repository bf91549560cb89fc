package dev.ridgepoint.results;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.json.CanonicalJson;
import dev.ridgepoint.results.json.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of {@code result.json}: what a run was. Cases and files follow it in the same document and are streamed, for
 * there may be many.
 *
 * @param schema version of this format, semver
 * @param runId a UUID
 * @param previousRunId the run before on this machine, or null
 * @param previousSha256 the {@code sha256} of that run's {@code result.json}, so that it cannot be exchanged unseen; null
 *     where there is none, and before format 1.2.0
 * @param status {@code complete} or {@code partial}; a partial bundle is valid and says so
 * @param started UTC, ISO 8601
 * @param ended UTC, ISO 8601; null while the run is going on, or where it was killed
 * @param resumed when the run was taken up again after an interruption, UTC
 * @param argv the command line
 * @param suite suite or {@code custom}
 * @param plan how many cases were planned, and which part of them this bundle is
 * @param protocol how times were taken
 * @param contextSha256 digest of {@code context.json}'s canonical form
 * @param mergedFrom the runs this bundle was merged from, else empty
 */
public record RunDocument(
        String schema,
        String runId,
        String previousRunId,
        String previousSha256,
        String status,
        String started,
        String ended,
        List<String> resumed,
        List<String> argv,
        String suite,
        Plan plan,
        Protocol protocol,
        String contextSha256,
        List<Part> mergedFrom) {

    public static final String COMPLETE = "complete";
    public static final String PARTIAL = "partial";

    public RunDocument {
        resumed = List.copyOf(resumed);
        argv = List.copyOf(argv);
        mergedFrom = List.copyOf(mergedFrom);
    }

    /** The head of a run that starts now; the writer fills in the rest. */
    public static RunDocument starting(
            String runId,
            String previousRunId,
            String started,
            List<String> argv,
            String suite,
            Plan plan,
            Protocol protocol) {
        return new RunDocument(
                Format.VERSION,
                runId,
                previousRunId,
                null,
                PARTIAL,
                started,
                null,
                List.of(),
                argv,
                suite,
                plan,
                protocol,
                null,
                List.of());
    }

    public boolean complete() {
        return COMPLETE.equals(status);
    }

    /** The head with the seal of the run before. */
    public RunDocument following(String sha256) {
        return new RunDocument(
                schema,
                runId,
                previousRunId,
                sha256,
                status,
                started,
                ended,
                resumed,
                argv,
                suite,
                plan,
                protocol,
                contextSha256,
                mergedFrom);
    }

    /** The head with the digest of its context. */
    public RunDocument withContext(String sha256) {
        return with(status, ended, resumed, sha256);
    }

    /** The head of a run taken up again. */
    public RunDocument resumed(String now) {
        List<String> times = new ArrayList<>(resumed);
        times.add(now);
        return with(PARTIAL, null, times, contextSha256);
    }

    /** The head of a run that is over. */
    public RunDocument ended(String finalStatus, String now) {
        return with(finalStatus, now, resumed, contextSha256);
    }

    private RunDocument with(String newStatus, String newEnd, List<String> newResumed, String newContext) {
        return new RunDocument(
                schema,
                runId,
                previousRunId,
                previousSha256,
                newStatus,
                started,
                newEnd,
                newResumed,
                argv,
                suite,
                plan,
                protocol,
                newContext,
                mergedFrom);
    }

    /**
     * What a run set out to do.
     *
     * @param cases cases of this bundle's part
     * @param sha256 digest of all case ids of the whole plan, so that only parts of one plan merge
     * @param part which part, from 1
     * @param parts parts of the whole
     */
    public record Plan(int cases, String sha256, int part, int parts) {
        /** The plan to run part {@code part} of {@code parts}, {@code cases} of {@code allIds}. */
        public static Plan of(Iterable<String> allIds, int cases, int part, int parts) {
            return new Plan(cases, Sha256.hex(String.join("\n", allIds)), part, parts);
        }
    }

    /**
     * How times were taken; two runs compare only under one protocol.
     *
     * @param id {@code <suite protocol name>/<version>}
     * @param sha256 digest of the other fields' canonical JSON
     */
    public record Protocol(
            String id,
            String sha256,
            String mode,
            int forks,
            int warmupIterations,
            long warmupMillis,
            int measurementIterations,
            long measurementMillis,
            int threads,
            boolean interleaved) {

        /** The same protocol with its digest computed. */
        public static Protocol of(
                String id,
                String mode,
                int forks,
                int warmupIterations,
                long warmupMillis,
                int measurementIterations,
                long measurementMillis,
                int threads,
                boolean interleaved) {
            Protocol bare = new Protocol(
                    id,
                    null,
                    mode,
                    forks,
                    warmupIterations,
                    warmupMillis,
                    measurementIterations,
                    measurementMillis,
                    threads,
                    interleaved);
            return new Protocol(
                    id,
                    bare.digest(),
                    mode,
                    forks,
                    warmupIterations,
                    warmupMillis,
                    measurementIterations,
                    measurementMillis,
                    threads,
                    interleaved);
        }

        /** What {@code sha256} must be. */
        public String digest() {
            ObjectNode json = Records.toJson(this);
            json.remove("sha256");
            return CanonicalJson.sha256(json);
        }
    }

    /** A run that was merged into this bundle. */
    public record Part(
            String runId,
            int part,
            String status,
            String started,
            String ended,
            List<String> argv,
            String contextSha256) {
        public Part {
            argv = List.copyOf(argv);
        }
    }

    /**
     * A file of the bundle. Logs that grow while the run goes on are hashed up to {@code bytes}; in a partial bundle
     * they may have grown since.
     */
    public record FileEntry(String path, long bytes, String sha256) {
        public FileEntry {
            if (path == null) {
                throw new IllegalArgumentException("path: missing");
            }
            if (bytes < 0) {
                throw new IllegalArgumentException("bytes: expected 0 or more, got " + bytes);
            }
            if (!Sha256.isHex(sha256)) {
                throw new IllegalArgumentException("sha256: expected 64 lower-case hexadecimal digits");
            }
        }
    }
}
