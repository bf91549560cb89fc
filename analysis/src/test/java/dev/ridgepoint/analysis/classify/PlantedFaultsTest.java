package dev.ridgepoint.analysis.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.analysis.classify.Regimes.Ceilings;
import dev.ridgepoint.analysis.classify.heldout.Widths;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Shape;
import dev.ridgepoint.kernels.shape.WorkModel;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Faults that other calculators were seen to have, planted one at a time: each must be found. */
class PlantedFaultsTest {
    private static final List<LabelledCase> DEV = LabelledCases.development();
    private static final List<LabelledCase> HELD = LabelledCases.heldout();
    private static final double BOUND = .97;

    @Test
    void soundFormulasConform() {
        for (List<LabelledCase> cases : List.of(DEV, HELD)) {
            Conformance sound = Conformance.of(cases);
            assertEquals(List.of(), sound.wrongRegime());
            assertEquals(List.of(), sound.wrongWork());
        }
    }

    /** Keys and values counted for every query head: decode looks less intense than it is. */
    @Test
    void groupedQueryAttentionIgnored() {
        Conformance faulty = Conformance.of(DEV, c -> reshaped(c, PlantedFaultsTest::ungrouped), Descriptor::declared);
        found(faulty, "dev-059", "dev-086", "dev-095", "dev-096");
    }

    /**
     * Verifying 64 drafted tokens reads keys once for 4 query heads: close to 4 * 64 FLOPs a byte, above an A100's ridge of
     * 153 by more than a quarter. Were keys read for each head it would be 64, below it by more than a quarter.
     */
    @Test
    void groupedQueryAttentionIgnoredTurnsVerificationIntoAnotherRegime() {
        Descriptor verify = Lines.descriptor(
                Lines.line("attention", "'B':8,'Hq':32,'Hkv':8,'Sq':64,'Skv':32768,'D':128,'mask':'causal'"));
        Ceilings a100 = new Ceilings(312e12, 2.039e12, 3);
        assertEquals(Regime.COMPUTE_BOUND, Regimes.read(verify.work(), a100).regime());
        WorkModel ungrouped = ungrouped(verify.shape()).work(verify.bytes());
        assertEquals(Regime.BANDWIDTH_BOUND, Regimes.read(ungrouped, a100).regime());
    }

    private static Shape ungrouped(Shape shape) {
        if (!(shape instanceof AttentionShape a)) {
            return shape;
        }
        return with(a, a.qHeads(), a.headDim(), a.mask());
    }

    private static AttentionShape with(AttentionShape a, long kvHeads, long dim, Mask mask) {
        long valueDim = a.valueDim() == a.headDim() ? dim : a.valueDim();
        boolean windowed = mask == Mask.SLIDING || mask == Mask.LOCAL;
        return new AttentionShape(
                a.batch(),
                a.qHeads(),
                kvHeads,
                a.seqLenQ(),
                a.seqLenKv(),
                dim,
                valueDim,
                mask,
                windowed ? a.window() : 0,
                a.pageSize(),
                a.kvShared(),
                a.relPositions(),
                a.segments());
    }

    /** The square counted whole under a causal mask: prefill looks twice as intense. */
    @Test
    void causalMaskNotHalved() {
        Conformance faulty = Conformance.of(
                DEV,
                c -> reshaped(
                        c,
                        s -> s instanceof AttentionShape a && a.mask() == Mask.CAUSAL
                                ? with(a, a.kvHeads(), a.headDim(), Mask.FULL)
                                : s),
                Descriptor::declared);
        found(faulty, "dev-051", "dev-056", "dev-057", "dev-059", "dev-101");
        assertTrue(
                faulty.wrongRegime().containsAll(List.of("dev-051", "dev-057")),
                faulty.wrongRegime().toString());
    }

