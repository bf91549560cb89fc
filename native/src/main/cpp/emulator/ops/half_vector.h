// Arithmetic of f16 by the processor's own conversions, 8 elements at a time. Gives what half.cpp gives one by one.
#pragma once

#if defined(__AVX2__) && defined(__F16C__)
#include <immintrin.h>

#include <type_traits>
#include <utility>

#include "exec/lanes.h"
#include "fp/bits.h"

namespace ridgepoint::emulator {

namespace detail {

inline __m256 load_f16(const uint16_t* from) { return _mm256_cvtph_ps(_mm_loadu_si128((const __m128i*)from)); }

inline void store_f16(uint16_t* to, __m256 value) {
    const __m256 number = _mm256_cmp_ps(value, value, _CMP_ORD_Q);
    const __m256 canonical = _mm256_blendv_ps(_mm256_set1_ps(float_of(F32_NAN)), value, number);
    _mm_storeu_si128((__m128i*)to, _mm256_cvtps_ph(canonical, _MM_FROUND_TO_NEAREST_INT));
}

template <unsigned PER_LANE, class F, size_t... I>
void f16_lanes(Warp& warp, const Op& op, LaneMask active, std::index_sequence<I...>) {
    typedef std::conditional_t<PER_LANE == 2, uint32_t, uint16_t> Lane;
    const uint16_t* const from[] = {warp.read<uint16_t>(op.operand[I + 1])...};
    uint16_t* const own = warp.write<uint16_t>(op.operand[0]);
    uint16_t fresh[LANES * PER_LANE];
    uint16_t* const to = active == ALL_LANES ? own : fresh;
    for (unsigned i = 0; i < LANES * PER_LANE; i += 8) store_f16(to + i, F::of(load_f16(from[I] + i)...));
    if (to == own) return;
    each_lane(reinterpret_cast<Lane*>(own), active, [&](unsigned i) { return reinterpret_cast<const Lane*>(fresh)[i]; });
}

}  // namespace detail

// operand 0 = F of the SOURCES operands behind it: f16 in lanes of 16 bits, or pairs of them in lanes of 32.
template <unsigned PER_LANE, class F, size_t SOURCES>
Flow f16_lanes(Warp& warp, const Op& op, LaneMask active) {
    detail::f16_lanes<PER_LANE, F>(warp, op, active, std::make_index_sequence<SOURCES>());
    return Flow::Next;
}

}  // namespace ridgepoint::emulator
#endif
