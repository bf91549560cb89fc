package dev.ridgepoint.results;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For how long one set of cases is run over and over. It is part of a protocol's id, as in {@code core+soak60m/1}: figures of
 * a machine that has been at work for an hour and of one that has not answer different questions.
 *
 * @param length time on the run's clock, interruptions left out, in whole seconds
 */
public record Soak(Duration length) {
    private static final Pattern IN_ID = Pattern.compile(".+\\+soak([0-9]{1,7})([sm])/[0-9]+");
    private static final long MINUTE = 60;

    public Soak {
        if (length.toSeconds() < 1 || length.getNano() != 0) {
            throw new IllegalArgumentException("--soak: expected a time of whole seconds, got " + length);
        }
    }

    /** The soak that a protocol's id names; empty where its forks are not run for a time. */
    public static Optional<Soak> in(String protocolId) {
        Matcher id = IN_ID.matcher(protocolId);
        if (!id.matches() || Long.parseLong(id.group(1)) == 0) {
            return Optional.empty();
        }
        return Optional.of(new Soak(
                Duration.ofSeconds(Long.parseLong(id.group(1)) * (id.group(2).equals("m") ? MINUTE : 1))));
    }

    /** What follows the protocol's name in its id: whole minutes where they are, so that 1h and 60m are one protocol. */
    public String suffix() {
        return "+soak" + words();
    }

    /** {@code 60m} or {@code 90s}. */
    public String words() {
        long seconds = length.toSeconds();
        return seconds % MINUTE == 0 ? seconds / MINUTE + "m" : seconds + "s";
    }
}
