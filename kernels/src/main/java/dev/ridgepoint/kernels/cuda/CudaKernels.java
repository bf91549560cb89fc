package dev.ridgepoint.kernels.cuda;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.attention.DecodeAttention;
import dev.ridgepoint.kernels.cuda.attention.FlashAttention;
import dev.ridgepoint.kernels.cuda.attention.LatentAttention;
import dev.ridgepoint.kernels.cuda.attention.RopeAppend;
import dev.ridgepoint.kernels.cuda.attention.RopeFlash;
import dev.ridgepoint.kernels.cuda.gemm.Gemv;
import dev.ridgepoint.kernels.cuda.gemm.MmaGemm;
import dev.ridgepoint.kernels.cuda.gemm.PackedIntGemv;
import dev.ridgepoint.kernels.cuda.gemm.PlainSkinny;
import dev.ridgepoint.kernels.cuda.gemm.Sgemm;
import dev.ridgepoint.kernels.cuda.gemm.Skinny;
import dev.ridgepoint.kernels.cuda.pointwise.PointwiseKernel;
import dev.ridgepoint.kernels.cuda.pointwise.RotateKernel;
import dev.ridgepoint.kernels.cuda.quantize.Int4Repack;
import dev.ridgepoint.kernels.cuda.quantize.QuantizeKernel;
import dev.ridgepoint.kernels.cuda.quantize.StaticQuantize;
import dev.ridgepoint.kernels.cuda.quantize.TransposedQuantize;
import dev.ridgepoint.kernels.cuda.recurrent.CellKernel;
import dev.ridgepoint.kernels.cuda.rows.RowKernel;
import dev.ridgepoint.kernels.precision.Precision;
import java.util.List;
import java.util.stream.Stream;

/** Every CUDA kernel of ours; a source without a row here, or a row without a source, fails a test. */
public final class CudaKernels {
    private static final List<CudaRow> ROWS = Stream.of(
                    Sgemm.ladder(),
                    // Before those for many rows, which layers go on taking: whether these are faster is not measured
                    // yet.
                    PlainSkinny.all(),
                    MmaGemm.all(),
                    Gemv.all(),
                    PackedIntGemv.all(),
                    Skinny.all(),
                    List.of(new FlashAttention(Precision.BF16), new FlashAttention(Precision.FP16)),
                    List.of(new RopeFlash(Precision.BF16), new RopeFlash(Precision.FP16)),
                    DecodeAttention.all(),
                    List.of(new LatentAttention()),
                    RopeAppend.all(),
                    QuantizeKernel.all(),
                    StaticQuantize.all(),
                    TransposedQuantize.all(),
                    Int4Repack.all(),
                    RowKernel.all(),
                    CellKernel.all(),
                    PointwiseKernel.all(),
                    RotateKernel.all())
            .<CudaRow>flatMap(List::stream)
            .toList();

    private CudaKernels() {}

    /** The kernels that solve problems, in the order tables list them. */
    public static List<CudaRow> rows() {
        return ROWS;
    }

    /** Every kernel, probes first. */
    public static List<CudaKernel> all() {
        return Stream.concat(Stream.of(CudaProbe.values()), ROWS.stream()).toList();
    }

    /** Whether a device's architecture can run a kernel at all. */
    public static Support onArch(CudaKernel kernel, DeviceTraits device) {
        CudaArch arch = CudaArch.parse(device.arch()).orElse(null);
        if (arch == null) {
            return Support.unsupported("runs on CUDA devices, and this is " + device.arch());
        }
        return kernel.floor().runsOn(arch)
                ? Support.natively()
                : Support.unsupported("needs " + kernel.floor() + ", and this is " + device.arch());
    }
}
