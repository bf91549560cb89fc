package dev.ridgepoint.results;

import java.util.List;

/**
 * {@code result.json}: what a run asked, how each case ended, and the hashes that tie the bundle together.
 *
 * @param schema version of this format, semver
 * @param runId a UUID
 * @param previousRunId the run before on this machine, or null
 * @param status {@code complete} or {@code partial}; a partial bundle is valid and says so
 * @param started UTC, ISO 8601
 * @param ended UTC, ISO 8601; null while the run is going on
 * @param argv the command line
 * @param suite suite or {@code custom}
 * @param protocol how times were taken
 * @param contextSha256 digest of {@code context.json}
 * @param cases in plan order
 * @param files every other file of the bundle
 */
public record RunDocument(
        String schema,
        String runId,
        String previousRunId,
        String status,
        String started,
        String ended,
        List<String> argv,
        String suite,
        Protocol protocol,
        String contextSha256,
        List<CaseResult> cases,
        List<FileEntry> files) {

    public static final String COMPLETE = "complete";
    public static final String PARTIAL = "partial";

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
            boolean interleaved) {}

    /**
     * A file of the bundle. Logs that grow while the run goes on are hashed up to {@code bytes}; in a partial bundle
     * they may have grown since.
     */
    public record FileEntry(String path, long bytes, String sha256) {}
}
