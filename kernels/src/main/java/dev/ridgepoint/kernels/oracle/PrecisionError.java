package dev.ridgepoint.kernels.oracle;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a precision costs, whatever the kernel: how far exact arithmetic on the operands as stored, its result rounded to
 * the output type, is from exact arithmetic on the numbers the operands were made from. Taken over a sample.
 *
 * <p>A verdict compares a kernel with what its stored operands lead to, so that all formats look alike there; this is the
 * other half of a trade of time against error.
 *
 * @param relFrobenius root of the sum of squared errors over that of squared outputs
 * @param sqnrDb the same in decibels, null where nothing was lost
 * @param elements outputs it was taken over
 */
public record PrecisionError(double relFrobenius, Double sqnrDb, long elements) {
    static PrecisionError of(Verdict comparison) {
        return new PrecisionError(comparison.relFrobenius(), comparison.sqnrDb(), comparison.checkedElements());
    }

    /** Writes an error that may be null. */
    static void write(PrecisionError error, DataOutput target) throws IOException {
        target.writeBoolean(error != null);
        if (error != null) {
            target.writeDouble(error.relFrobenius);
            target.writeDouble(error.sqnrDb == null ? Double.NaN : error.sqnrDb);
            target.writeLong(error.elements);
        }
    }

    static PrecisionError read(DataInput source) throws IOException {
        if (!source.readBoolean()) {
            return null;
        }
        double relFrobenius = source.readDouble();
        double sqnrDb = source.readDouble();
        return new PrecisionError(relFrobenius, Double.isNaN(sqnrDb) ? null : sqnrDb, source.readLong());
    }
}
