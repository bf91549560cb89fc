package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.results.bundle.BundleReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AimSummaryTest {
    @TempDir
    private Path folder;

    /** A budget may end after the first fork, which shows no width. */
    @Test
    void aWidthThatNobodyKnowsIsNoNumber() throws Exception {
        Path bundle = new MadeRun()
                .protocol("made+aim2%of30/1")
                .with(MadeCase.of(1, 1, 1000))
                .write(folder);
        StringWriter text = new StringWriter();
        AimSummary.of(BundleReader.open(bundle)).print(new PrintWriter(text, true));
        assertTrue(text.toString().contains("0 of 1 cases met it; these missed it:"), text.toString());
        assertTrue(text.toString().contains("not known after 1 fork  made/case1"), text.toString());
    }
}
