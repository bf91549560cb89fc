package dev.ridgepoint.analysis.report;

/** JSON inside a script element: nothing in it can end the element or begin a comment. */
final class EmbeddedJson {
    private EmbeddedJson() {}

    static String escape(String json) {
        return json.replace("&", "\\u0026")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
