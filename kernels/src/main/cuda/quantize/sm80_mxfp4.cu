// MXFP4: e2m1 codes, two a byte, one E8M0 scale 32 neighbours. x [rows, cols], codes [rows, ceil(cols / 2)],
// scales [rows, ceil(cols / 32)].
// Launch: any grid, x along a row, y over rows, blocks of 256.
#include "quantize/group.cuh"
#include "quantize/microscaling.cuh"
#include "quantize/nibbles.cuh"

// The largest e2m1 number is 1.5 * 2^2.
struct Mxfp4 : Microscaling<2> {
    static constexpr int code_bytes = kEight / 2;

    template <class T>
    __device__ Pack<uint8_t, code_bytes> encode(const Pack<T>& values, float factor) const {
        return encode_e2m1(values, factor);
    }
};

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_mxfp4_fp32(const float* x, int64_t rows, int64_t cols, uint8_t* codes, uint8_t* scales) {
    quantize_groups(Mxfp4{}, x, rows, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_mxfp4_fp16(const Fp16* x, int64_t rows, int64_t cols, uint8_t* codes, uint8_t* scales) {
    quantize_groups(Mxfp4{}, x, rows, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_mxfp4_bf16(const Bf16* x, int64_t rows, int64_t cols, uint8_t* codes, uint8_t* scales) {
    quantize_groups(Mxfp4{}, x, rows, cols, codes, scales);
}
