#include "decode/decoder.h"

#include <algorithm>

#include "core/module.h"
#include "decode/function_decoder.h"
#include "decode/opcode.h"
#include "decode/special.h"
#include "exec/moves.h"

namespace ridgepoint::emulator {

using ptx::Operand;
using ptx::SymbolRef;

Decoder::Decoder(FunctionDecoder& function, const ptx::Instruction& instruction)
    : function_(function),
      instruction_(instruction),
      modifiers_(instruction.modifiers),
      seen_(instruction.operands.size(), false) {}

void Decoder::run() {
    std::string_view prefix;
    const Decode decode = Opcode::find(instruction_.opcode, prefix);
    if (decode == nullptr) refuse("not supported");
    modifiers_.erase(modifiers_.begin(), modifiers_.begin() + std::count(prefix.begin(), prefix.end(), '.'));
    decode(*this);
    if (!modifiers_.empty()) refuse("modifier ." + std::string(modifiers_.front()) + " is not supported here");
    for (size_t i = 0; i < seen_.size(); i++) {
        if (!seen_[i]) refuse("operand " + std::to_string(i + 1) + " is one too many");
    }
    for (const Widen& widen : widen_) {
        append(InstructionClass::Move,
               extension(register_bits(widen.from_type), register_bits(widen.to_type), is_signed(widen.from_type)),
               {widen.to, widen.from});
    }
}

void Decoder::refuse(const std::string& reason) const {
    throw LoadError(LoadError::Kind::Malformed, instruction_.at.line, instruction_.at.column,
                    std::string(instruction_.opcode), reason);
}

// --- modifiers ---

bool Decoder::take(std::string_view name) {
    const auto found = std::find(modifiers_.begin(), modifiers_.end(), name);
    if (found == modifiers_.end()) return false;
    modifiers_.erase(found);
    return true;
}

void Decoder::require(std::string_view name) {
    if (!take(name)) refuse("needs ." + std::string(name));
}

bool Decoder::has_type() const {
    return std::any_of(modifiers_.begin(), modifiers_.end(), [](std::string_view m) { return type_named(m).has_value(); });
}

Type Decoder::type() {
    for (size_t i = 0; i < modifiers_.size(); i++) {
        if (const auto named = type_named(modifiers_[i])) {
            modifiers_.erase(modifiers_.begin() + (ptrdiff_t)i);
            return *named;
        }
    }
    refuse("needs a type");
}

Rounding Decoder::rounding(Rounding otherwise) {
    return choose<Rounding>({{"rn", Rounding::Nearest}, {"rz", Rounding::Zero}, {"rm", Rounding::Down},
                             {"rp", Rounding::Up}, {"rna", Rounding::NearestAway}}, otherwise);
}

std::string_view Decoder::front() const { return modifiers_.empty() ? std::string_view() : modifiers_.front(); }

// --- operands ---

const Operand& Decoder::operand(size_t index) {
    if (index >= instruction_.operands.size()) refuse("has too few operands");
    seen_[index] = true;
    return instruction_.operands[index];
}

void Decoder::expect_operands(size_t wanted) {
    if (operands() != wanted) refuse("takes " + std::to_string(wanted) + " operands");
}

Ref Decoder::constant(uint64_t value, Type type) {
    if (type == Type::Pred) return function_.constants().value(value != 0 ? ALL_LANES : 0, sizeof(LaneMask));
    const unsigned width = register_bits(type);
    if (width > 64) refuse("values of more than 64 bits are not supported");
    const uint64_t kept = width == 64 ? value : value & ((1ull << width) - 1);
    return function_.constants().value(kept, width / 8);
}

Ref Decoder::temporary(Type type) { return function_.temporary(type); }

Ref Decoder::converted(Ref from, Type from_type, Type type) {
    const unsigned have = register_bits(from_type), want = register_bits(type);
    if (have == want) return from;
    if (type == Type::Pred || from_type == Type::Pred || have < want || have > 64) {
        refuse("an operand of " + std::to_string(have) + " bits where " + std::to_string(want) + " are needed");
    }
    const Ref narrow = temporary(type);
    append(InstructionClass::Move, narrowing(have, want), {narrow, from});
    return narrow;
}

Ref Decoder::source(const Operand& operand, Type type) {
    switch (operand.kind) {
        case Operand::Kind::Register: {
            function_.used_as(operand.index, type);
            const Ref held = converted(function_.read(operand.index), function_.type_of(operand.index), type);
            if (!operand.negated) return held;
            if (type != Type::Pred) refuse("only a predicate can be negated");
            const Ref inverse = temporary(Type::Pred);
            append(InstructionClass::Move, invert_predicate, {inverse, held});
            return inverse;
        }
        case Operand::Kind::Integer:
        case Operand::Kind::Float32:
        case Operand::Kind::Float64:
            return constant(operand.bits_as(type), type);
        case Operand::Kind::Special:
            return special(operand, type);
        case Operand::Kind::Symbol:
            return symbol_address(operand, type);
        default:
            refuse("an operand of another form is needed");
    }
}

Ref Decoder::special(const Operand& operand, Type type) {
    const SpecialRegister* reg = SpecialRegister::find(operand.text);
    if (reg == nullptr) refuse("special register %" + std::string(operand.text) + " is not supported");
    const Ref value = temporary(reg->type);
    append(InstructionClass::Move, reg->fill, {value}).immediate = reg->argument;
    if (register_bits(reg->type) >= register_bits(type)) return converted(value, reg->type, type);
    const Ref wide = temporary(type);
    append(InstructionClass::Move, extension(register_bits(reg->type), register_bits(type), false), {wide, value});
    return wide;
}

Ref Decoder::symbol_address(const Operand& operand, Type type) {
    const unsigned width = bytes(type);
    if (width != 4 && width != 8) refuse("an address has 32 or 64 bits");
    const uint32_t index = operand.symbol.index;
    switch (operand.symbol.kind) {
        case SymbolRef::Kind::Global:
            return function_.constants().address_of(index, (uint64_t)operand.offset, width);
        case SymbolRef::Kind::Shared: {
            if (function_.module().shared[index].size != 0) {
                return constant(function_.shared_address(index) + (uint64_t)operand.offset, type);
            }
            const Ref address = temporary(type);
            append(InstructionClass::Move, width == 8 ? dynamic_shared64 : dynamic_shared32, {address}).immediate =
                (uint64_t)operand.offset;
            return address;
        }
        case SymbolRef::Kind::Local: {
            const Ref address = temporary(type);
            append(InstructionClass::Move, width == 8 ? frame_address64 : frame_address32, {address}).immediate =
                function_.local(index).offset + (uint64_t)operand.offset;
            return address;
        }
        case SymbolRef::Kind::Param:
            return constant(function_.parameter_offset(index) + (uint64_t)operand.offset, type);
        case SymbolRef::Kind::Function:
            return constant(code_address(index), type);
        default:
            refuse("this name has no address");
    }
}

Ref Decoder::destination(const Operand& operand, Type type) {
    if (operand.kind == Operand::Kind::Sink) return temporary(type);
    if (operand.kind != Operand::Kind::Register || operand.negated) refuse("a register is needed to write to");
    const Type held = function_.type_of(operand.index);
    const Ref to = function_.write(operand.index);
    function_.used_as(operand.index, type);
    if (register_bits(held) == register_bits(type) && (held == Type::Pred) == (type == Type::Pred)) return to;
    if (held == Type::Pred || type == Type::Pred || register_bits(held) < register_bits(type) || register_bits(held) > 64) {
        refuse("a register of " + std::to_string(register_bits(held)) + " bits for a result of " +
               std::to_string(register_bits(type)));
    }
    const Ref narrow = temporary(type);
    widen_.push_back({to, held, narrow, type});
    return narrow;
}

Ref Decoder::carry_in() { return function_.read(function_.carry()); }
Ref Decoder::carry_out() { return function_.write(function_.carry()); }

int64_t Decoder::immediate(size_t index) {
    const Operand& value = operand(index);
    if (value.kind != Operand::Kind::Integer) refuse("operand " + std::to_string(index + 1) + " must be an integer constant");
    return (int64_t)value.bits;
}

AddressOperand Decoder::address(size_t index) {
    const Operand& form = operand(index);
    if (form.kind != Operand::Kind::Address) refuse("operand " + std::to_string(index + 1) + " must be an address");
    AddressOperand address;
    address.offset = form.offset;
    if (form.elements.empty()) {
        address.is_static = true;
        address.base = constant(0, Type::B64);
        return address;
    }
    const Operand& base = form.elements[0];
    if (base.kind == Operand::Kind::Register) {
        address.narrow = register_bits(function_.type_of(base.index)) == 32;
        address.base = source(base, address.narrow ? Type::B32 : Type::B64);
    } else if (base.kind == Operand::Kind::Symbol) {
        address.in_frame = base.symbol.kind == SymbolRef::Kind::Local;
        address.is_static = base.symbol.kind == SymbolRef::Kind::Param;
        if (address.is_static) {
            address.offset += function_.parameter_offset(base.symbol.index);
            address.base = constant(0, Type::B64);
        } else {
            address.base = source(base, Type::B64);
        }
    } else {
        refuse("an address starts with a register or a name");
    }
    return address;
}

uint32_t Decoder::target(size_t index) {
    const Operand& label = operand(index);
    if (label.kind != Operand::Kind::Symbol || label.symbol.kind != SymbolRef::Kind::Label) refuse("needs a label");
    function_.jumps_to(label.symbol.index);
    return function_.pc_of(label.symbol.index);
}

std::vector<uint32_t> Decoder::targets(size_t index) {
    const Operand& list = operand(index);
    if (list.kind != Operand::Kind::Symbol || list.symbol.kind != SymbolRef::Kind::Targets) refuse("needs a list of targets");
    std::vector<uint32_t> pcs;
    for (const uint32_t label : function_.source().target_lists[list.symbol.index]) {
        function_.jumps_to(label);
        pcs.push_back(function_.pc_of(label));
    }
    return pcs;
}

Slice Decoder::slice(const Operand& operand) {
    if (operand.kind != Operand::Kind::Symbol || operand.symbol.kind != SymbolRef::Kind::Local || operand.offset != 0) {
        refuse("arguments must be .param variables");
    }
    return function_.local(operand.symbol.index);
}

// --- operations ---

Op& Decoder::append(InstructionClass kind, Exec exec, std::initializer_list<Ref> refs) {
    Op op;
    op.exec = exec;
    op.kind = kind;
    op.counted = false;
    std::copy(refs.begin(), refs.end(), op.operand);
    op.guard = instruction_.guarded ? function_.read(instruction_.guard) : function_.constants().all_lanes();
    op.guard_flip = instruction_.guard_negated ? ALL_LANES : 0;
    return function_.append(op);
}

Op& Decoder::emit(InstructionClass kind, Exec exec, std::initializer_list<Ref> refs) {
    if (refs.size() > OPERANDS) refuse("more operands than an operation holds");
    Op& op = append(kind, exec, refs);
    op.counted = !counted_;
    counted_ = true;
    return op;
}

void Decoder::ends_flow() { function_.ends_flow(); }
void Decoder::keep_alive(std::shared_ptr<const void> held) { function_.keep(std::move(held)); }

}  // namespace ridgepoint::emulator
