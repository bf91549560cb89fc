// Four-bit weights [channels, cols] in GPTQ's layout to AWQ's. See repack/int4.cuh for the launch.
#include "repack/int4.cuh"

extern "C" __global__ void __launch_bounds__(256)
    repack_sm80_int4_g128_gptq(const uint32_t* codes, const uint32_t* zeros, int64_t channels, int64_t cols,
                               uint32_t* to_codes, uint32_t* to_zeros) {
    repack_int4<Gptq, Awq>(codes, zeros, channels, cols, to_codes, to_zeros);
}
