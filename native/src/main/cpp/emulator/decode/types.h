// The fundamental types of PTX and what decoding needs to know of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ridgepoint::emulator {

enum class Type : uint8_t {
    Pred,
    B8, U8, S8, E4M3, E5M2,
    B16, U16, S16, F16, BF16, E4M3X2, E5M2X2,
    B32, U32, S32, F32, TF32, F16X2, BF16X2, U16X2, S16X2,
    B64, U64, S64, F64,
    B128,
};

enum class Rounding : uint8_t { Nearest, Zero, Down, Up, NearestAway };

// The type a modifier names ("f32"), if it names one.
std::optional<Type> type_named(std::string_view name);
const char* name(Type type);

unsigned bits(Type type);    // of a value; 1 for a predicate
unsigned bytes(Type type);   // of a value in memory
bool is_signed(Type type);   // S8 S16 S32 S64
bool is_float(Type type);    // of any format, packed ones too
bool is_integer(Type type);  // B, U, S of 8 to 64 bits, packed ones too; not predicates
// Registers are 16, 32, 64 bits wide (or predicates): 8-bit types live in 16.
unsigned register_bits(Type type);

}  // namespace ridgepoint::emulator
