// A decoded micro-operation: a function and where its operands lie. One PTX instruction becomes one or a few.
#pragma once

#include <cstdint>

#include "core/counters.h"

namespace ridgepoint::emulator {

class Warp;
struct Op;

constexpr unsigned LANES = 32;
typedef uint32_t LaneMask;
constexpr LaneMask ALL_LANES = 0xffffffffu;

// Where the 32 lanes of a register or of a constant lie: an offset in bytes, in the frame or in the pool of constants.
// A register is an array of 32 uint16_t, uint32_t or uint64_t by its width (so a float is read as float[32]);
// a predicate is one LaneMask.
class Ref {
  public:
    Ref() = default;
    static Ref in_frame(uint32_t offset) { return Ref(offset); }
    static Ref constant(uint32_t offset) { return Ref(offset | CONSTANT); }
    bool is_constant() const { return (bits_ & CONSTANT) != 0; }
    uint32_t bank() const { return bits_ >> 31; }
    uint32_t offset() const { return bits_ & ~CONSTANT; }

  private:
    static constexpr uint32_t CONSTANT = 0x80000000u;
    explicit Ref(uint32_t bits) : bits_(bits) {}
    uint32_t bits_ = 0;
};

// What the interpreter does after an operation.
enum class Flow : uint8_t {
    Next,     // go on behind it
    Yield,    // go on behind it, but let other warps run first (a failed poll, nanosleep)
    Jump,     // all active lanes go to Warp::jump_target()
    Regroup,  // the operation has changed the lane groups itself (divergence, call, return, exit)
    Blocked,  // the active lanes stay here until what Warp::wait_for() or Warp::gather() asked for is true
};

// Executes for the lanes of `active`, never empty. It must leave the registers of other lanes alone.
// Destinations never overlap sources in part: two Refs of one operation are equal or disjoint, and equal only where
// the PTX names the same register.
typedef Flow (*Exec)(Warp& warp, const Op& op, LaneMask active);

constexpr unsigned OPERANDS = 6;

struct Op {
    Exec exec = nullptr;
    Ref operand[OPERANDS];            // by convention destinations first; what does not fit goes to `extra`
    uint64_t immediate = 0;           // an address offset, a shift, a target pc: the family's own business
    const void* extra = nullptr;      // further constant data, kept by Decoder::keep
    Ref guard;                        // predicate that enables lanes; a constant all-ones mask if unguarded
    LaneMask guard_flip = 0;          // all ones for @!p
    InstructionClass kind = InstructionClass::Other;
    bool counted = true;              // false for the micro-operations that only move operands into place
};
static_assert(sizeof(Op) == 64, "one cache line an operation");

}  // namespace ridgepoint::emulator
