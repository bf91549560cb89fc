package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.calibrate.Calibration;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The margins of a gate, which its two stages share. */
final class GateMargins {
    private GateMargins() {}

    /**
     * Those of a calibration; null where there is none.
     *
     * @param base what is compared against, a bundle or a plain file
     * @param named the calibration that was asked for, or null
     * @param beside whether the one beside the baseline counts where none was named
     */
    static Calibration of(Path base, Path named, boolean beside) throws IOException {
        Path ofBaseline = base.toAbsolutePath().resolveSibling(Calibration.FILE);
        if (named == null && !(beside && Files.isRegularFile(ofBaseline))) {
            return null;
        }
        Calibration read = Calibration.read(named == null ? ofBaseline : named);
        if (!Files.isDirectory(base)) {
            throw UserError.refused("--calibration: a plain JMH file does not say what device it is of");
        }
        BundleReader reader = BundleReader.open(base);
        if (!Objects.equals(read.uuidSha256(), reader.context().device().uuidSha256())
                || !read.protocol().equals(reader.run().protocol().digest())) {
            throw UserError.refused("the calibration of " + read.device() + " is of another device or protocol than "
                    + base + "; run 'ridgepoint calibrate' on runs like it");
        }
        return read;
    }
}
