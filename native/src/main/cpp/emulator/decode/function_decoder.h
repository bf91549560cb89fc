// Decodes the functions of a module: survey, slots, emission. See decoder.h for one instruction.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "decode/code.h"
#include "decode/layout.h"
#include "decode/slots.h"
#include "ptx/ast.h"

namespace ridgepoint::emulator {

// The constants of a module, each once: 32 equal lanes of a width.
class ConstantPool {
  public:
    explicit ConstantPool(Code& code);
    Ref all_lanes() const { return Ref::constant(0); }  // the mask of an unguarded operation
    Ref value(uint64_t bits, unsigned width);           // width in bytes of a lane
    Ref address_of(uint32_t variable, uint64_t addend, unsigned width);

  private:
    Ref append(uint64_t bits, unsigned width);
    Code& code_;
    std::map<std::pair<uint64_t, unsigned>, Ref> values_;
    std::map<std::pair<std::pair<uint32_t, uint64_t>, unsigned>, Ref> addresses_;
};

class FunctionDecoder {
  public:
    FunctionDecoder(Code& code, ConstantPool& constants, const ptx::Module& module, const Layout& layout,
                    uint32_t index);

    // Learns what registers live where, and how many operations there are.
    void survey();
    uint32_t operations() const { return operations_; }
    // Appends the operations to the code.
    void emit();

    // --- for Decoder ---
    bool surveying() const { return surveying_; }
    const ptx::Function& source() const { return source_; }
    const Code& code() const { return code_; }
    const ptx::Module& module() const { return module_; }
    ConstantPool& constants() { return constants_; }
    uint32_t carry() const { return (uint32_t)source_.registers.size(); }
    Type type_of(uint32_t reg) const { return types_[reg]; }
    Ref read(uint32_t reg);
    Ref write(uint32_t reg);
    Ref temporary(Type type);
    // An instruction reads or writes the register as this type.
    void used_as(uint32_t reg, Type type);
    void jumps_to(uint32_t label);
    uint32_t pc_of(uint32_t label) const;
    void ends_flow();
    Op& append(const Op& op);
    void keep(std::shared_ptr<const void> held);
    Slice local(uint32_t index) const;
    uint32_t parameter_offset(uint32_t index) const;
    // Address in the shared window of a variable with a size.
    uint32_t shared_address(uint32_t variable) const;

  private:
    void decode(const ptx::Instruction& instruction);
    void lay_out_locals();
    FunctionSymbols symbols() const;

    Code& code_;
    ConstantPool& constants_;
    const ptx::Module& module_;
    const Layout& layout_;
    const uint32_t index_;
    const ptx::Function& source_;
    ptx::Instruction end_;  // the return behind the last instruction
    bool surveying_ = true;

    std::vector<Type> types_;  // registers, the carry flag, then temporaries
    std::vector<Type> told_;   // registers as instructions use them, for symbols()
    std::vector<Facts> facts_;
    Slots slots_;
    std::vector<uint32_t> first_operation_;  // one an instruction, relative to the function's start
    uint32_t operations_ = 0;
    uint32_t next_temporary_ = 0;
    uint32_t line_ = 0;
    Op scratch_;
    std::vector<uint32_t> local_offsets_;
};

}  // namespace ridgepoint::emulator
