package dev.ridgepoint.device.conformance;

import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.cuda.CudaDevice;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.CudaArch;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A snippet over rows of inputs: one thread a row. */
public record PtxVector(String id, String group, Snippet snippet, Inputs inputs, Bound bound, int elementBytes)
        implements TestVector {
    private static final int WARP = 32;

    /** Compares whole results. */
    public PtxVector(String id, String group, Snippet snippet, Inputs inputs, Bound bound) {
        this(id, group, snippet, inputs, bound, snippet.resultBits() / 8);
    }

    @Override
    public Optional<String> refusal(DeviceTraits device) {
        Optional<CudaArch> arch = CudaArch.parse(device.arch());
        return arch.filter(snippet.isa().floor()::runsOn).isPresent()
                ? Optional.empty()
                : Optional.of("needs " + snippet.isa().floor() + ", and this is " + device.arch());
    }

    @Override
    public String fingerprint() {
        return Digests.of(snippet.ptx().getBytes(StandardCharsets.UTF_8), packedInputs());
    }

    @Override
    public Shape shape() {
        return new Shape(inputs.rows(), snippet.resultRowBytes(), elementBytes);
    }

    @Override
    public byte[] run(CudaDevice device) {
        int threads = (inputs.rows() + Snippet.BLOCK - 1) / Snippet.BLOCK * Snippet.BLOCK;
        byte[] output = new byte[shape().bytes()];
        byte[] image = (snippet.ptx() + "\0").getBytes(StandardCharsets.UTF_8);
        try (DeviceBuffer in = device.allocate((long) threads * snippet.operandRowBytes());
                DeviceBuffer out = device.allocate((long) threads * snippet.resultRowBytes())) {
            in.upload(0, ByteBuffer.wrap(packedInputs()));
            out.fill((byte) 0);
            try (PreparedLaunch launch = device.prepare(id, image, plan(threads), Map.of("in", in, "out", out))) {
                launch.launch();
                launch.synchronize();
            }
            out.download(0, ByteBuffer.wrap(output));
        }
        return output;
    }

    private static LaunchPlan plan(int threads) {
        Geometry geometry = Geometry.of(Dim3.of(threads / Snippet.BLOCK), Dim3.of(Snippet.BLOCK));
        return LaunchPlan.of(
                "a thread a row",
                new KernelLaunch(Snippet.ENTRY, geometry, List.of(Argument.buffer("in"), Argument.buffer("out"))));
    }

    /** All rows as the kernel reads them, eight bytes an operand; the last row again for threads that have none. */
    private byte[] packedInputs() {
        int operands = snippet.operandBits().size();
        int threads = (inputs.rows() + Snippet.BLOCK - 1) / Snippet.BLOCK * Snippet.BLOCK;
        ByteBuffer packed =
                ByteBuffer.allocate(threads * snippet.operandRowBytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < threads; row++) {
            for (int operand = 0; operand < operands; operand++) {
                packed.putLong(operand(Math.min(row, inputs.rows() - 1), operand));
            }
        }
        return packed.array();
    }

    private long operand(int row, int operand) {
        return inputs.bits(row, operand)
                & -1L >>> Long.SIZE - snippet.operandBits().get(operand);
    }

    @Override
    public String inputs(int row) {
        StringBuilder text = new StringBuilder("lane " + row % WARP + " of warp " + row / WARP + inputs.about(row));
        for (int i = 0; i < snippet.operandBits().size(); i++) {
            text.append(i == 0 ? ": " : ", ")
                    .append("%a" + i + " = 0x")
                    .append(Digests.hex(operand(row, i), snippet.operandBits().get(i) / 8));
        }
        return text.toString();
    }

    @Override
    public String program() {
        return snippet.body().strip();
    }
}
