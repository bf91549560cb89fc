package dev.ridgepoint.kernels.workload;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names picked by patterns, case aside: {@code *} for any text, {@code ?} for one character, {@code |} between
 * alternatives.
 */
public final class Glob {
    /** Picks every name. */
    public static final Glob ANY = new Glob("*");

    private final String text;
    private final List<String> alternatives;
    private final List<Pattern> patterns;

    private Glob(String text) {
        this.text = text;
        this.alternatives =
                Arrays.stream(text.split("\\|", -1)).map(String::strip).toList();
        if (alternatives.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("'" + text + "': an empty alternative matches nothing");
        }
        this.patterns = alternatives.stream().map(Glob::compile).toList();
    }

    public static Glob of(String text) {
        return text.equals("*") ? ANY : new Glob(text);
    }

    private static Pattern compile(String alternative) {
        StringBuilder regex = new StringBuilder();
        for (char c : alternative.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
    }

    public boolean isAny() {
        return this == ANY;
    }

    public boolean matches(String name) {
        return isAny()
                || (name != null
                        && patterns.stream().anyMatch(p -> p.matcher(name).matches()));
    }

    /**
     * Refuses alternatives that pick nothing.
     *
     * @throws IllegalArgumentException naming the field and the nearest known names
     */
    public void check(String field, Collection<String> known) {
        for (int i = 0; i < patterns.size(); i++) {
            Pattern pattern = patterns.get(i);
            if (known.stream().noneMatch(name -> pattern.matcher(name).matches())) {
                String wanted = alternatives.get(i).replace("*", "").replace("?", "");
                throw NearMatches.unknown(field, wanted.isEmpty() ? alternatives.get(i) : wanted, known);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob glob && glob.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
