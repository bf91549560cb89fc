package dev.ridgepoint.analysis.report;

import java.util.List;

/** What all case ids of a table end with, such as {@code :cpu-call:warm}: said once above it instead of in each row. */
final class CommonSuffix {
    private CommonSuffix() {}

    /** The longest common ending that begins with a colon; empty where there is none, or only one id. */
    static String of(List<String> ids) {
        if (ids.size() < 2) {
            return "";
        }
        String suffix = ids.get(0);
        for (String id : ids) {
            while (!id.endsWith(suffix)) {
                suffix = suffix.substring(1);
            }
        }
        int colon = suffix.indexOf(':');
        return colon < 0 ? "" : suffix.substring(colon);
    }

    static String without(String suffix, String id) {
        return id.substring(0, id.length() - suffix.length());
    }
}
