package dev.ridgepoint.kernels.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with a text that should be JSON, for people who know their file and not our reader. */
public final class JsonComplaint {
    private static final Map<Pattern, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put(words("Unrecognized token '(.*?)'.*"), "'$1' is no value");
        WORDS.put(words("Unexpected character \\(('.+?') \\(code.*"), "unexpected $1");
        WORDS.put(words("Unexpected close marker ('.').*"), "unexpected $1");
        WORDS.put(words("Unexpected end-of-input.*"), "ends too early");
        WORDS.put(words("Duplicate field ('.*')"), "$1 is there twice");
    }

    private JsonComplaint() {}

    private static Pattern words(String theirs) {
        return Pattern.compile(theirs, Pattern.DOTALL);
    }

    /** One line; what we have no words for stays Jackson's, without where in its classes a limit is set. */
    public static String of(JsonProcessingException malformed) {
        String theirs = malformed
                .getOriginalMessage()
                .replaceAll(", from `[^`]*`", "")
                .replaceAll(" \\(start marker at .*", "");
        for (Map.Entry<Pattern, String> words : WORDS.entrySet()) {
            Matcher matcher = words.getKey().matcher(theirs);
            if (matcher.matches()) {
                return matcher.replaceFirst(words.getValue());
            }
        }
        return theirs.lines().findFirst().orElse("empty");
    }
}
