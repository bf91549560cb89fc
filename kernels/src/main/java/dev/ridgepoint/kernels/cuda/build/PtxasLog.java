package dev.ridgepoint.kernels.cuda.build;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code ptxas -v} says of each kernel; spilled bytes and barriers stand nowhere else. */
final class PtxasLog {
    private static final Pattern ENTRY = Pattern.compile("Compiling entry function '(\\S+)' for '(\\S+)'");
    private static final Pattern SPILLS =
            Pattern.compile("(\\d+) bytes stack frame, (\\d+) bytes spill stores, (\\d+) bytes spill loads");
    private static final Pattern USED = Pattern.compile("Used (\\d+) registers, used (\\d+) barriers");

    /**
     * What it says of a kernel on one architecture.
     *
     * @param registers registers of a thread
     * @param barriers barriers of a block
     * @param spillStoreBytes bytes of registers written to the stack, counted in the code
     * @param spillLoadBytes bytes read back
     */
    record Use(int registers, int barriers, int spillStoreBytes, int spillLoadBytes) {}

    private final Map<String, Use> uses = new HashMap<>();

    private PtxasLog() {}

    static PtxasLog parse(String text) {
        PtxasLog log = new PtxasLog();
        String entry = null;
        int stored = 0;
        int loaded = 0;
        for (String line : text.lines().toList()) {
            Matcher matcher = ENTRY.matcher(line);
            if (matcher.find()) {
                entry = key(matcher.group(1), matcher.group(2));
                continue;
            }
            matcher = SPILLS.matcher(line);
            if (matcher.find()) {
                stored = Integer.parseInt(matcher.group(2));
                loaded = Integer.parseInt(matcher.group(3));
                continue;
            }
            matcher = USED.matcher(line);
            if (matcher.find() && entry != null) {
                int registers = Integer.parseInt(matcher.group(1));
                log.uses.put(entry, new Use(registers, Integer.parseInt(matcher.group(2)), stored, loaded));
                entry = null;
            }
        }
        return log;
    }

    /**
     * What was said of a kernel.
     *
     * @throws BuildException if nothing was
     */
    Use of(String entry, String arch) throws BuildException {
        Use use = uses.get(key(entry, arch));
        if (use == null) {
            throw new BuildException("ptxas said nothing of " + entry + " for " + arch);
        }
        return use;
    }

    private static String key(String entry, String arch) {
        return entry + " " + arch;
    }
}
