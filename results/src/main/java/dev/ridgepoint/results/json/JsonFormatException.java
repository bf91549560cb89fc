package dev.ridgepoint.results.json;

import java.io.IOException;

/** Text that is no JSON, or JSON beyond what we read; says where. */
public final class JsonFormatException extends IOException {
    private static final long serialVersionUID = 1;

    private final String pointer;

    public JsonFormatException(String pointer, String message) {
        super(message);
        this.pointer = pointer;
    }

    /** JSON pointer of the value at fault, empty for the whole document. */
    public String pointer() {
        return pointer;
    }
}
