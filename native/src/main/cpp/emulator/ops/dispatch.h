// From a PTX type, known when decoding, to an operation compiled for the C++ type.
#pragma once

#include <cstdint>

#include "decode/decoder.h"
#include "decode/types.h"
#include "exec/lanes.h"

namespace ridgepoint::emulator {

// f(T()) with T the integer type of 16, 32 or 64 bits; `.b` types are unsigned.
template <class F>
Exec for_integer(const Decoder& d, Type type, F f) {
    switch (type) {
        case Type::B16: case Type::U16: return f(uint16_t());
        case Type::S16: return f(int16_t());
        case Type::B32: case Type::U32: return f(uint32_t());
        case Type::S32: return f(int32_t());
        case Type::B64: case Type::U64: return f(uint64_t());
        case Type::S64: return f(int64_t());
        default: d.refuse(std::string("type .") + name(type) + " is not supported here");
    }
}

// The same without sign, by width alone.
template <class F>
Exec for_width(const Decoder& d, Type type, F f) {
    switch (bits(type)) {
        case 16: return f(uint16_t());
        case 32: return f(uint32_t());
        case 64: return f(uint64_t());
        default: d.refuse(std::string("type .") + name(type) + " is not supported here");
    }
}

// operand 0 = F(operands 1...), all of one type.
template <class F>
Exec unary_integer(const Decoder& d, Type type) {
    return for_integer(d, type, [](auto t) -> Exec { return elementwise<F, decltype(t), decltype(t)>; });
}
template <class F>
Exec binary_integer(const Decoder& d, Type type) {
    return for_integer(d, type, [](auto t) -> Exec { return elementwise<F, decltype(t), decltype(t), decltype(t)>; });
}
template <class F>
Exec ternary_integer(const Decoder& d, Type type) {
    return for_integer(d, type, [](auto t) -> Exec {
        return elementwise<F, decltype(t), decltype(t), decltype(t), decltype(t)>;
    });
}

// Binds a destination and as many sources of the same type, and emits.
inline void emit_uniform(Decoder& d, InstructionClass kind, Exec exec, Type type, size_t sources) {
    d.expect_operands(sources + 1);
    Ref refs[4];
    for (size_t i = 1; i <= sources; i++) refs[i] = d.source(i, type);
    refs[0] = d.destination(0, type);
    switch (sources) {
        case 1: d.emit(kind, exec, {refs[0], refs[1]}); break;
        case 2: d.emit(kind, exec, {refs[0], refs[1], refs[2]}); break;
        default: d.emit(kind, exec, {refs[0], refs[1], refs[2], refs[3]}); break;
    }
}

}  // namespace ridgepoint::emulator
