// The seam by which opcodes join the emulator: each file of ops/ registers the decoders of its family.
//
//     namespace {
//     void decode_popc(Decoder& d) { ... }
//     const Opcode popc("popc", decode_popc);
//     const Opcode add("add", decode_add, is_integer);   // others register add for their own types
//     }  // namespace
#pragma once

#include <string>
#include <string_view>

#include "decode/types.h"

namespace ridgepoint::emulator {

class Decoder;
typedef void (*Decode)(Decoder&);

class Opcode {
  public:
    // `root` is the spelling up to the first dot, or a longer prefix ("cp.async.bulk") that takes precedence over
    // shorter ones. With `accepts`, it is for instructions whose last type is accepted.
    // Registering a root twice for the same type ends the program when that type is first looked up.
    Opcode(std::string_view root, Decode decode, bool (*accepts)(Type) = nullptr);

    // The decoder with the longest registered prefix of `spelling` (ending at a dot), and what the prefix was;
    // null if there is none.
    static Decode find(std::string_view spelling, std::string_view& prefix);
};

}  // namespace ridgepoint::emulator
