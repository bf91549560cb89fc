package dev.ridgepoint.benchmarks.jmh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a fork that died said last, from the log JMH left of it. */
final class LastWords {
    private static final Pattern EXIT = Pattern.compile("<forked VM failed with exit code (\\d+)>");
    private static final Map<Integer, String> SIGNALS =
            Map.of(134, "aborted", 137, "killed", 139, "segmentation fault", 143, "terminated");
    private static final int LONGEST = 300;

    private LastWords() {}

    /**
     * One sentence: exit code, signal where it was one, and the last line of standard error; where the fork did not
     * die, what it threw.
     */
    static String of(Path log, Exception thrown) {
        List<String> lines = read(log);
        String exit = "the fork ended without a result: " + shortened(message(thrown));
        String last = "";
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = EXIT.matcher(lines.get(i));
            if (matcher.find()) {
                int code = Integer.parseInt(matcher.group(1));
                String signal = SIGNALS.containsKey(code) ? " (" + SIGNALS.get(code) + ")" : "";
                exit = "the fork ended with exit code " + code + signal;
                last = telling(lines.subList(i + 1, lines.size()));
            }
        }
        return last.isEmpty() ? exit : exit + ": " + shortened(last);
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
