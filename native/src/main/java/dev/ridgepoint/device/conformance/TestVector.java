package dev.ridgepoint.device.conformance;

import dev.ridgepoint.device.cuda.CudaDevice;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import java.util.Optional;

/** A program with fixed inputs, whose output says how a device computes. */
public interface TestVector {
    /** Unique and stable: {@code cvt.rn.f16.f32}. */
    String id();

    /** What it belongs to in tables: {@code conversions}. */
    String group();

    /** Why a device cannot run it; empty where it can. */
    Optional<String> refusal(DeviceTraits device);

    /** Hexadecimal; another program or other inputs have another one, so an old golden is not held against them. */
    String fingerprint();

    /** Where hardware and the emulated driver may differ. */
    Bound bound();

    /** How its output is made up. */
    Shape shape();

    /** Runs it; the answer is all rows of the output. */
    byte[] run(CudaDevice device);

    /** What a row was computed from, for a report. */
    String inputs(int row);

    /** The instruction or kernel, for a report. */
    String program();

    /**
     * Rows of an output, one a thread or one an element.
     *
     * @param rows how many
     * @param rowBytes bytes of one
     * @param elementBytes bytes of what is compared: 1, 2, 4 or 8
     */
    record Shape(int rows, int rowBytes, int elementBytes) {
        public Shape {
            if (elementBytes < 1 || rowBytes % elementBytes != 0) {
                throw new IllegalArgumentException(
                        "rowBytes: " + rowBytes + " is no multiple of elements of " + elementBytes + " bytes");
            }
        }

        /** All bytes. */
        public int bytes() {
            return rows * rowBytes;
        }
    }
}
