package dev.ridgepoint.analysis.report;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes a synthetic bundle to look at, or to time commands with: {@code SyntheticBundles FOLDER [CASES [FORKS [later]]]},
 * {@code later} being a later build on the same machine, some of whose cases are slower or faster.
 */
final class SyntheticBundles {
    private SyntheticBundles() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int cases = args.length > 1 ? Integer.parseInt(args[1]) : 0;
        int forks = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        SyntheticRun run = new SyntheticRun(forks);
        if (args.length > 3 && args[3].equals("later")) {
            run.laterBuild();
        }
        run.write(folder, cases == 0 ? SyntheticCases.quick() : SyntheticCases.many(cases), true);
        System.out.println(folder);
    }
}
