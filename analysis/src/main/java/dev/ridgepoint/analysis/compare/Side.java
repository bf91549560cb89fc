package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.results.RunDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** One of the two things compared: a bundle, or plain files of JMH or nvbench. */
interface Side {
    Path path();

    Grade grade();

    /** Why it has no better grade, a sentence each. */
    List<String> gradeReasons();

    /** What could not be checked, a few words each. */
    List<String> unchecked();

    /** The head of the run; null of plain files, which have none. */
    default RunDocument run() {
        return null;
    }

    /** Shows every case once, in the order of the file. */
    void entries(Consumer<Entry> consumer) throws IOException;

    /** Mean SM clock in MHz of each fork of a case; null where it was not recorded for all of them. */
    default double[] clocks(Entry entry) throws IOException {
        return null;
    }
}
