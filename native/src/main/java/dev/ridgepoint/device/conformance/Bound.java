package dev.ridgepoint.device.conformance;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import java.util.Locale;

/** Which answers count as equal to hardware's where they are not its very bits. */
public interface Bound {
    /** None: the ISA defines every bit. */
    Bound EXACT = new Bound() {
        @Override
        public boolean allows(long hardware, long ours) {
            return hardware == ours;
        }

        @Override
        public String toString() {
            return "exact";
        }
    };

    /** All: the ISA leaves the result to the machine, so a difference is worth knowing and no fault. */
    Bound UNSPECIFIED = new Bound() {
        @Override
        public boolean allows(long hardware, long ours) {
            return true;
        }

        @Override
        public String toString() {
            return "unspecified by the ISA";
        }
    };

    /** Whether our bits are as good as hardware's. */
    boolean allows(long hardware, long ours);

    /** The same bits, but any NaN is as good as another: the ISA does not say which one 64-bit arithmetic gives. */
    static Bound anyNan(DType type) {
        return new Near(type, 0, 0);
    }

    /** Within a part of hardware's value, or a distance from it, whichever is larger. */
    static Bound near(DType type, double relative, double absolute) {
        return new Near(type, relative, absolute);
    }

    /**
     * Values of a type near each other: NaN answers NaN, infinity the same infinity.
     *
     * @param relative to hardware's value
     * @param absolute whatever the value
     */
    record Near(DType type, double relative, double absolute) implements Bound {
        @Override
        public boolean allows(long hardware, long ours) {
            if (hardware == ours) {
                return true;
            }
            double there = value(hardware);
            double here = value(ours);
            if (Double.isNaN(there) || Double.isNaN(here)) {
                return Double.isNaN(there) && Double.isNaN(here);
            }
            if (Double.isInfinite(there) || Double.isInfinite(here)) {
                return there == here;
            }
            return Math.abs(there - here) <= Math.max(relative * Math.abs(there), absolute);
        }

        private double value(long bits) {
            return type == DType.FP64 ? Double.longBitsToDouble(bits) : FloatCodec.decode(type, (int) bits);
        }

        @Override
        public String toString() {
            return relative == 0 && absolute == 0
                    ? "exact, any NaN"
                    : String.format(Locale.ROOT, "%.3g relative or %.3g absolute", relative, absolute);
        }
    }
}
