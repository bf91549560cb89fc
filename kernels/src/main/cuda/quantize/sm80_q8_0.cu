// GGUF q8_0: blocks of 34 bytes, fp16 d and 32 signed codes. x [rows, cols], codes: blocks of a row, then of the next.
// Launch: any grid in x, blocks of 256.
#include "common/codes.cuh"
#include "quantize/blocks.cuh"

// d = largest / 127; x * (1 / d) to nearest, halves away from zero.
struct Q8_0 {
    static constexpr int bytes = 34;

    template <class T>
    static __device__ void encode(const Pack<T>& values, uint8_t* block) {
        float d = __fdiv_rn(group_max<kBlockLanes>(abs_max(values)), 127);
        float inverse = d == 0 ? 0 : __fdiv_rn(1, d);
        int lane = threadIdx.x % kBlockLanes;
        if (lane == 0) {
            *reinterpret_cast<Fp16*>(block) = from_float<Fp16>(d);
        }
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            block[2 + lane * kEight + i] = encode_int8(roundf(__fmul_rn(to_float(values.at[i]), inverse)));
        }
    }
};

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_q8_0_fp32(const float* x, int64_t rows, int64_t cols, uint8_t* codes) {
    quantize_blocks<Q8_0>(x, rows, cols, codes);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_q8_0_fp16(const Fp16* x, int64_t rows, int64_t cols, uint8_t* codes) {
    quantize_blocks<Q8_0>(x, rows, cols, codes);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_q8_0_bf16(const Bf16* x, int64_t rows, int64_t cols, uint8_t* codes) {
    quantize_blocks<Q8_0>(x, rows, cols, codes);
}
