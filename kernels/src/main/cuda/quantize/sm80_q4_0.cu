// GGUF q4_0: blocks of 18 bytes, fp16 d, then byte j holds element j in its low and j + 16 in its high nibble.
// x [rows, cols], codes: blocks of a row, then of the next. Launch: any grid in x, blocks of 256.
#include "quantize/blocks.cuh"

// d = m / -8, m being the element of largest magnitude, the first of equals; min(15, trunc(x * (1 / d) + 8.5)).
struct Q4_0 {
    static constexpr int bytes = 18;

    template <class T>
    static __device__ float signed_max(const Pack<T>& values) {
        float most = 0, magnitude = 0;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            float value = to_float(values.at[i]);
            if (magnitude < fabsf(value)) {
                magnitude = fabsf(value);
                most = value;
            }
        }
        unsigned members = 0xfu << (threadIdx.x % 32 & ~3);
#pragma unroll
        for (int distance = 1; distance < kBlockLanes; distance *= 2) {
            float other = __shfl_xor_sync(members, most, distance);
            bool earlier = threadIdx.x & distance;
            if (fabsf(most) < fabsf(other) || (earlier && fabsf(most) == fabsf(other))) {
                most = other;
            }
        }
        return most;
    }

    template <class T>
    static __device__ void encode(const Pack<T>& values, uint8_t* block) {
        float d = __fdiv_rn(signed_max(values), -8);
        float inverse = d == 0 ? 0 : __fdiv_rn(1, d);
        uint32_t mine = 0;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            // Two roundings: a fused multiply-add would move nibbles.
            float shifted = __fadd_rn(__fmul_rn(to_float(values.at[i]), inverse), 8.5f);
            mine |= static_cast<uint32_t>(max(0, min(15, __float2int_rz(shifted)))) << 4 * i;
        }
        unsigned lane = threadIdx.x % kBlockLanes;
        uint32_t other = __shfl_xor_sync(0xfu << (threadIdx.x % 32 & ~3), mine, 2);
        if (lane == 0) {
            *reinterpret_cast<Fp16*>(block) = from_float<Fp16>(d);
        }
        if (lane < 2) {
#pragma unroll
            for (int i = 0; i < kEight; i++) {
                block[2 + lane * kEight + i] = (mine >> 4 * i & 0xf) | (other >> 4 * i & 0xf) << 4;
            }
        }
    }
};

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_q4_0_fp32(const float* x, int64_t rows, int64_t cols, uint8_t* codes) {
    quantize_blocks<Q4_0>(x, rows, cols, codes);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_q4_0_fp16(const Fp16* x, int64_t rows, int64_t cols, uint8_t* codes) {
    quantize_blocks<Q4_0>(x, rows, cols, codes);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_q4_0_bf16(const Bf16* x, int64_t rows, int64_t cols, uint8_t* codes) {
    quantize_blocks<Q4_0>(x, rows, cols, codes);
}
