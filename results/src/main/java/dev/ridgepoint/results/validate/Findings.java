package dev.ridgepoint.results.validate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.schema.Schemas;
import dev.ridgepoint.results.validate.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects findings and stops keeping them when a bundle is wrong throughout. */
final class Findings {
    private static final int MOST = 200;
    /** Millions of wrong elements cost time to refuse one by one; by then the bundle's worth is known. */
    private static final int ENOUGH = 2000;

    /** Thrown when there is no point in going on. */
    static final class WrongThroughout extends RuntimeException {
        private static final long serialVersionUID = 1;

        private WrongThroughout() {
            super("wrong throughout", null, false, false);
        }
    }

    private final List<Finding> kept = new ArrayList<>();
    private long errors;
    private long dropped;

    void error(String file, String pointer, String message) {
        errors++;
        add(new Finding(Severity.ERROR, file, pointer, message));
        stopIfEnough();
    }

    private void stopIfEnough() {
        if (errors >= ENOUGH) {
            throw new WrongThroughout();
        }
    }

    void error(String file, JsonFormatException refused) {
        error(file, refused.pointer(), refused.getMessage());
    }

    /** Reports what breaks a schema; true where nothing does. */
    boolean matches(Schemas schema, JsonNode tree, String file, String at) {
        List<Schemas.Fault> faults = schema.faults(tree);
        faults.forEach(fault -> error(file, at + fault.pointer(), fault.message()));
        return faults.isEmpty();
    }

    void warning(String file, String pointer, String message) {
        add(new Finding(Severity.WARNING, file, pointer, message));
    }

    void addAll(Findings others) {
        others.kept.forEach(this::add);
        errors += others.errors;
        dropped += others.dropped;
        stopIfEnough();
    }

    private void add(Finding finding) {
        if (kept.size() < MOST) {
            kept.add(finding);
        } else {
            dropped++;
        }
    }

    boolean any() {
        return !kept.isEmpty();
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
        String end = errors >= ENOUGH ? "; the rest was not checked" : "";
        all.add(new Finding(severity, ".", "", "and " + dropped + " findings more" + end));
        return List.copyOf(all);
    }
}
