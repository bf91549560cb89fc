package dev.ridgepoint.results.validate;

import java.util.Locale;

/**
 * Something the validator has to say of a bundle.
 *
 * @param file path within the bundle
 * @param pointer JSON pointer within the file, lines of a log counting from 0; empty for the whole file
 * @param message one sentence, safe to print
 */
public record Finding(Severity severity, String file, String pointer, String message) {
    private static final int LONGEST = 300;

    /** How bad it is. */
    public enum Severity {
        /** The bundle must not be used. */
        ERROR,
        /** Worth knowing; the figures stand. */
        WARNING
    }

    public Finding {
        file = printable(file);
        pointer = printable(pointer);
        message = printable(message);
    }

    /** Strangers' bytes reach a terminal through here: no control characters, no endless lines. */
    private static String printable(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        StringBuilder out = new StringBuilder(cut.length());
        cut.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean plain = !Character.isISOControl(c)
                    && type != Character.FORMAT
                    && type != Character.SURROGATE
                    && type != Character.LINE_SEPARATOR
                    && type != Character.PARAGRAPH_SEPARATOR;
            out.appendCodePoint(plain ? c : '?');
        });
        return out.toString();
    }

    /** {@code error result.json /cases/3/outcome/kind: ...}. */
    @Override
    public String toString() {
        return severity.name().toLowerCase(Locale.ROOT) + " " + file + (pointer.isEmpty() ? "" : " " + pointer) + ": "
                + message;
    }
}
