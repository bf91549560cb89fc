// Which spellings of an instruction there are, apart from what the decoders make of them.
//
// Decoders take modifiers in any order and do not look twice, so they would also take what no assembler takes: .ftz on a
// bf16 sum, .release on a load, a fence of a cluster for a target without clusters. Rules say what may be written, and from which
// target on:
//
//     const Spellings sums(R"(
//         (add sub) [rn rz rm rp] [ftz] [sat] f32
//         @90 add [rn] (bf16 bf16x2)
//     )");
//
// A line is an opcode, or several in parentheses, and modifiers: `sat` must be there, one of `(a b)` must, one of `[a b]`
// may. `*` at the end stands for anything more. `@90` asks for .target sm_90 or later. `$name = a b` names a list for the lines
// below, to be used inside brackets. Modifiers may stand in any order, as for NVIDIA's assembler, but for types, which keep
// theirs. An opcode without a rule is the decoder's affair alone; rules of several texts add up.
#pragma once

#include <string>
#include <string_view>

#include "ptx/ast.h"

namespace ridgepoint::emulator {

class Spellings {
  public:
    explicit Spellings(std::string_view rules);
};

// 90 of a module for "sm_90a".
unsigned target_number(const ptx::Module& module);

// Throws LoadError, as decoders do, at the first instruction that has rules and meets none of them for the module's .target.
void check_spellings(const ptx::Module& module);

}  // namespace ridgepoint::emulator
