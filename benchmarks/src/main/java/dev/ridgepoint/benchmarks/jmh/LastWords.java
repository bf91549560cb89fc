package dev.ridgepoint.benchmarks.jmh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a fork that died said last, from the log JMH left of it.
 *
 * @param exitCode of the process, or null where it ended normally
 * @param sentence exit code, signal where it was one, and the telling line of its output; where the fork did not die,
 *     what it threw
 */
record LastWords(Integer exitCode, String sentence) {
    private static final Pattern EXIT = Pattern.compile("<forked VM failed with exit code (\\d+)>");
    private static final Map<Integer, String> SIGNALS =
            Map.of(130, "interrupted", 134, "aborted", 137, "killed", 139, "segmentation fault", 143, "terminated");
    private static final int LONGEST = 300;

    /**
     * @param printed what the fork printed through Java; what native code printed stands in the log
     * @param thrown what JMH made of it
     */
    static LastWords of(Path log, String printed, Exception thrown) {
        List<String> lines = read(log);
        for (int i = 0; i < lines.size(); i++) {
            Matcher exit = EXIT.matcher(lines.get(i));
            if (exit.find()) {
                List<String> last = new ArrayList<>(printed.lines().toList());
                last.addAll(tail(lines.subList(i + 1, lines.size())));
                return died(Integer.parseInt(exit.group(1)), telling(last));
            }
        }
        return new LastWords(null, "the fork ended without a result: " + shortened(message(thrown)));
    }

    /** What stands between JMH's tags. */
    private static List<String> tail(List<String> lines) {
        int end = lines.indexOf("</stderr>");
        return lines.subList(0, end < 0 ? lines.size() : end);
    }

    private static LastWords died(int code, String last) {
        String signal = SIGNALS.containsKey(code) ? " (" + SIGNALS.get(code) + ")" : "";
        String exit = "the fork ended with exit code " + code + signal;
        return new LastWords(code, last.isEmpty() ? exit : exit + ": " + shortened(last));
    }

    /** Whether the fork was told to stop, as Ctrl-C tells the whole group of processes. */
    boolean interrupted() {
        return exitCode != null && (exitCode == 130 || exitCode == 143);
    }

    /** JMH wraps what a benchmark threw in exceptions of its own. */
    private static String message(Throwable thrown) {
        Throwable inner = thrown;
        while (inner.getCause() != null || inner.getSuppressed().length > 0) {
            inner = inner.getCause() != null ? inner.getCause() : inner.getSuppressed()[0];
        }
        return inner.toString();
    }

    /** The JVM's crash report names the frame; other programs say what went wrong in their last line. */
    private static String telling(List<String> tail) {
        String last = "";
        for (String line : tail) {
            String text = line.startsWith("#") ? line.substring(1).strip() : line.strip();
            if (text.startsWith("Problematic frame") || text.startsWith("java.lang.") || text.startsWith("SIG")) {
                return text;
            }
            if (!text.isEmpty() && !text.startsWith("<")) {
                last = text;
            }
        }
        return last;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
    }

    private static List<String> read(Path log) {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
