package dev.ridgepoint.analysis.report;

import java.io.IOException;
import java.nio.file.Path;

/** Writes a synthetic bundle and its report to look at: {@code SyntheticBundles FOLDER [CASES [FORKS]]}. */
final class SyntheticBundles {
    private SyntheticBundles() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int cases = args.length > 1 ? Integer.parseInt(args[1]) : 0;
        int forks = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        new SyntheticRun(forks).write(folder, cases == 0 ? SyntheticCases.quick() : SyntheticCases.many(cases), true);
        System.out.println(folder);
    }
}
