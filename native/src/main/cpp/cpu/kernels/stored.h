// Every type queries, keys and values are stored in, read a vector at a time as fp32.
#pragma once

#include "minifloat.h"
#include "plain.h"

namespace ridgepoint::RIDGEPOINT_ISA {

struct Int8 {
    typedef uint8_t Stored;
    static RIDGEPOINT_INLINE F read(const Stored* from) { return to_float(load_signed_bytes(from)); }
};

template <class T>
struct Fp8 {
    typedef uint8_t Stored;
    static RIDGEPOINT_INLINE F read(const Stored* from) { return T::decode_signed(load_signed_bytes(from)); }
};

// `count` elements as fp32, filled up with zeros to whole vectors.
typedef void (*Widen)(const void* from, int64_t count, float factor, float* to);

template <class T>
void widen(const void* from, int64_t count, float factor, float* to) {
    const auto* x = static_cast<const typename T::Stored*>(from);
    int64_t i = 0;
    for (; i + LANES <= count; i += LANES) store(to + i, T::read(x + i) * factor);
    if (i < count) store(to + i, read<T>(x + i, count - i) * factor);
}

typedef void (*Narrow)(const float* from, int64_t count, float factor, void* to);

template <class T>
void narrow(const float* from, int64_t count, float factor, void* to) {
    auto* y = static_cast<typename T::Stored*>(to);
    int64_t i = 0;
    for (; i + LANES <= count; i += LANES) T::write(y + i, load<F>(from + i) * factor);
    if (i < count) write<T>(y + i, load<F>(from + i) * factor, count - i);
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
