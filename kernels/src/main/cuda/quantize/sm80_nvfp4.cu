// NVFP4: e2m1 codes, two a byte, one e4m3 scale 16 neighbours, one fp32 scale a tensor. x [rows, cols], codes [rows,
// ceil(cols / 2)], scales [rows, ceil(cols / 16)], tensor_scale [1], partials [blocks of the first launch].
// Launch: first quantize_sm80_nvfp4_absmax_* over x as one row, then quantize_sm80_nvfp4_*, x along a row, y over rows,
// blocks of 256.
#include <cfloat>

#include "common/fp8_pairs.cuh"
#include "quantize/group.cuh"
#include "quantize/nibbles.cuh"
#include "quantize/tensor.cuh"

// Every step rounds to fp32, in this association.
struct Nvfp4 {
    static constexpr int group = 16;
    static constexpr int code_bytes = kEight / 2;
    using Scale = uint8_t;
    float encode_scale, tensor_scale;

    __device__ explicit Nvfp4(float largest) {
        float scale = fminf(__fdiv_rn(E4m3::max * E2m1::max, largest), FLT_MAX);
        encode_scale = largest == 0 || scale == 0 ? 1 : scale;
        tensor_scale = __fdiv_rn(1, encode_scale);
    }
    template <class T>
    __device__ float largest(const Pack<T>& values) const {
        return abs_max(values);
    }
    __device__ float factor(float largest, uint8_t* scale) const {
        float wanted = __fmul_rn(largest, __fmul_rn(encode_scale, __fdiv_rn(1, 6)));
        uint32_t code = encode_two<E4m3>(fminf(wanted, FLT_MAX), 0) & 0xff;
        *scale = code;
        return fminf(__fdiv_rn(1, __fmul_rn(decode<E4m3>(code), tensor_scale)), FLT_MAX);
    }
    template <class T>
    __device__ Pack<uint8_t, code_bytes> encode(const Pack<T>& values, float factor) const {
        return encode_e2m1(values, factor);
    }
};

template <class T>
__device__ void quantize_nvfp4(const T* x, int64_t rows, int64_t cols, const float* partials, int parts,
                               uint8_t* codes, uint8_t* scales, float* tensor_scale) {
    Nvfp4 format(largest_of(partials, parts));
    if (blockIdx.x == 0 && blockIdx.y == 0 && threadIdx.x == 0) {
        *tensor_scale = format.tensor_scale;
    }
    quantize_groups(format, x, rows, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_nvfp4_absmax_fp32(const float* x, int64_t n, float* partials) {
    tensor_abs_max(x, n, partials);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_nvfp4_absmax_fp16(const Fp16* x, int64_t n, float* partials) {
    tensor_abs_max(x, n, partials);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_nvfp4_absmax_bf16(const Bf16* x, int64_t n, float* partials) {
    tensor_abs_max(x, n, partials);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_nvfp4_fp32(const float* x, int64_t rows, int64_t cols, const float* partials, int parts,
                             uint8_t* codes, uint8_t* scales, float* tensor_scale) {
    quantize_nvfp4(x, rows, cols, partials, parts, codes, scales, tensor_scale);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_nvfp4_fp16(const Fp16* x, int64_t rows, int64_t cols, const float* partials, int parts,
                             uint8_t* codes, uint8_t* scales, float* tensor_scale) {
    quantize_nvfp4(x, rows, cols, partials, parts, codes, scales, tensor_scale);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_nvfp4_bf16(const Bf16* x, int64_t rows, int64_t cols, const float* partials, int parts,
                             uint8_t* codes, uint8_t* scales, float* tensor_scale) {
    quantize_nvfp4(x, rows, cols, partials, parts, codes, scales, tensor_scale);
}
