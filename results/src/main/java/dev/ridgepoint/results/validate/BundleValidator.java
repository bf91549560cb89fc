package dev.ridgepoint.results.validate;

import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Checks a bundle that anyone may have made or changed; never throws, whatever it is given. */
public final class BundleValidator {
    private BundleValidator() {}

    /** What is wrong with a bundle; no errors among the findings means it can be used. */
    public static List<Finding> validate(Path bundle) {
        try {
            BundleReader.open(bundle);
            return List.of();
        } catch (BundleException refused) {
            return List.of(new Finding(Finding.Severity.ERROR, Layout.RESULT, "", refused.getMessage()));
        } catch (IOException failed) {
            return List.of(new Finding(Finding.Severity.ERROR, Layout.RESULT, "", "cannot be read"));
        }
    }
}
