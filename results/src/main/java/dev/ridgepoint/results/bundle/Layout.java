package dev.ridgepoint.results.bundle;

import dev.ridgepoint.results.json.Sha256;
import java.util.Set;

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
    /** What a profiler wrote, one report a case: no figure of a bundle rests on it. */
    public static final String PROFILES = "ncu";

    static final String LOCK = ".lock";
    /** Ending of files that are being written and do not count yet. */
    static final String UNFINISHED = ".tmp";

    /** Ending of the contexts of merged runs, under {@code raw/}. */
    public static final String MERGED_CONTEXT = ".context.json";

    private static final int READABLE = 100;
    private static final Set<String> TOP = Set.of(CONTEXT, ITERATIONS, JMH, JOURNAL);
    private static final Set<String> FOLDERS = Set.of(RAW, SAMPLES);
    private static final int LONGEST_NAME = 200;

    private Layout() {}

    /** {@code raw/<case>-<digest>.f<fork>.json}: JMH's own file of one fork. */
    public static String rawPart(String caseId, int fork) {
        return partPrefix(caseId) + fork + ".json";
    }

    /** {@code samples/<case>-<digest>.f0.telemetry.ndjson}: what a GPU said of itself during one fork. */
    public static String telemetry(String caseId, int fork) {
        return SAMPLES + partPrefix(caseId).substring(RAW.length()) + fork + ".telemetry.ndjson";
    }

    /** {@code samples/<case>-<digest>.f0.host.json}: what the host said of its processor right after one fork. */
    public static String host(String caseId, int fork) {
        return SAMPLES + partPrefix(caseId).substring(RAW.length()) + fork + ".host.json";
    }

    /** What the names of a case's parts begin with; the number of the fork follows. */
    public static String partPrefix(String caseId) {
        StringBuilder name = new StringBuilder(RAW).append("/_");
        for (int i = 0; i < Math.min(caseId.length(), READABLE); i++) {
            char c = caseId.charAt(i);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-');
            name.append(plain ? c : '_');
        }
        return name.append('-').append(Sha256.hex(caseId), 0, 12).append(".f").toString();
    }

    /**
     * Whether a file entry may name this path: one of the files we know, or a plain name in a folder we know. Nothing
     * that leaves the bundle passes.
     */
    public static boolean isContent(String path) {
        int slash = path.indexOf('/');
        if (slash < 0) {
            return TOP.contains(path);
        }
        String name = path.substring(slash + 1);
        return FOLDERS.contains(path.substring(0, slash)) && isName(name) && !name.endsWith(UNFINISHED);
    }

    /** Letters, digits, underscores, and dots and hyphens but in front. */
    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
            if (!letter && (i == 0 || c != '.' && c != '-')) {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= LONGEST_NAME;
    }

    /** Whether a path is no surprise although no entry names it: folders, the list itself, reports, profiles, scratch files. */
    public static boolean isExpected(String path) {
        return path.equals(RESULT)
                || path.equals(PROFILES)
                || FOLDERS.contains(path)
                || path.startsWith("report.")
                || path.startsWith(".");
    }
}
