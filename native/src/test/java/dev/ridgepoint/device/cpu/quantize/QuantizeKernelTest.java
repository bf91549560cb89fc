package dev.ridgepoint.device.cpu.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.cpu.Skip;
import dev.ridgepoint.device.cpu.lib.NativeLibrary;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.precision.QuantTensor;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every format, both ways, from and to every plain type: the same bytes as the Java codecs give. */
class QuantizeKernelTest {
    private static final List<int[]> EXTENTS =
            List.of(new int[] {1, 1}, new int[] {3, 17}, new int[] {9, 129}, new int[] {130, 259}, new int[] {2, 1024});
    private static final byte POISON = (byte) 0xA5;

    private static Device device;

    @BeforeAll
    static void open() {
        Skip.unless(NativeLibrary.isBuilt(), () -> NativeLibrary.LEFT_OUT);
        device = Devices.open("cpu");
    }

    @AfterAll
    static void close() {
        if (device != null) {
            device.close();
        }
    }

    static Stream<QuantFormat> formats() {
        return QuantFormat.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void bothInstructionSetsGiveTheCodecsBytes(QuantFormat format) {
        for (String isa : List.of("baseline", "")) {
            NativeLibrary.load().useInstructionSet(isa);
            for (DType plain : List.of(DType.FP32, DType.BF16, DType.FP16)) {
                for (int[] extent : EXTENTS) {
                    for (Distribution values : distributions(format)) {
                        check(Direction.QUANTIZE, extent[0], extent[1], plain, format, values);
                        check(Direction.DEQUANTIZE, extent[0], extent[1], plain, format, values);
                    }
                }
            }
        }
    }

    /** The makers of k-quant operands refuse what is not finite. */
    private static List<Distribution> distributions(QuantFormat format) {
        boolean pinned = QuantCodecs.of(format).encoderIsPinned();
        return pinned
                ? List.of(Distribution.NORMAL, Distribution.ADVERSARIAL, Distribution.NON_FINITE)
                : List.of(Distribution.NORMAL, Distribution.HEAVY_TAILED);
    }

    /**
     * What fp8 makes of every bf16 number: under each of the 128 significands a largest magnitude can have, the numbers
     * below it by up to 126 binary places, and the same where scales are nearly too small or too large.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "fp8_e4m3_tensor",
                "fp8_e4m3_token",
                "fp8_e4m3_1x128",
                "fp8_e4m3_128x128",
                "fp8_e5m2_token",
                "fp8_e5m2_1x128",
                "fp8_e5m2_128x128"
            })
    void everyBf16NumberUnderEveryScale(String id) {
        QuantizeProblem problem = QuantizeProblem.of(Direction.QUANTIZE, 128, 128, DType.BF16, QuantFormat.parse(id));
        for (int exponent : new int[] {1, 9, 16, 134, 254}) {
            for (int significand = 0; significand < 128; significand += exponent == 134 ? 1 : 21) {
                ByteBuffer x = ByteBuffer.allocate(2 * 128 * 128).order(ByteOrder.LITTLE_ENDIAN);
                int largest = exponent << 7 | significand;
                for (int i = 0; x.hasRemaining(); i++) {
                    // Each row begins with the largest, so that every group has it.
                    int magnitude = i % 128 == 0 ? largest : Math.max(0, largest - i);
                    x.putShort((short) (magnitude | (i % 3 == 0 ? 0x8000 : 0)));
                }
                OperandSet inputs = OperandSet.of(problem, 1, Map.of("x", x.array()));
                for (String isa : List.of("baseline", "")) {
                    NativeLibrary.load().useInstructionSet(isa);
                    check(problem, row(Direction.QUANTIZE, problem.format()), inputs, "largest " + largest);
                }
            }
        }
    }

    /** Every significand of fp32 rounds to fp8's as the codec rounds it. */
    @ParameterizedTest
    @ValueSource(strings = {"fp8_e4m3_tensor", "fp8_e5m2_tensor"})
    void everySignificandOfFp32(String id) {
        int rows = 1025;
        int cols = 1 << 13;
        QuantizeProblem problem = QuantizeProblem.of(Direction.QUANTIZE, rows, cols, DType.FP32, QuantFormat.parse(id));
        ByteBuffer x = ByteBuffer.allocate(4 * rows * cols).order(ByteOrder.LITTLE_ENDIAN);
        for (int significand = 0; significand < 1 << 23; significand++) {
            x.putFloat(Float.intBitsToFloat(0x3F800000 | significand | significand << 31));
        }
        // A scale of 1.
        while (x.hasRemaining()) {
            x.putFloat(id.contains("e4m3") ? 448 : 57344);
        }
        OperandSet inputs = OperandSet.of(problem, 1, Map.of("x", x.array()));
        check(problem, row(Direction.QUANTIZE, problem.format()), inputs, "every significand");
    }

    /**
     * Groups of every significand a bf16 largest magnitude has, beside each other and beside groups of zeros, whose scale is
     * the least there is: what is kept of one scale is not lost to another while its codes are made.
     */
    @ParameterizedTest
    @ValueSource(strings = {"fp8_e4m3_1x128", "fp8_e4m3_128x128", "fp8_e5m2_1x128", "fp8_e5m2_128x128"})
    void neighboursOfEveryScaleAndTheLeast(String id) {
        int groups = 256;
        QuantizeProblem problem =
                QuantizeProblem.of(Direction.QUANTIZE, 1, 128 * groups, DType.BF16, QuantFormat.parse(id));
        ByteBuffer x = ByteBuffer.allocate(2 * 128 * groups).order(ByteOrder.LITTLE_ENDIAN);
        for (int group = 0; group < groups; group++) {
            int largest = (120 + group % 9) << 7 | group / 2;
            for (int i = 0; i < 128; i++) {
                x.putShort((short) (group % 2 == 0 ? largest - i : 0x0100 + i));
            }
        }
        OperandSet inputs = OperandSet.of(problem, 1, Map.of("x", x.array()));
        check(problem, row(Direction.QUANTIZE, problem.format()), inputs, "every scale and the least");
    }

    /** Division without the divider: quotients at and beside every number midway between two codes, under many scales. */
    @ParameterizedTest
    @ValueSource(strings = {"fp8_e4m3_token", "fp8_e5m2_token", "fp8_e4m3_1x128", "fp8_e5m2_1x128"})
    void quotientsBesideTheMiddleOfTwoCodes(String id) {
        int rows = 3000;
        int cols = 128;
        QuantizeProblem problem = QuantizeProblem.of(Direction.QUANTIZE, rows, cols, DType.FP32, QuantFormat.parse(id));
        float largestCode = id.contains("e4m3") ? 448 : 57344;
        int steps = id.contains("e4m3") ? 8 : 4;
        Random random = new Random(7);
        ByteBuffer x = ByteBuffer.allocate(4 * rows * cols).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < rows; row++) {
            // The last significands are where the products err, and the first exponents and last where they are not
            // used.
            int significand = row % 2 == 0 ? random.nextInt(1 << 23) : (1 << 23) - 1 - row;
            float peak = Float.intBitsToFloat((40 + row % 208) << 23 | significand);
            x.putFloat(peak);
            for (int i = 1; i < cols; i++) {
                float middle = (1 + (2 * (i / 15 % steps) + 1) / (2f * steps)) * (i % 2 == 0 ? 1 : 1 / 32f);
                float near = middle * (peak / largestCode);
                x.putFloat(Float.intBitsToFloat(Float.floatToIntBits(near) + i % 7 - 3));
            }
        }
        OperandSet inputs = OperandSet.of(problem, 1, Map.of("x", x.array()));
        check(problem, row(Direction.QUANTIZE, problem.format()), inputs, "beside the middle");
    }

