package dev.ridgepoint.results.bundle;

import dev.ridgepoint.results.json.Sha256;
import java.util.regex.Pattern;

/** The names of a bundle's files. */
public final class Layout {
    public static final String RESULT = "result.json";
    public static final String CONTEXT = "context.json";
    public static final String ITERATIONS = "iterations.ndjson";
    public static final String JMH = "jmh.json";
    /** Outcomes as they came, while a run goes on; the last line of a case counts. Gone from a complete bundle. */
    public static final String JOURNAL = "cases.ndjson";

    public static final String RAW = "raw";
    public static final String SAMPLES = "samples";
    static final String LOCK = ".lock";
    /** Ending of files that are being written and do not count yet. */
    static final String UNFINISHED = ".tmp";

    private static final int READABLE = 100;
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)?");

    private Layout() {}

    /** {@code raw/<case>-<digest>.f<fork>.json}: JMH's own file of one fork. */
    public static String rawPart(String caseId, int fork) {
        String readable = caseId.replaceAll("[^A-Za-z0-9_.-]", "_");
        if (readable.length() > READABLE) {
            readable = readable.substring(0, READABLE);
        }
        return RAW + "/_" + readable + "-" + Sha256.hex(caseId).substring(0, 12) + ".f" + fork + ".json";
    }

    /**
     * Whether a file entry may name this path: relative, of plain names, in a folder we know. Nothing that leaves the
     * bundle passes.
     */
    public static boolean isContent(String path) {
        if (path.length() > 255 || !PATH.matcher(path).matches() || path.endsWith(UNFINISHED)) {
            return false;
        }
        int slash = path.indexOf('/');
        return slash < 0
                ? !path.equals(RESULT)
                : path.substring(0, slash).equals(RAW)
                        || path.substring(0, slash).equals(SAMPLES);
    }
}
