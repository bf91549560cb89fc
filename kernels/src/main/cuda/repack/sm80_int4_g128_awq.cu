// Four-bit weights [channels, cols] in AWQ's layout to GPTQ's. See repack/int4.cuh for the launch.
#include "repack/int4.cuh"

extern "C" __global__ void __launch_bounds__(256)
    repack_sm80_int4_g128_awq(const uint32_t* codes, const uint32_t* zeros, int64_t channels, int64_t cols,
                              uint32_t* to_codes, uint32_t* to_zeros) {
    repack_int4<Awq, Gptq>(codes, zeros, channels, cols, to_codes, to_zeros);
}
