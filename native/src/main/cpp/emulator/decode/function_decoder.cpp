#include "decode/function_decoder.h"

#include <algorithm>
#include <cstring>

#include "core/memory_map.h"
#include "decode/decoder.h"

namespace ridgepoint::emulator {
namespace {

constexpr uint32_t CONSTANT_ALIGNMENT = 64;
constexpr uint32_t FRAME_ALIGNMENT = 16;

uint32_t aligned(uint32_t value, uint32_t to) { return (value + to - 1) / to * to; }

}  // namespace

ConstantPool::ConstantPool(Code& code) : code_(code) {
    code_.constants.resize(CONSTANT_ALIGNMENT);
    const LaneMask all = ALL_LANES;
    std::memcpy(code_.constants.data(), &all, sizeof all);
}

Ref ConstantPool::append(uint64_t bits, unsigned width) {
    const uint32_t offset = (uint32_t)code_.constants.size();
    code_.constants.resize(offset + aligned(width * LANES, CONSTANT_ALIGNMENT));
    for (unsigned i = 0; i < LANES; i++) std::memcpy(code_.constants.data() + offset + i * width, &bits, width);
    return Ref::constant(offset);
}

Ref ConstantPool::value(uint64_t bits, unsigned width) {
    const auto known = values_.find({bits, width});
    if (known != values_.end()) return known->second;
    return values_[{bits, width}] = append(bits, width);
}

Ref ConstantPool::address_of(uint32_t variable, uint64_t addend, unsigned width) {
    const auto known = addresses_.find({{variable, addend}, width});
    if (known != addresses_.end()) return known->second;
    const Ref ref = append(0, width);
    code_.relocations.push_back({ref.offset(), variable, addend, width});
    return addresses_[{{variable, addend}, width}] = ref;
}

FunctionDecoder::FunctionDecoder(Code& code, ConstantPool& constants, const ptx::Module& module, const Layout& layout,
                                 uint32_t index)
    : code_(code),
      constants_(constants),
      module_(module),
      layout_(layout),
      index_(index),
      source_(module.functions[index]),
      types_(source_.registers),
      told_(source_.registers) {
    types_.push_back(Type::Pred);
    end_.opcode = "ret";
    end_.at = source_.body.empty() ? source_.at : source_.body.back().at;
    lay_out_locals();
}

void FunctionDecoder::lay_out_locals() {
    uint32_t end = 0;
    for (const ptx::Variable& variable : source_.locals) {
        end = aligned(end, variable.align);
        local_offsets_.push_back(end);
        end += (uint32_t)variable.size;
    }
    code_.functions[index_].local_bytes = aligned(end, FRAME_ALIGNMENT);
    if (source_.entry) return;
    Function& function = code_.functions[index_];
    for (uint32_t i = 0; i < source_.parameters.size(); i++) function.parameters.push_back(local(i));
    for (uint32_t i = 0; i < source_.results.size(); i++) {
        function.results.push_back(local((uint32_t)source_.parameters.size() + i));
    }
}

void FunctionDecoder::decode(const ptx::Instruction& instruction) {
    line_ = instruction.at.line;
    Decoder(*this, instruction).run();
}

void FunctionDecoder::survey() {
    surveying_ = true;
    const auto learn = [&](const ptx::Instruction& instruction) {
        facts_.emplace_back();
        facts_.back().guarded = instruction.guarded;
        first_operation_.push_back(operations_);
        decode(instruction);
        operations_ += facts_.back().operations;
        if (!instruction.guarded) return;
        facts_.back().falls_through = true;
    };
    for (const ptx::Instruction& instruction : source_.body) learn(instruction);
    learn(end_);
    for (Facts& facts : facts_) {
        for (uint32_t& target : facts.targets) target = source_.labels[target].instruction;
    }
    slots_ = allocate_slots(facts_, types_);
    code_.functions[index_].register_bytes = slots_.frame_bytes;
}

void FunctionDecoder::emit() {
    surveying_ = false;
    next_temporary_ = carry() + 1;
    for (const ptx::Instruction& instruction : source_.body) decode(instruction);
    decode(end_);
    code_.symbols[index_] = symbols();
}

// Numbers of registers stay those of the source; temporaries and the carry flag are nothing that people have named.
FunctionSymbols FunctionDecoder::symbols() const {
    FunctionSymbols symbols;
    const uint32_t start = code_.functions[index_].start;
    const auto pc = [&](size_t instruction) {
        return start + (instruction < first_operation_.size() ? first_operation_[instruction] : operations_);
    };
    for (size_t i = 0; i < source_.register_names.size(); i++) {
        const ptx::RegisterNames& names = source_.register_names[i];
        const bool last = i + 1 == source_.register_names.size();
        const size_t end = last ? source_.registers.size() : source_.register_names[i + 1].first;
        for (uint32_t reg = names.first; reg < end; reg++) {
            std::string name(names.name);
            if (names.numbered) name += std::to_string(reg - names.first);
            RegisterSymbol symbol{name, told_[reg], slots_.refs[reg], 1, 0};
            const Lifetime life = slots_.lives[reg];
            if (life.first <= life.last) {
                symbol.first = pc(life.first);
                symbol.last = pc(life.last);
            }
            symbols.registers.push_back(std::move(symbol));
        }
    }
    const auto named = [&](const std::vector<uint32_t>& registers) {
        std::vector<uint32_t> result;
        for (const uint32_t reg : registers) {
            if (reg < source_.registers.size() && std::find(result.begin(), result.end(), reg) == result.end()) {
                result.push_back(reg);
            }
        }
        return result;
    };
    for (uint32_t i = 0; i < facts_.size(); i++) {
        std::vector<uint32_t> next = facts_[i].targets;
        if (facts_[i].falls_through) next.push_back(i + 1);
        next.erase(std::remove_if(next.begin(), next.end(), [&](uint32_t one) { return one >= facts_.size(); }), next.end());
        const std::string_view opcode = i < source_.body.size() ? source_.body[i].opcode : std::string_view();
        const bool among_lanes = opcode.rfind("ldmatrix", 0) == 0 || opcode.rfind("wmma", 0) == 0;
        symbols.instructions.push_back(
            {pc(i), pc(i + 1), named(facts_[i].reads), named(facts_[i].writes), std::move(next), facts_[i].guarded, among_lanes});
    }
    return symbols;
}

Ref FunctionDecoder::read(uint32_t reg) {
    if (!surveying_) return slots_.refs[reg];
    facts_.back().reads.push_back(reg);
    return Ref();
}

Ref FunctionDecoder::write(uint32_t reg) {
    if (!surveying_) return slots_.refs[reg];
    facts_.back().writes.push_back(reg);
    return Ref();
}

Ref FunctionDecoder::temporary(Type type) {
    if (!surveying_) return slots_.refs[next_temporary_++];
    types_.push_back(type);
    facts_.back().writes.push_back((uint32_t)types_.size() - 1);
    return Ref();
}

void FunctionDecoder::used_as(uint32_t reg, Type type) {
    const bool bits_only = is_integer(told_[reg]) && name(told_[reg])[0] == 'b';
    if (bits_only && register_bits(type) == register_bits(told_[reg])) told_[reg] = type;
}

void FunctionDecoder::jumps_to(uint32_t label) {
    if (surveying_) facts_.back().targets.push_back(label);
}

uint32_t FunctionDecoder::pc_of(uint32_t label) const {
    return surveying_ ? 0 : code_.functions[index_].start + first_operation_[source_.labels[label].instruction];
}

void FunctionDecoder::ends_flow() {
    if (surveying_) facts_.back().falls_through = false;
}

Op& FunctionDecoder::append(const Op& op) {
    if (surveying_) {
        facts_.back().operations++;
        return scratch_ = op;
    }
    code_.ops.push_back(op);
    code_.lines.push_back(line_);
    return code_.ops.back();
}

void FunctionDecoder::keep(std::shared_ptr<const void> held) {
    if (!surveying_) code_.kept.push_back(std::move(held));
}

Slice FunctionDecoder::local(uint32_t index) const {
    return {local_offsets_[index], (uint32_t)source_.locals[index].size};
}

uint32_t FunctionDecoder::parameter_offset(uint32_t index) const {
    uint32_t offset = 0;
    for (uint32_t i = 0;; i++) {
        offset = aligned(offset, source_.parameters[i].align);
        if (i == index) return offset;
        offset += (uint32_t)source_.parameters[i].size;
    }
}

uint32_t FunctionDecoder::shared_address(uint32_t variable) const {
    return RESERVED_SHARED + layout_.shared[variable];
}

}  // namespace ridgepoint::emulator
