// Loops over the 32 lanes of a register, written so that compilers turn them into vector code.
#pragma once

#include <cstdint>
#include <utility>

#include "exec/op.h"
#include "exec/warp.h"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace ridgepoint::emulator {

// to[i] = f(i) for the active lanes. f is evaluated for the others too, so it must be harmless for any value.
template <class T, class F>
inline void each_lane(T* to, LaneMask active, F f) {
    if (active == ALL_LANES) {
#pragma GCC ivdep
        for (unsigned i = 0; i < LANES; i++) to[i] = f(i);
        return;
    }
    T fresh[LANES];
    for (unsigned i = 0; i < LANES; i++) fresh[i] = f(i);
    for (unsigned i = 0; i < LANES; i++) to[i] = (active >> i) & 1 ? fresh[i] : to[i];
}

// A mask of the lanes where f(i) holds.
template <class F>
inline LaneMask mask_of(F f) {
#if defined(__AVX2__)
    alignas(32) uint32_t flags[LANES];
    for (unsigned i = 0; i < LANES; i++) flags[i] = f(i) ? ~0u : 0u;
    LaneMask mask = 0;
    for (unsigned i = 0; i < LANES; i += 8) {
        const __m256 part = _mm256_castsi256_ps(_mm256_load_si256((const __m256i*)(flags + i)));
        mask |= (LaneMask)_mm256_movemask_ps(part) << i;
    }
    return mask;
#else
    LaneMask mask = 0;
    for (unsigned i = 0; i < LANES; i++) mask |= (LaneMask)(f(i) ? 1u : 0u) << i;
    return mask;
#endif
}

// The bits that f(i) has set for any active lane.
template <class F>
inline uint64_t any_bits(LaneMask active, F f) {
    uint64_t bits = 0;
    if (active == ALL_LANES) {
        for (unsigned i = 0; i < LANES; i++) bits |= f(i);
    } else {
        for (unsigned i = 0; i < LANES; i++) bits |= (active >> i) & 1 ? f(i) : 0;
    }
    return bits;
}

// Calls f(lane) for each active lane, ascending.
template <class F>
inline void for_active(LaneMask active, F f) {
    for (LaneMask rest = active; rest != 0; rest &= rest - 1) f((unsigned)__builtin_ctz(rest));
}

inline unsigned lowest(LaneMask lanes) { return (unsigned)__builtin_ctz(lanes); }
inline unsigned count(LaneMask lanes) { return (unsigned)__builtin_popcount(lanes); }

namespace detail {
template <class F, class D, class... S, size_t... I>
inline void elementwise(Warp& warp, const Op& op, LaneMask active, std::index_sequence<I...>) {
    D* to = warp.write<D>(op.operand[0]);
    const auto lanes_of = [&](auto... from) {
        each_lane(to, active, [=](unsigned i) { return (D)F()(from[i]...); });
    };
    lanes_of(warp.read<S>(op.operand[I + 1])...);
}
}  // namespace detail

// An operation that computes operand 0 from the same lane of the others: F is a functor without state.
// Flattened: a call left in the loop would keep it from becoming vector code.
template <class F, class D, class... S>
__attribute__((flatten)) Flow elementwise(Warp& warp, const Op& op, LaneMask active) {
    detail::elementwise<F, D, S...>(warp, op, active, std::index_sequence_for<S...>());
    return Flow::Next;
}

}  // namespace ridgepoint::emulator
