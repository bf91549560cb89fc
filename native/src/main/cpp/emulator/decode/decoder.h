// What a decoder of one instruction works with: modifiers to take, operands to bind, operations to emit.
//
// A decoder runs twice over each instruction: a survey, which learns the registers read and written (for liveness)
// and the number of operations, and the emission, when slots and targets are known. It must do the same both times
// and needs not know which is running. All modifiers must be taken: one left over is refused by name, and so is an
// operand that was never looked at.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "decode/types.h"
#include "exec/observer.h"
#include "exec/op.h"
#include "ptx/ast.h"

namespace ridgepoint::emulator {

class FunctionDecoder;

// Where a memory operand points: lanes of addresses (64-bit, or 32-bit for shared and local windows) plus an offset.
struct AddressOperand {
    Ref base;         // 64-bit lanes: narrower registers are widened
    int64_t offset;
};

class Decoder {
  public:
    Decoder(FunctionDecoder& function, const ptx::Instruction& instruction);

    const ptx::Instruction& instruction() const { return instruction_; }

    // --- modifiers, without their dots, in the order written ---
    // Takes `name` if it is among those left.
    bool take(std::string_view name);
    void require(std::string_view name);
    // Takes the first of `choices` that is among those left; `otherwise` if none is.
    template <class T>
    T choose(std::initializer_list<std::pair<std::string_view, T>> choices, T otherwise) {
        for (const auto& [name, value] : choices) {
            if (take(name)) return value;
        }
        return otherwise;
    }
    // Takes the leftmost modifier left that names a type; refuses if there is none.
    Type type();
    bool has_type() const;
    // rn rz rm rp (and rni rzi rmi rpi where `integer`); `otherwise` if none is written.
    Rounding rounding(Rounding otherwise);
    // The modifier at the front, for names only this family knows; empty if none is left.
    std::string_view front() const;

    // --- operands ---
    size_t operands() const { return instruction_.operands.size(); }
    const ptx::Operand& operand(size_t index);
    // Refuses unless there are exactly this many, or one of two numbers.
    void expect_operands(size_t count);

    // A value read as `type`: a register, an immediate, a special register, the address of a symbol. Registers wider
    // than the type are narrowed first (ld, st, cvt; others refuse by `strict`).
    Ref source(size_t index, Type type) { return source(operand(index), type); }
    Ref source(const ptx::Operand& operand, Type type);
    // A register written as `type`; wider registers are extended after the operation. `_` is a slot nobody reads.
    Ref destination(size_t index, Type type) { return destination(operand(index), type); }
    Ref destination(const ptx::Operand& operand, Type type);
    // A slot that lives only within this instruction.
    Ref temporary(Type type);
    // A constant in every lane.
    Ref constant(uint64_t bits, Type type);
    // An operand that must be an immediate.
    int64_t immediate(size_t index);
    AddressOperand address(size_t index);
    // pcs of labels: one, or those of a .branchtargets list.
    uint32_t target(size_t index);
    std::vector<uint32_t> targets(size_t index);

    // --- operations ---
    // Appends an operation under this instruction's guard.
    Op& emit(InstructionClass kind, Exec exec, std::initializer_list<Ref> operands);
    // The instruction does not fall through (bra without guard, ret, exit). Said at any time while decoding.
    void ends_flow();
    // Constant data that lives as long as the code.
    template <class T>
    const T* keep(T value) {
        auto held = std::make_shared<const T>(std::move(value));
        const T* address = held.get();
        keep_alive(std::move(held));
        return address;
    }

    // "line 12, column 5: foo.bar.u32: <reason>"
    [[noreturn]] void refuse(const std::string& reason) const;

    FunctionDecoder& function() { return function_; }
    // For the framework: refuses leftovers and emits the extensions of wide destinations.
    void finish();

  private:
    struct Widen;
    void keep_alive(std::shared_ptr<const void> held);

    FunctionDecoder& function_;
    const ptx::Instruction& instruction_;
    std::vector<std::string_view> modifiers_;
    std::vector<bool> seen_;
    std::vector<Widen> widen_;
};

}  // namespace ridgepoint::emulator
