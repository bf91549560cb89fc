package dev.ridgepoint.results.json;

import java.util.List;

/** JSON pointers (RFC 6901): the address of a value that a message speaks of. */
public final class Pointers {
    private Pointers() {}

    /** The pointer through these names and indices; empty for the whole document. */
    public static String of(List<?> path) {
        StringBuilder pointer = new StringBuilder();
        path.forEach(step -> pointer.append('/').append(escape(step.toString())));
        return pointer.toString();
    }

    /** A pointer one step longer. */
    public static String child(String parent, Object step) {
        return parent + '/' + escape(step.toString());
    }

    private static String escape(String step) {
        return step.replace("~", "~0").replace("/", "~1");
    }
}
