package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.roofline.Reading;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Correctness;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.Validity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A case as every form of the report shows it.
 *
 * @param reading its time held against the roofline, null unless it was measured
 */
record CaseRow(CaseResult result, CaseLabel label, Reading reading) {

    String id() {
        return result.id();
    }

    /** Who answered, or what was asked for where nobody could. */
    String kernel() {
        return result.subject() == null ? "none" : result.subject().kernel();
    }

    Timing timing() {
        return result.timing();
    }

    boolean measured() {
        return reading != null;
    }

    /** Whether the figure may be a headline: the bundle says so, and so do the ceilings it holds. */
    boolean valid() {
        return measured() && result.validity().valid() && reading.plausible();
    }

    /** What keeps a measured figure from being a headline, as the bundle says and as the ceilings do. */
    List<String> objections() {
        Set<String> all = new LinkedHashSet<>(result.validity().reasons());
        all.addAll(reading.implausible());
        return List.copyOf(all);
    }

    /** What the gate saw, null where it saw nothing. */
    Correctness correctness() {
        Outcome outcome = result.outcome();
        if (outcome instanceof Outcome.Measured measured) {
            return measured.correctness();
        }
        if (outcome instanceof Outcome.Simulated simulated) {
            return simulated.correctness();
        }
        return outcome instanceof Outcome.Incorrect incorrect ? incorrect.correctness() : null;
    }

    /** Why there is no time, null where there is one. */
    String reason() {
        Outcome outcome = result.outcome();
        if (outcome instanceof Outcome.Skipped skipped) {
            return skipped.reason();
        }
        if (outcome instanceof Outcome.Incorrect incorrect) {
            return incorrect.reason();
        }
        if (outcome instanceof Outcome.Failed failed) {
            return failed.reason();
        }
        return outcome instanceof Outcome.Simulated ? "run by the emulated driver: counters, no time" : null;
    }

    /** {@code 12.34 µs ±0.52 %}. */
    String time() {
        Timing timing = timing();
        String interval = Numbers.plusMinus(timing.steadyNs(), timing.ciLowNs(), timing.ciHighNs());
        return Numbers.time(timing.steadyNs()) + (interval.isEmpty() ? "" : " " + interval);
    }

    /** A letter for each thing that keeps the figure from being a headline; the tables' legend explains them. */
    String flags() {
        if (!measured()) {
            return "";
        }
        Validity validity = result.validity();
        String flags = (validity.steady() ? "" : "U")
                + (validity.throttled().equals("yes") ? "T" : "")
                + (validity.enoughForks() ? "" : "F")
                + (validity.plausible() && reading.plausible() ? "" : "P");
        return flags.isEmpty() && !valid() ? "X" : flags;
    }
}