    /** Products of every code and scales at and beside bf16 numbers, their middles and powers of two. */
    @ParameterizedTest
    @ValueSource(strings = {"fp8_e4m3_1x128", "fp8_e5m2_1x128"})
    void productsBesideBf16NumbersAndTheirMiddles(String id) {
        int largest = id.contains("e4m3") ? 0x7E : 0x7B;
        int rows = 4 * 2 * 128 * 7;
        ByteBuffer codes = ByteBuffer.allocate(rows * 128);
        ByteBuffer scales = ByteBuffer.allocate(4 * rows).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < rows; row++) {
            // Exponents between 2^-100 and 2^7, where a product needs no special care.
            int exponent = 30 + 33 * (row % 4);
            scales.putFloat(Float.intBitsToFloat((exponent << 23 | row / 4 % 256 << 15) + row / 1024 - 3));
            for (int i = 0; i < 128; i++) {
                codes.put((byte) (Math.min(i, largest) | (row & 1) << 7));
            }
        }
        QuantizeProblem problem =
                QuantizeProblem.of(Direction.DEQUANTIZE, rows, 128, DType.BF16, QuantFormat.parse(id));
        OperandSet inputs = OperandSet.of(problem, 1, Map.of("codes", codes.array(), "scales", scales.array()));
        for (String isa : List.of("baseline", "")) {
            NativeLibrary.load().useInstructionSet(isa);
            check(problem, row(Direction.DEQUANTIZE, problem.format()), inputs, "beside bf16's numbers");
        }
    }

    private static void check(
            Direction direction, int rows, int cols, DType plain, QuantFormat format, Distribution values) {
        QuantizeProblem problem = QuantizeProblem.of(direction, rows, cols, plain, format);
        KernelRow row = row(direction, format);
        if (row == null) {
            assertTrue(!QuantCodecs.of(format).encoderIsPinned(), format + " has no kernel");
            return;
        }
        check(problem, row, OperandSet.generate(problem, values, 42), values.id());
    }

    private static void check(QuantizeProblem problem, KernelRow row, OperandSet inputs, String values) {
        QuantFormat format = problem.format();
        DType plain = problem.plain();
        int rows = (int) problem.shape().rows();
        int cols = (int) problem.shape().cols();
        Map<String, byte[]> outputs = run(problem, row, inputs);
        String what = problem.id() + " " + values + " " + NativeLibrary.load().instructionSet();
        if (problem.shape().direction() == Direction.QUANTIZE) {
            ByteBuffer source = inputs.input("x");
            float[] x = new float[rows * cols];
            FloatCodec.decode(plain, source, x, 0, x.length);
            QuantTensor expected = QuantCodecs.of(format).encode(x, rows, cols);
            same(what + " codes", expected.codes(), outputs.get("codes"));
            same(what + " scales", expected.scales(), outputs.getOrDefault("scales", new byte[0]));
            same(what + " zeros", expected.zeros(), outputs.getOrDefault("zeros", new byte[0]));
            if (outputs.containsKey("tensorScale")) {
                float scale = ByteBuffer.wrap(outputs.get("tensorScale"))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getFloat();
                assertEquals(expected.tensorScale(), scale, what);
            }
        } else {
            float scale = format.equals(QuantFormat.NVFP4)
                    ? inputs.input("tensorScale").getFloat()
                    : 1;
            QuantTensor tensor = new QuantTensor(
                    format, rows, cols, bytes(inputs, "codes"), bytes(inputs, "scales"), bytes(inputs, "zeros"), scale);
            byte[] expected = FloatCodec.encode(plain, QuantCodecs.of(format).decode(tensor));
            sameNumbers(what, plain, expected, outputs.get("y"));
        }
    }

    private static Map<String, byte[]> run(QuantizeProblem problem, KernelRow row, OperandSet inputs) {
        Map<String, DeviceBuffer> buffers = new HashMap<>();
        Map<String, byte[]> outputs = new HashMap<>();
        for (OperandSpec spec : inputs.specs()) {
            DeviceBuffer buffer = device.allocate(spec.bytes());
            buffers.put(spec.name(), buffer);
            buffer.fill(POISON);
            if (spec.role() == OperandSpec.Role.INPUT) {
                buffer.upload(0, inputs.input(spec.name()));
            }
        }
        try (PreparedLaunch launch = device.prepare(row, problem, buffers)) {
            launch.launch();
        }
        for (OperandSpec spec : inputs.specs()) {
            if (spec.role() == OperandSpec.Role.OUTPUT) {
                byte[] bytes = new byte[(int) spec.bytes()];
                buffers.get(spec.name()).download(0, ByteBuffer.wrap(bytes));
                outputs.put(spec.name(), bytes);
            }
        }
        buffers.values().forEach(DeviceBuffer::close);
        return outputs;
    }

    private static KernelRow row(Direction direction, QuantFormat format) {
        String id = direction.id() + "/cpu_" + format.id() + "_native";
        return device.kernels().stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static byte[] bytes(OperandSet inputs, String name) {
        if (inputs.specs().stream().noneMatch(spec -> spec.name().equals(name))) {
            return new byte[0];
        }
        ByteBuffer view = inputs.input(name);
        byte[] bytes = new byte[view.remaining()];
        view.get(bytes);
        return bytes;
    }

    private static void same(String what, byte[] expected, byte[] actual) {
        assertEquals(expected.length, actual.length, what);
        for (int i = 0; i < expected.length; i++) {
            if (expected[i] != actual[i]) {
                assertEquals(
                        Integer.toHexString(expected[i] & 0xFF),
                        Integer.toHexString(actual[i] & 0xFF),
                        what + ": byte " + i);
            }
        }
    }

    /** Bit for bit, but that which NaN an operation makes is the processor's choice. */
    private static void sameNumbers(String what, DType plain, byte[] expected, byte[] actual) {
        int count = expected.length * 8 / plain.bits();
        float[] want = FloatCodec.decode(plain, expected, count);
        float[] got = FloatCodec.decode(plain, actual, count);
        for (int i = 0; i < count; i++) {
            if (Float.floatToIntBits(want[i]) != Float.floatToIntBits(got[i])) {
                assertEquals(want[i], got[i], what + ": element " + i);
            }
        }
    }
}
