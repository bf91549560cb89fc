package dev.ridgepoint.benchmarks.gate;

import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.oracle.Verifier;
import dev.ridgepoint.results.json.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What each case must give, computed once by the run and read by every fork. A case is expected twice: for the operands
 * it is timed on, and for the others that its inputs are changed to.
 */
public final class Expectations {
    private final Path folder;

    /** @param folder where verifiers are kept while a run goes on */
    public Expectations(Path folder) {
        this.folder = folder;
    }

    /** Computes and keeps what a case needs; does nothing where another case has needed the same. */
    public void prepare(Cell cell) throws IOException {
        prepare(cell, cell.inputs().seed());
        prepare(cell, changedSeed(cell));
    }

    private void prepare(Cell cell, long seed) throws IOException {
        Path file = file(cell, seed);
        if (!Files.exists(file)) {
            Files.createDirectories(folder);
            Verifier.of(cell.problem(), operands(cell, seed)).save(file);
        }
    }

    /** The operands a case is timed on. */
    public Expectation asked(Cell cell) {
        return load(cell, cell.inputs().seed());
    }

    /** Other operands of the same problem. */
    public Expectation changed(Cell cell) {
        return load(cell, changedSeed(cell));
    }

    private Expectation load(Cell cell, long seed) {
        try {
            OperandSet operands = operands(cell, seed);
            return new Expectation(operands, Verifier.load(operands, file(cell, seed)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OperandSet operands(Cell cell, long seed) {
        return OperandSet.generate(cell.problem(), cell.inputs().distribution(), seed);
    }

    private static long changedSeed(Cell cell) {
        return cell.inputs().seed() + 1;
    }

    private Path file(Cell cell, long seed) {
        String what = cell.problem().id() + " " + cell.inputs().distribution().id() + " " + seed;
        return folder.resolve(Sha256.hex(what).substring(0, 24) + ".expectation");
    }
}