    /** Weights read once for each sequence instead of once for the batch. */
    @Test
    void weightsReadForEveryRequest() {
        Conformance faulty = Conformance.ofWork(DEV, PlantedFaultsTest::readPerRequest, Descriptor::declared);
        found(faulty, "dev-002", "dev-076", "dev-082");
        assertTrue(
                faulty.wrongRegime().containsAll(List.of("dev-002", "dev-076", "dev-077", "dev-082")),
                faulty.wrongRegime().toString());
        assertTrue(faulty.acceptable().value() < BOUND, faulty.acceptable().toString());
    }

    private static WorkModel readPerRequest(LabelledCase c) {
        WorkModel once = c.descriptor().work();
        if (!(c.descriptor().shape() instanceof GemmShape gemm)
                || c.descriptor().hints().batch() == null) {
            return once;
        }
        double again = (c.descriptor().hints().batch() - 1.0)
                * gemm.n()
                * gemm.k()
                * c.descriptor().bytes().weight();
        return new WorkModel(once.flops(), once.bytesRead() + again, once.bytesWritten());
    }

    /**
     * Head dimension taken for the model's width over its heads: wrong for Gemma and most Qwen3, though right for the 8B of
     * them, whose 4096 over 32 heads is 128.
     */
    @Test
    void headDimensionTakenFromTheWidth() {
        Conformance faulty = Conformance.of(HELD, PlantedFaultsTest::headDimFromWidth, Descriptor::declared);
        List<String> expected = HELD.stream()
                .filter(c -> c.descriptor().shape() instanceof AttentionShape)
                .filter(c -> Stream.of("qwen3-0.6b", "qwen3-32b", "qwen3-30b-a3b", "gemma-")
                        .anyMatch(c.descriptor().context().model()::startsWith))
                .map(c -> c.descriptor().id())
                .toList();
        assertTrue(expected.size() >= 8, "too few cases would show it: " + expected);
        assertEquals(expected, faulty.wrongWork());
        assertTrue(faulty.agreeing().value() < BOUND, faulty.agreeing().toString());
    }

    private static Descriptor headDimFromWidth(LabelledCase c) {
        Descriptor d = c.descriptor();
        boolean decoder = "decoder".equals(d.context().modelCls());
        return decoder && d.shape() instanceof AttentionShape a
                ? reshaped(c, s -> with(a, a.kvHeads(), Widths.of(d.context().model()) / a.qHeads(), a.mask()))
                : d;
    }

    /** Four-bit weights held against a four-bit peak, although they are multiplied in 16 bit. */
    @Test
    void wrongPeakForFourBitWeights() {
        Conformance faulty = Conformance.of(DEV, LabelledCase::descriptor, PlantedFaultsTest::peakOfStorage);
        assertTrue(
                faulty.wrongRegime().contains("dev-082"), faulty.wrongRegime().toString());
        List<LabelledCase> fourBit =
                DEV.stream().filter(c -> c.descriptor().bytes().weight() < 1).toList();
        Conformance there = Conformance.of(fourBit, LabelledCase::descriptor, PlantedFaultsTest::peakOfStorage);
        assertTrue(there.acceptable().value() < BOUND, there.acceptable().toString());
    }

    private static Ceilings peakOfStorage(Descriptor d) {
        Ceilings c = d.declared();
        boolean fourBit = d.shape() instanceof GemmShape && d.bytes().weight() < 1;
        return fourBit ? new Ceilings(4 * c.flopsPerSecond(), c.bytesPerSecond(), c.launchFloorUs()) : c;
    }

    private interface Misreading {
        Shape of(Shape shape);
    }

    private static Descriptor reshaped(LabelledCase c, Misreading misreading) {
        Descriptor d = c.descriptor();
        return new Descriptor(
                d.id(), misreading.of(d.shape()), d.hints(), d.bytes(), d.declared(), d.reached(), d.context());
    }

    /** The figures' bound on work is broken, by the cases named among others. */
    private static void found(Conformance faulty, String... cases) {
        assertTrue(
                faulty.wrongWork().containsAll(List.of(cases)),
                faulty.wrongWork().toString());
        assertTrue(faulty.agreeing().value() < 1);
    }
}
