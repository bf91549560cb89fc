package dev.ridgepoint.device.conformance;

import java.util.function.IntFunction;

/** The operands of every row of a vector, as bits; the same on every machine. */
public interface Inputs {
    int rows();

    /** The bits of an operand; those beyond its width are ignored. */
    long bits(int row, int operand);

    /** What a row is about, for a report; empty where its operands say all. */
    default String about(int row) {
        return "";
    }

    /** Bits by row and operand. */
    @FunctionalInterface
    interface Table {
        long bits(int row, int operand);
    }

    /** So many rows of a table. */
    static Inputs of(int rows, Table table) {
        return new Inputs() {
            @Override
            public int rows() {
                return rows;
            }

            @Override
            public long bits(int row, int operand) {
                return table.bits(row, operand);
            }
        };
    }

    /** The same rows, with words about them. */
    default Inputs explained(IntFunction<String> about) {
        Inputs rows = this;
        return new Inputs() {
            @Override
            public int rows() {
                return rows.rows();
            }

            @Override
            public long bits(int row, int operand) {
                return rows.bits(row, operand);
            }

            @Override
            public String about(int row) {
                return about.apply(row);
            }
        };
    }

    /** These rows, and behind them those. */
    default Inputs then(Inputs more) {
        int first = rows();
        return of(
                first + more.rows(),
                (row, operand) -> row < first ? bits(row, operand) : more.bits(row - first, operand));
    }
}
