package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.Bound;
import dev.ridgepoint.device.conformance.Inputs;
import dev.ridgepoint.device.conformance.Isa;
import dev.ridgepoint.device.conformance.PtxVector;
import dev.ridgepoint.device.conformance.TestVector;
import dev.ridgepoint.device.conformance.opcodes.ProductForm.Filling;
import dev.ridgepoint.kernels.operand.CounterRandom;
import dev.ridgepoint.kernels.precision.DType;
import java.util.ArrayList;
import java.util.List;

/** {@code mma.sync} in every shape and format of the emulated driver; a warp of rows is a product. */
final class MatrixProducts {
    private static final int VARIATIONS = 8;
    private static final int INTEGER_PRODUCTS = 12;

    private MatrixProducts() {}

    static List<TestVector> all() {
        List<TestVector> vectors = new ArrayList<>();
        for (FloatFormat type : List.of(FloatFormat.F16, FloatFormat.BF16)) {
            vectors.add(floats(Isa.SM_80, 8, type, type, FloatFormat.F32));
            vectors.add(floats(Isa.SM_80, 16, type, type, FloatFormat.F32));
        }
        vectors.add(floats(Isa.SM_80, 8, FloatFormat.F16, FloatFormat.F16, FloatFormat.F16));
        vectors.add(floats(Isa.SM_80, 16, FloatFormat.F16, FloatFormat.F16, FloatFormat.F16));
        vectors.add(floats(Isa.SM_80, 4, FloatFormat.TF32, FloatFormat.TF32, FloatFormat.F32));
        vectors.add(floats(Isa.SM_80, 8, FloatFormat.TF32, FloatFormat.TF32, FloatFormat.F32));
        List<FloatFormat> bytes = List.of(FloatFormat.E4M3, FloatFormat.E5M2);
        for (FloatFormat a : bytes) {
            for (FloatFormat b : bytes) {
                vectors.add(floats(Isa.SM_89_PRODUCTS, 32, a, b, FloatFormat.F32));
                vectors.add(floats(Isa.SM_89_LATER_PRODUCTS, 16, a, b, FloatFormat.F32));
                vectors.add(floats(Isa.SM_89_LATER_PRODUCTS, 32, a, b, FloatFormat.F16));
                vectors.add(floats(Isa.SM_89_LATER_PRODUCTS, 16, a, b, FloatFormat.F16));
            }
        }
        integers(vectors);
        bits(vectors);
        doubles(vectors);
        return vectors;
    }

    private static TestVector floats(Isa isa, int depth, FloatFormat a, FloatFormat b, FloatFormat result) {
        ProductForm form =
                new ProductForm(isa, 16, depth, "", a.name(), b.name(), result.name(), "", a.bits(), result.bits());
        ProductFillings fillings = new ProductFillings(a, b, result, depth);
        Inputs inputs = explained(form.inputs(ProductFillings.count(VARIATIONS), fillings::filling));
        return new PtxVector(
                form.instruction(), "matrix products", form.snippet(), inputs, Bound.EXACT, result.bits() / 8);
    }

    private static Inputs explained(Inputs products) {
        return products.explained(row -> " (" + ProductFillings.name(row / ProductForm.LANES) + ")");
    }

    private static void integers(List<TestVector> vectors) {
        for (int bits : List.of(8, 4)) {
            for (String a : List.of("s", "u")) {
                for (String b : List.of("s", "u")) {
                    for (String extra : List.of("", ".satfinite")) {
                        int half = 128 / bits;
                        vectors.add(integers(8, half, extra, a + bits, b + bits, bits));
                        vectors.add(integers(16, half, extra, a + bits, b + bits, bits));
                        vectors.add(integers(16, 2 * half, extra, a + bits, b + bits, bits));
                    }
                }
            }
        }
    }

    private static TestVector integers(int rows, int depth, String extra, String a, String b, int bits) {
        ProductForm form = new ProductForm(Isa.SM_80, rows, depth, extra, a, b, "s32", "", bits, 32);
        Inputs inputs = form.inputs(INTEGER_PRODUCTS, MatrixProducts::integers);
        return new PtxVector(form.instruction(), "matrix products", form.snippet(), inputs, Bound.EXACT);
    }

    private static void bits(List<TestVector> vectors) {
        for (String operation : List.of(".xor.popc", ".and.popc")) {
            vectors.add(bits(8, 128, operation));
            vectors.add(bits(16, 128, operation));
            vectors.add(bits(16, 256, operation));
        }
    }

    private static TestVector bits(int rows, int depth, String operation) {
        ProductForm form = new ProductForm(Isa.SM_80, rows, depth, "", "b1", "b1", "s32", operation, 1, 32);
        Inputs inputs = form.inputs(INTEGER_PRODUCTS, MatrixProducts::integers);
        return new PtxVector(form.instruction(), "matrix products", form.snippet(), inputs, Bound.EXACT);
    }

    /** Any integers; in every second product the extreme ones alone. */
    private static Filling integers(int number) {
        CounterRandom random = CounterRandom.of(number, "integers");
        return new Filling() {
            @Override
            public long a(int row, int k) {
                return code(row * 256L + k);
            }

            @Override
            public long b(int k, int column) {
                return code(10_000 + k * 8L + column);
            }

            @Override
            public long c(int row, int column) {
                long bits = random.bits(20_000 + row * 8L + column);
                return number % 2 == 0 ? bits : bits < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
            }

            private long code(long place) {
                long bits = random.bits(place);
                return number % 2 == 0 ? bits : bits < 0 ? 0x88 : 0x77;
            }
        };
    }

    private static void doubles(List<TestVector> vectors) {
        vectors.add(doubles(Isa.SM_80, 8, 4));
        for (int depth : List.of(4, 8, 16)) {
            vectors.add(doubles(Isa.SM_90, 16, depth));
        }
    }

    private static TestVector doubles(Isa isa, int rows, int depth) {
        ProductForm form = new ProductForm(isa, rows, depth, "", "f64", "f64", "f64", "", 64, 64);
        ProductFillings fillings = new ProductFillings(FloatFormat.F64, FloatFormat.F64, FloatFormat.F64, depth);
        return new PtxVector(
                form.instruction(),
                "matrix products",
                form.snippet(),
                explained(form.inputs(ProductFillings.count(2), fillings::filling)),
                Bound.anyNan(DType.FP64));
    }
}
