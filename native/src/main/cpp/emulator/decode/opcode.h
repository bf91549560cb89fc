// The seam by which opcodes join the emulator: each file of ops/ registers the decoders of its family.
//
//     namespace {
//     void decode_popc(Decoder& d) { ... }
//     const Opcode popc("popc", decode_popc);
//     }  // namespace
#pragma once

#include <string>
#include <string_view>

namespace ridgepoint::emulator {

class Decoder;
typedef void (*Decode)(Decoder&);

class Opcode {
  public:
    // `root` is the spelling up to the first dot, or a longer prefix ("cp.async.bulk") that takes precedence over
    // shorter ones. Registering a name twice ends the program at start.
    Opcode(std::string_view root, Decode decode);

    // The decoder with the longest registered prefix of `spelling` (ending at a dot), and what the prefix was.
    static Decode find(std::string_view spelling, std::string_view& prefix);
};

}  // namespace ridgepoint::emulator
