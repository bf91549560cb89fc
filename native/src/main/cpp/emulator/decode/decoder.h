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

#include "decode/code.h"
#include "decode/types.h"
#include "exec/observer.h"
#include "exec/op.h"
#include "ptx/ast.h"

namespace ridgepoint::emulator {

class FunctionDecoder;

// Where a memory operand points: lanes of 64 bits, or of 32 where `narrow`, plus an offset. Operations turn it into 32
// addresses with addresses_of() in exec/memory.h.
struct AddressOperand {
    Ref base;
    int64_t offset = 0;
    bool narrow = false;
    bool in_frame = false;  // a parameter or variable of this function: thread-private memory, whatever the space says
    bool is_static = false; // the same in all lanes and launches: base is zero
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

    // A value read as `type`: a register, an immediate, a special register, the address of a symbol. A register wider
    // than the type is narrowed first, `!p` is inverted first.
    Ref source(size_t index, Type type) { return source(operand(index), type); }
    Ref source(const ptx::Operand& operand, Type type);
    // A register written as `type`; wider registers are extended after the operation. `_` is a slot nobody reads.
    Ref destination(size_t index, Type type) { return destination(operand(index), type); }
    Ref destination(const ptx::Operand& operand, Type type);
    // A slot that lives only within this instruction.
    Ref temporary(Type type);
    // A constant in every lane.
    Ref constant(uint64_t bits, Type type);
    // The carry flag, a predicate of its own in every function.
    Ref carry_in();
    Ref carry_out();
    // An operand that must be an immediate.
    int64_t immediate(size_t index);
    AddressOperand address(size_t index);
    // pcs an instruction may go to: of one label, or of a .branchtargets list.
    uint32_t target(size_t index);
    std::vector<uint32_t> targets(size_t index);
    // Parameter, variable or call argument that an operand names; refuses others. In this function's private memory.
    Slice slice(const ptx::Operand& operand);

    // --- operations ---
    // Appends an operation under this instruction's guard.
    Op& emit(InstructionClass kind, Exec exec, std::initializer_list<Ref> operands);
    // An unguarded instruction of this kind does not fall through (bra, ret, exit).
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

    // For the framework: finds the decoder, runs it, refuses what it left over, extends wide destinations.
    void run();

  private:
    struct Widen {
        Ref to;
        Type to_type;
        Ref from;
        Type from_type;
    };
    void keep_alive(std::shared_ptr<const void> held);
    Op& append(InstructionClass kind, Exec exec, std::initializer_list<Ref> operands);
    Ref symbol_address(const ptx::Operand& operand, Type type);
    Ref special(const ptx::Operand& operand, Type type);
    Ref converted(Ref from, Type from_type, Type type);

    FunctionDecoder& function_;
    const ptx::Instruction& instruction_;
    std::vector<std::string_view> modifiers_;
    std::vector<bool> seen_;
    std::vector<Widen> widen_;
    bool counted_ = false;
};

}  // namespace ridgepoint::emulator
