package dev.ridgepoint.device.cpu;

import dev.ridgepoint.device.cpu.lib.NativeLibrary;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.precision.DType;

/** How, or why not, a CPU runs what a kernel asks of it. */
@FunctionalInterface
public interface Hardware {
    Support on(DeviceTraits device);

    /** fp32 is multiplied everywhere. */
    static Support natively(DeviceTraits device) {
        return Support.natively();
    }

    /** oneDNN has bf16 from AVX-512 on, and multiplies it as it is where the CPU does. */
    static Support bf16(DeviceTraits device) {
        if (device.nativeTypes().contains(DType.BF16)) {
            return Support.natively();
        }
        return device.features().contains("avx512bw")
                ? Support.upconverted()
                : Support.unsupported("oneDNN multiplies bf16 from AVX-512 on; this CPU is " + device.arch());
    }

    /** AVX512-FP16 sums in fp16; oneDNN therefore widens to fp32 unless the CPU has AMX for it. */
    static Support fp16(DeviceTraits device) {
        if (device.features().contains("amx_fp16")) {
            return Support.natively();
        }
        return device.features().contains("avx512_fp16")
                ? Support.upconverted()
                : Support.unsupported("oneDNN multiplies fp16 from AVX512-FP16 on; this CPU is " + device.arch());
    }

    /** Without VNNI oneDNN adds pairs of products in 16 bits, which saturate: wrong for codes of the full range. */
    static Support int8(DeviceTraits device) {
        return device.nativeTypes().contains(DType.INT8)
                ? Support.natively()
                : Support.unsupported(
                        "without VNNI oneDNN's int8 sums saturate at 16 bits, which is wrong for codes of the"
                                + " full range; this CPU is " + device.arch());
    }

    /** Compressed weights are turned to bf16 before they are multiplied, by instructions for it: AVX-512 alone is not enough. */
    static Support decompressed(DeviceTraits device) {
        return device.features().contains("avx512_bf16")
                ? Support.upconverted()
                : Support.unsupported(
                        "oneDNN multiplies compressed weights under bf16 from AVX512-BF16 on; this CPU is "
                                + device.arch());
    }

    /** As {@link #decompressed}, with a step of our own library. */
    static Support repacked(DeviceTraits device) {
        return NativeLibrary.isBuilt() ? decompressed(device) : Support.unsupported(NativeLibrary.LEFT_OUT);
    }

    /** Our library's conversions run anywhere. */
    static Support converted(DeviceTraits device) {
        return NativeLibrary.isBuilt() ? Support.upconverted() : Support.unsupported(NativeLibrary.LEFT_OUT);
    }

    /** Instructions that multiply bf16, of AVX512-BF16 as of AMX, take subnormal numbers for zeros; those for fp32 do not. */
    static boolean multipliesSubnormalBf16(DeviceTraits device) {
        return !device.nativeTypes().contains(DType.BF16);
    }
}
