// A register of a fragment holds 8 groups of 4 threads. Vector code wants, for each of the 4 threads, the 8 groups.
#pragma once

#if defined(__AVX2__)
#include <immintrin.h>

#include <cstdint>

namespace ridgepoint::emulator {

struct ByThread {
    __m256i thread[4];  // of each, the values of groups 0 to 7
};

namespace detail {
// Two 4x4 transpositions, one in each half.
inline ByThread transposed_halves(__m256i a, __m256i b, __m256i c, __m256i d) {
    const __m256i ab_low = _mm256_unpacklo_epi32(a, b), ab_high = _mm256_unpackhi_epi32(a, b);
    const __m256i cd_low = _mm256_unpacklo_epi32(c, d), cd_high = _mm256_unpackhi_epi32(c, d);
    return {{_mm256_unpacklo_epi64(ab_low, cd_low), _mm256_unpackhi_epi64(ab_low, cd_low),
             _mm256_unpacklo_epi64(ab_high, cd_high), _mm256_unpackhi_epi64(ab_high, cd_high)}};
}
}  // namespace detail

inline ByThread by_thread(const uint32_t* lanes) {
    const auto groups = [&](unsigned first) { return _mm256_loadu_si256((const __m256i*)(lanes + 4 * first)); };
    const __m256i g01 = groups(0), g23 = groups(2), g45 = groups(4), g67 = groups(6);
    return detail::transposed_halves(
        _mm256_permute2x128_si256(g01, g45, 0x20), _mm256_permute2x128_si256(g01, g45, 0x31),
        _mm256_permute2x128_si256(g23, g67, 0x20), _mm256_permute2x128_si256(g23, g67, 0x31));
}

inline void to_lanes(const ByThread& from, uint32_t* lanes) {
    const ByThread g = detail::transposed_halves(from.thread[0], from.thread[1], from.thread[2], from.thread[3]);
    const auto store = [&](unsigned first, __m256i pair) { _mm256_storeu_si256((__m256i*)(lanes + 4 * first), pair); };
    store(0, _mm256_permute2x128_si256(g.thread[0], g.thread[1], 0x20));
    store(2, _mm256_permute2x128_si256(g.thread[2], g.thread[3], 0x20));
    store(4, _mm256_permute2x128_si256(g.thread[0], g.thread[1], 0x31));
    store(6, _mm256_permute2x128_si256(g.thread[2], g.thread[3], 0x31));
}

}  // namespace ridgepoint::emulator
#endif
