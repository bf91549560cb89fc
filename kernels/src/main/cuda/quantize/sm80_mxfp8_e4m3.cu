// MXFP8: e4m3 codes, one E8M0 scale 32 neighbours. x [rows, cols], codes [rows, cols], scales [rows, ceil(cols / 32)].
// Launch: any grid, x along a row, y over rows, blocks of 256.
#include "quantize/fp8_rules.cuh"
#include "quantize/group.cuh"
#include "quantize/microscaling.cuh"

// The largest e4m3 number is 1.75 * 2^8.
struct Mxfp8 : Microscaling<8> {
    static constexpr int code_bytes = kEight;

    template <class T>
    __device__ Pack<uint8_t> encode(const Pack<T>& values, float factor) const {
        return encode_eight<Scaled<E4m3>>(values, factor);
    }
};

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_mxfp8_e4m3_fp32(const float* x, int64_t rows, int64_t cols, uint8_t* codes, uint8_t* scales) {
    quantize_groups(Mxfp8{}, x, rows, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_mxfp8_e4m3_fp16(const Fp16* x, int64_t rows, int64_t cols, uint8_t* codes, uint8_t* scales) {
    quantize_groups(Mxfp8{}, x, rows, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_mxfp8_e4m3_bf16(const Bf16* x, int64_t rows, int64_t cols, uint8_t* codes, uint8_t* scales) {
    quantize_groups(Mxfp8{}, x, rows, cols, codes, scales);
}
