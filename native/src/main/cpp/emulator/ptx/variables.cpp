// Declarations of variables, parameters and registers, and initial values.
#include "core/module.h"
#include "ptx/parser.h"

namespace ridgepoint::emulator::ptx {
namespace {

constexpr uint64_t LARGEST_VARIABLE = 1ull << 31;
constexpr uint64_t LARGEST_ON_CHIP = 1ull << 20;  // shared, local, parameters
constexpr uint32_t LARGEST_ALIGNMENT = 1u << 16;
constexpr uint32_t MOST_REGISTERS = 1u << 20;

bool power_of_two(uint32_t value) { return value != 0 && (value & (value - 1)) == 0; }

}  // namespace

// What stands between a state space and a name: alignment, vector width, type; then a name and its bounds.
Variable Parser::parameter() {
    Variable variable;
    variable.align = 0;
    std::optional<Type> type;
    uint32_t vector = 1;
    while (token_.kind == Token::Kind::Directive) {
        const Token directive = take();
        if (directive.is(".align")) {
            // Behind .ptr, an alignment is that of what the pointer points at, and is written last.
            const uint32_t align = count("an alignment");
            if (!power_of_two(align) || align > LARGEST_ALIGNMENT) fail(directive, "an alignment must be a power of two up to 65536");
            if (!type) variable.align = align;
        } else if (directive.is(".ptr") || directive.is(".global") || directive.is(".const") ||
                   directive.is(".shared") || directive.is(".local") || directive.is(".generic")) {
            if (!type) fail(directive, "expected a type");
        } else if (directive.is(".v2")) {
            vector = 2;
        } else if (directive.is(".v4")) {
            vector = 4;
        } else if (const auto named = type_named(directive.text.substr(1))) {
            if (type) fail(directive, "a second type");
            type = named;
        } else {
            fail(directive, "not supported in a declaration");
        }
    }
    if (!type || *type == Type::Pred) fail(token_, "expected a type of data");
    const Token name = expect_word("a name");
    variable.name = name.text;
    variable.at = name.at;
    variable.element = *type;
    variable.size = (uint64_t)bytes(*type) * vector;
    if (variable.align == 0) variable.align = (uint32_t)variable.size;
    while (accept('[')) {
        const uint64_t extent = token_.is(']') ? 0 : count("an array bound");
        if (variable.size > 0 && extent > LARGEST_VARIABLE / variable.size) fail(name, "too large");
        variable.size *= extent;
        expect(']');
    }
    return variable;
}

std::vector<Variable> Parser::parameters() {
    std::vector<Variable> list;
    expect('(');
    if (accept(')')) return list;
    do {
        if (!accept(".param")) fail(token_, "only .param parameters are supported");
        list.push_back(parameter());
        if (list.back().size > LARGEST_ON_CHIP) fail(token_, "too large");
    } while (accept(','));
    expect(')');
    return list;
}

void Parser::variable(StateSpace space, bool external) {
    if (token_.is(".attribute")) fail(token_, "not supported");
    Variable variable = parameter();
    variable.space = space;
    variable.external = external;
    if (accept('=')) initializer(variable);
    if (token_.is(',')) fail(token_, "one variable a declaration");
    if (variable.size == 0 && !(space == StateSpace::Shared && external)) fail(token_, "an array without a bound");
    if (variable.size > LARGEST_ON_CHIP && space != StateSpace::Global && space != StateSpace::Constant) fail(token_, "too large");
    declare_variable(std::move(variable));
}

void Parser::declare_variable(Variable variable) {
    SymbolRef symbol{};
    std::vector<Variable>* list = nullptr;
    switch (variable.space) {
        case StateSpace::Global:
        case StateSpace::Constant:
            symbol.kind = SymbolRef::Kind::Global;
            list = &module_.variables;
            break;
        case StateSpace::Shared:
            symbol.kind = SymbolRef::Kind::Shared;
            list = &module_.shared;
            break;
        case StateSpace::Local:
        case StateSpace::Param:
            symbol.kind = SymbolRef::Kind::Local;
            list = &function_->locals;
            break;
    }
    symbol.index = (uint32_t)list->size();
    if (scopes_.back().declare(variable.name, symbol)) {
        list->push_back(std::move(variable));
        return;
    }
    // Only what was declared external may be declared again.
    const SymbolRef earlier = *scopes_.back().symbol(variable.name);
    if (earlier.kind != symbol.kind || !(*list)[earlier.index].external) {
        throw LoadError(LoadError::Kind::Malformed, variable.at.line, variable.at.column, "",
                        "'" + std::string(variable.name) + "' is declared twice");
    }
    (*list)[earlier.index] = std::move(variable);
}

void Parser::initializer(Variable& variable) {
    uint64_t offset = 0;
    initial_value(variable, offset);
    if (variable.size == 0) variable.size = offset;
    if (offset > variable.size) fail(token_, "more initial values than '" + std::string(variable.name) + "' holds");
    variable.initial.bytes.resize(variable.size);
}

// A value, or braces around values; arrays are flat, and what is not given is zero.
void Parser::initial_value(Variable& variable, uint64_t& offset) {
    const Nesting nesting(*this);
    if (accept('{')) {
        if (accept('}')) return;
        do {
            initial_value(variable, offset);
        } while (accept(','));
        return expect('}');
    }
    const uint32_t size = bytes(variable.element);
    variable.initial.bytes.resize(offset + size);
    if (token_.kind == Token::Kind::Word) {
        address_value(variable, offset, ~0ull);
    } else {
        const Operand value = number();
        if (accept('(')) {
            address_value(variable, offset, value.bits);
            expect(')');
        } else {
            const uint64_t bits = value.bits_as(variable.element);
            for (uint32_t i = 0; i < size; i++) variable.initial.bytes[offset + i] = (uint8_t)(bits >> (8 * i));
        }
    }
    offset += size;
}

// symbol+4, generic(symbol)+4; within a mask such as 0xff00(symbol) the byte of the address that the mask selects.
void Parser::address_value(Variable& variable, uint64_t offset, uint64_t mask) {
    const bool generic = accept("generic");
    if (generic) expect('(');
    const Token name = expect_word("a symbol");
    const auto symbol = find_symbol(name.text);
    if (!symbol) fail(name, "unknown name");
    if (generic) expect(')');
    Initializer::Relocation relocation{offset, bytes(variable.element), 0, *symbol, 0};
    if (accept('+') || token_.is('-')) relocation.addend = integer("an offset");
    while (relocation.shift < 64 && !((mask >> relocation.shift) & 1)) relocation.shift += 8;
    variable.initial.relocations.push_back(relocation);
}

void Parser::registers() {
    const Token type_token = take();
    const auto type = type_token.kind == Token::Kind::Directive ? type_named(type_token.text.substr(1)) : std::nullopt;
    if (!type) fail(type_token, "expected a type");
    do {
        const Token name = expect_word("a register");
        uint32_t many = 0;
        const uint32_t first = (uint32_t)function_->registers.size();
        bool fresh;
        const bool numbered = accept('<');
        if (numbered) {
            many = count("a number of registers");
            expect('>');
            fresh = scopes_.back().declare_registers(name.text, first, many);
        } else {
            fresh = scopes_.back().declare_register(name.text, first);
            many = 1;
        }
        if (!fresh) fail(name, "declared twice");
        if (function_->registers.size() + many > MOST_REGISTERS) fail(name, "too many registers");
        function_->registers.resize(first + many, *type);
        function_->register_names.push_back({name.text, first, numbered});
    } while (accept(','));
}

}  // namespace ridgepoint::emulator::ptx
