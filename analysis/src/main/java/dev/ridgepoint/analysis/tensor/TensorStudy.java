package dev.ridgepoint.analysis.tensor;

import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.QuantTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor, and what each format does to it.
 *
 * @param tensor what was read
 * @param facts what it holds
 * @param errors in the order of the formats asked for
 */
public record TensorStudy(Tensor tensor, TensorFacts facts, List<StorageError> errors) {

    /**
     * Studies a tensor.
     *
     * @param dump folder for codes and scales, or null
     */
    public static TensorStudy of(Tensor tensor, List<StorageFormat> formats, Path dump) throws IOException {
        TensorFacts facts = TensorFacts.of(tensor);
        List<StorageError> errors = new ArrayList<>();
        for (StorageFormat format : formats) {
            try (Dump to = dump == null ? null : Dump.open(format, dump, tensor)) {
                errors.add(format.format() == null ? cast(tensor, format, to) : quantised(tensor, facts, format, to));
            }
        }
        return new TensorStudy(tensor, facts, errors);
    }

    private static StorageError cast(Tensor tensor, StorageFormat format, Dump to) throws IOException {
        ErrorMeter meter = new ErrorMeter(HalfStep.of(format.type()));
        float largest = FloatCodec.maxFinite(format.type());
        tensor.read((firstRow, rows, values) -> {
            int count = rows * tensor.cols();
            float[] stored = new float[count];
            for (int i = 0; i < count; i++) {
                stored[i] = FloatCodec.round(format.type(), values[i]);
            }
            float[] top = new float[count];
            float[] bottom = new float[count];
            Arrays.fill(top, largest);
            Arrays.fill(bottom, -largest);
            meter.add(values, stored, top, bottom, count);
            if (to != null) {
                to.put(firstRow, values, count);
            }
        });
        return meter.of(format, format.bits(tensor.rows(), tensor.cols()));
    }

    private static StorageError quantised(Tensor tensor, TensorFacts facts, StorageFormat format, Dump to)
            throws IOException {
        ErrorMeter meter = new ErrorMeter(HalfStep.of(format.format().element()));
        ChunkCodec codec = new ChunkCodec(format.format(), facts);
        tensor.read((firstRow, rows, values) -> {
            QuantTensor codes = codec.encode(values, rows, tensor.cols());
            meter.add(
                    values,
                    codec.decode(codes),
                    codec.extremes(codes, true),
                    codec.extremes(codes, false),
                    rows * tensor.cols());
            if (to != null) {
                to.put(firstRow, codes, rows);
            }
        });
        return meter.of(format, format.bits(tensor.rows(), tensor.cols()));
    }
}
