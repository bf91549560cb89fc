package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.device.cpu.Memory;
import dev.ridgepoint.device.cpu.Step;
import dev.ridgepoint.device.cpu.lib.QuantisedAt;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A mixture of experts: rows are gathered by expert, multiplied by its weight in one product, and scattered to their
 * places in c. How many rows an expert gets is data, so its product is prepared when the count is first met; with the
 * same routing later launches allocate nothing.
 */
final class GroupedProduct implements Step {
    private final GemmShape shape;
    private final Precision precision;
    private final Multiplier multiplier;
    private final LaunchBuilder launch;
    private final ExpertWeights weights;
    private final RowBuffer a;
    private final RowBuffer aScales;
    private final RowBuffer c;
    private final ByteBuffer routing;

    private final int[] begin;
    private final int[] next;
    private final Prepared[] experts;

    /** An expert's product over the gathered rows [from, to). */
    private record Prepared(int from, int to, Step product) {}

    private GroupedProduct(GemmShape shape, Precision precision, Multiplier multiplier, LaunchBuilder launch) {
        this.shape = shape;
        this.precision = precision;
        this.multiplier = multiplier;
        this.launch = launch;
        long rows = shape.m() * shape.moe().topK();
        this.weights = ExpertWeights.of(shape, precision, launch);
        this.a = RowBuffer.gathered(launch, "a", ActivationRows.codeBytes(precision, shape.k()), shape.m(), rows);
        this.aScales =
                RowBuffer.gathered(launch, "aScales", ActivationRows.scaleBytes(precision, shape.k()), shape.m(), rows);
        this.c = RowBuffer.gathered(launch, "c", precision.output().bits() / 8 * shape.n(), rows, rows);
        this.routing = Memory.at(launch.address("routing"), Integer.BYTES * rows)
                .asBuffer()
                .order(ByteOrder.LITTLE_ENDIAN);
        this.begin = new int[shape.moe().experts() + 1];
        this.next = new int[shape.moe().experts()];
        this.experts = new Prepared[shape.moe().experts()];
    }

    /** Whether rows can be gathered: each side must fit one ByteBuffer. */
    static boolean fits(GemmShape shape, Precision precision) {
        double rows = (double) shape.m() * shape.moe().topK();
        double widest = Math.max(4.0 * shape.n(), (double) ActivationRows.codeBytes(precision, shape.k()));
        return rows * widest < Integer.MAX_VALUE;
    }

    static void assemble(GemmShape shape, Precision precision, Multiplier multiplier, LaunchBuilder launch) {
        GroupedProduct grouped = new GroupedProduct(shape, precision, multiplier, launch);
        // A refusal must come now, and so must the name of what runs; the usual count of rows stands for all.
        int usual =
                (int) Math.max(1, shape.m() * shape.moe().topK() / shape.moe().experts());
        LaunchBuilder trial = launch.part();
        try {
            multiplier.multiply(trial, grouped.product(0, 0, usual));
            launch.then("grouped " + trial.implementation(), grouped);
        } finally {
            trial.close();
        }
    }

    @Override
    public void run() {
        sortByExpert();
        for (int e = 0; e < experts.length; e++) {
            if (begin[e] < begin[e + 1]) {
                prepared(e).product().run();
            }
        }
        scatter();
    }

    /** Counts, then deals each row of a to its expert's stretch. */
    private void sortByExpert() {
        Arrays.fill(begin, 0);
        int rows = c.rows();
        for (int choice = 0; choice < rows; choice++) {
            begin[expert(choice) + 1]++;
        }
        for (int e = 0; e < experts.length; e++) {
            begin[e + 1] += begin[e];
            next[e] = begin[e];
        }
        int topK = shape.moe().topK();
        for (int choice = 0; choice < rows; choice++) {
            int to = next[expert(choice)]++;
            a.gather(choice / topK, to);
            aScales.gather(choice / topK, to);
        }
    }

    private void scatter() {
        for (int e = 0; e < experts.length; e++) {
            next[e] = begin[e];
        }
        for (int choice = 0; choice < c.rows(); choice++) {
            c.scatter(next[expert(choice)]++, choice);
        }
    }

    private int expert(int choice) {
        int expert = routing.getInt(Integer.BYTES * choice);
        if (expert < 0 || expert >= experts.length) {
            throw new DeviceException(
                    "routing: choice " + choice + " names expert " + expert + " of " + experts.length);
        }
        return expert;
    }

    private Prepared prepared(int e) {
        Prepared known = experts[e];
        if (known != null && known.from() == begin[e] && known.to() == begin[e + 1]) {
            return known;
        }
        close(e);
        LaunchBuilder part = launch.part();
        multiplier.multiply(part, product(e, begin[e], begin[e + 1]));
        experts[e] = new Prepared(begin[e], begin[e + 1], part.asStep());
        return experts[e];
    }

    private Product product(int e, int from, int to) {
        QuantisedAt rows = new QuantisedAt(a.gatheredAt(from), aScales.gatheredAt(from), 0, 0);
        return new Product(
                to - from,
                shape.n(),
                shape.k(),
                rows,
                weights.of(e),
                GemmKernel.after(launch, shape, precision, e),
                c.gatheredAt(from));
    }

    private void close(int e) {
        if (experts[e] != null) {
            experts[e].product().close();
            experts[e] = null;
        }
    }

    @Override
    public void close() {
        for (int e = 0; e < experts.length; e++) {
            close(e);
        }
    }
}
