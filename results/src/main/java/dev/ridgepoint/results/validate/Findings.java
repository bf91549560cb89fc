package dev.ridgepoint.results.validate;

import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.validate.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects findings and stops keeping them when a bundle is wrong throughout. */
final class Findings {
    private static final int MOST = 200;

    private final List<Finding> kept = new ArrayList<>();
    private long errors;
    private long dropped;

    void error(String file, String pointer, String message) {
        errors++;
        add(new Finding(Severity.ERROR, file, pointer, message));
    }

    void error(String file, JsonFormatException refused) {
        error(file, refused.pointer(), refused.getMessage());
    }

    void warning(String file, String pointer, String message) {
        add(new Finding(Severity.WARNING, file, pointer, message));
    }

    void addAll(Findings others) {
        others.kept.forEach(this::add);
        errors += others.errors;
        dropped += others.dropped;
    }

    private void add(Finding finding) {
        if (kept.size() < MOST) {
            kept.add(finding);
        } else {
            dropped++;
        }
    }

    long errors() {
        return errors;
    }

    List<Finding> all() {
        if (dropped == 0) {
            return List.copyOf(kept);
        }
        List<Finding> all = new ArrayList<>(kept);
        Severity severity = errors > 0 ? Severity.ERROR : Severity.WARNING;
        all.add(new Finding(severity, ".", "", "and " + dropped + " findings more"));
        return List.copyOf(all);
    }
}
