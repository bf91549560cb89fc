package dev.ridgepoint.analysis.report;

/** Names come from files: control characters must not reach a terminal, nor a line break or a direction mark a table. */
public final class Names {
    private static final char REPLACEMENT = '\ufffd';

    private Names() {}

    /** The text with everything replaced that does not stand in its place on the line. */
    public static String oneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnsafe(text.charAt(i))) {
                return replaced(text, i);
            }
        }
        return text;
    }

    private static String replaced(String text, int from) {
        char[] chars = text.toCharArray();
        for (int i = from; i < chars.length; i++) {
            chars[i] = isUnsafe(chars[i]) ? REPLACEMENT : chars[i];
        }
        return new String(chars);
    }

    private static boolean isUnsafe(char c) {
        return Character.isISOControl(c)
                || c == '\u2028'
                || c == '\u2029'
                || c >= '\u202a' && c <= '\u202e'
                || c >= '\u2066' && c <= '\u2069';
    }
}
