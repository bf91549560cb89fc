package dev.ridgepoint.kernels.precision;

/**
 * A quantised [rows, cols] matrix as it lies in memory, little-endian. {@link QuantFormat.Layout} gives the order of
 * the codes; scales lie row-major over groups unless the codec says otherwise.
 *
 * @param codes codes, or whole blocks of packed formats
 * @param scales scales in the format's scale type; empty for packed formats
 * @param zeros zero points; empty for symmetric formats
 * @param tensorScale the scale over all others (NVFP4), else 1
 */
public record QuantTensor(
        QuantFormat format, int rows, int cols, byte[] codes, byte[] scales, byte[] zeros, float tensorScale) {

    public QuantTensor {
        if (rows < 1 || cols < 1) {
            throw new IllegalArgumentException("rows, cols: expected at least 1, got " + rows + "x" + cols);
        }
        length(format, "codes", codes, format.codesLength(rows, cols));
        length(format, "scales", scales, format.scalesLength(rows, cols));
        length(format, "zeros", zeros, format.zerosLength(rows, cols));
    }

    private static void length(QuantFormat format, String field, byte[] buffer, long expected) {
        if (buffer.length != expected) {
            throw new IllegalArgumentException(
                    field + ": " + format + " needs " + expected + " bytes, got " + buffer.length);
        }
    }

    /** A tensor with every buffer allocated and zero, for an encoder to fill. */
    static QuantTensor empty(QuantFormat format, int rows, int cols, float tensorScale) {
        return new QuantTensor(
                format,
                rows,
                cols,
                new byte[size(format, "codes", format.codesLength(rows, cols))],
                new byte[size(format, "scales", format.scalesLength(rows, cols))],
                new byte[size(format, "zeros", format.zerosLength(rows, cols))],
                tensorScale);
    }

    private static int size(QuantFormat format, String field, long bytes) {
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(field + ": " + bytes + " bytes of " + format + " exceed one array");
        }
        return (int) bytes;
    }
}
