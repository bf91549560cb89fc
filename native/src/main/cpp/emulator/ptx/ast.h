// A PTX module as parsed: names resolved to registers, variables, labels and functions; nothing interpreted yet.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "decode/types.h"

namespace ridgepoint::emulator::ptx {

struct Position {
    uint32_t line = 0;
    uint32_t column = 0;
};

enum class StateSpace : uint8_t { Global, Constant, Shared, Local, Param };

// What an operand or an initialiser may name besides a register.
struct SymbolRef {
    enum class Kind : uint8_t {
        Global,    // index into Module::variables (.global and .const)
        Shared,    // index into Module::shared
        Local,     // index into Function::locals: .local and .param of a function, parameters of a .func
        Param,     // index into Function::parameters of an .entry
        Function,  // index into Module::functions
        Label,     // index into Function::labels
        Targets,   // index into Function::target_lists
        Prototype, // index into Function::prototypes
    };
    Kind kind;
    uint32_t index;
};

struct Operand {
    enum class Kind : uint8_t {
        Register,    // `index` into Function::registers; `negated` for !p
        Special,     // `text` is the name without %: "tid.x", "laneid"
        Integer,     // `bits`, two's complement in 64
        Float32,     // `bits` of 0fXXXXXXXX
        Float64,     // `bits` of 0dXXXXXXXXXXXXXXXX, or of a decimal literal
        Symbol,      // `symbol` + `offset`
        Address,     // [elements[0] + offset], or [offset] without elements
        Vector,      // {elements}
        Pair,        // a|b
        Sink,        // _
        List,        // (a, b, c) of a call
    };
    Kind kind = Kind::Sink;
    bool negated = false;
    bool generic = false;  // generic(symbol)
    uint32_t index = 0;
    uint64_t bits = 0;
    int64_t offset = 0;
    SymbolRef symbol{};
    std::string_view text;
    std::vector<Operand> elements;
    Position at;

    // A number as a value of `type`: a double literal becomes a float where one is asked for.
    uint64_t bits_as(Type type) const;
};

struct Instruction {
    Position at;
    std::string_view opcode;                  // the whole spelling: "ld.global.nc.f32"
    std::vector<std::string_view> modifiers;  // after the root: "global", "nc", "f32"
    bool guarded = false;
    bool guard_negated = false;
    uint32_t guard = 0;  // index into Function::registers
    std::vector<Operand> operands;
};

struct Initializer {
    // Bytes in order, and relocations over them: `size` bytes at `offset` get the address of a symbol plus `addend`,
    // shifted right by `shift` (a byte of an address, as 0xff00(symbol) asks).
    struct Relocation {
        uint64_t offset;
        uint32_t size;
        uint32_t shift;
        SymbolRef symbol;
        int64_t addend;
    };
    std::vector<uint8_t> bytes;
    std::vector<Relocation> relocations;
};

struct Variable {
    std::string_view name;
    StateSpace space = StateSpace::Param;
    Type element = Type::B8;
    uint64_t size = 0;   // bytes; 0 for an array without a bound (dynamic shared memory)
    uint32_t align = 1;
    bool external = false;
    Initializer initial;
    Position at;
};

struct Label {
    std::string_view name;
    uint32_t instruction;  // index it stands before
};

struct Prototype {
    std::vector<Variable> results;
    std::vector<Variable> parameters;
};

// Registers as declared: %r<4> names %r0 to %r3, numbered; %x one register.
struct RegisterNames {
    std::string_view name;
    uint32_t first;  // index into Function::registers
    bool numbered;
};

struct Function {
    std::string_view name;
    bool entry = false;
    bool defined = false;  // has a body
    Position at;
    std::vector<Variable> results;     // .func only
    std::vector<Variable> parameters;
    std::vector<Type> registers;       // Pred, or a type that gives the width
    std::vector<RegisterNames> register_names;  // ascending by `first`
    std::vector<Variable> locals;      // of .func: parameters, then results, first
    std::vector<Label> labels;
    std::vector<std::vector<uint32_t>> target_lists;  // label indices
    std::vector<Prototype> prototypes;
    std::vector<Instruction> body;
    uint32_t max_threads[3] = {0, 0, 0};
    uint32_t required_threads[3] = {0, 0, 0};
    uint32_t required_cluster[3] = {0, 0, 0};
    bool explicit_cluster = false;
};

struct Module {
    std::shared_ptr<const std::string> text;  // what every string_view points into
    unsigned version_major = 0, version_minor = 0;
    std::string target;
    std::vector<Variable> variables;  // .global and .const
    std::vector<Variable> shared;     // module scope and demoted
    std::vector<Function> functions;
};

}  // namespace ridgepoint::emulator::ptx
