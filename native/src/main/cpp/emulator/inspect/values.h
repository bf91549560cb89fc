// Values as people read them.
#pragma once

#include <cstdint>
#include <string>

#include "inspect/watch.h"

namespace ridgepoint::emulator {

// Bits of one value: numbers as such, packed ones in parentheses, untyped bits and large integers in hexadecimal.
std::string value_text(Type type, uint64_t bits);

// "%r4 = 0 1 2 3" for the lanes; "-" for those not in `active`; one value where all are equal.
std::string register_text(const Warp& warp, const RegisterSymbol& symbol, LaneMask lanes, LaneMask active);

}  // namespace ridgepoint::emulator
