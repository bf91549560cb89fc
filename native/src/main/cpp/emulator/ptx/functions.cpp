// Functions: their directives, statements, operands, and the names in them.
#include "core/module.h"
#include "ptx/parser.h"

namespace ridgepoint::emulator::ptx {

void Parser::function(bool entry) {
    Function function;
    function.entry = entry;
    function.at = token_.at;
    if (!entry && token_.is('(')) function.results = parameters();
    const Token name = expect_word("a function's name");
    function.name = name.text;
    if (token_.is('(')) function.parameters = parameters();
    function_directives(function);

    const auto [known, fresh] = functions_.emplace(name.text, (uint32_t)module_.functions.size());
    const uint32_t index = known->second;
    if (fresh) {
        module_.functions.emplace_back();
        scopes_[0].declare(name.text, {SymbolRef::Kind::Function, index});
    } else if (module_.functions[index].defined && token_.is('{')) {
        fail(name, "defined twice");
    }
    if (accept(';')) {
        if (fresh) module_.functions[index] = std::move(function);
        return;
    }
    function.defined = true;
    body(function);
    module_.functions[index] = std::move(function);
}

void Parser::function_directives(Function& function) {
    while (token_.kind == Token::Kind::Directive) {
        const Token directive = take();
        uint32_t ignored[3];
        if (directive.is(".maxntid")) {
            dimensions(function.max_threads);
        } else if (directive.is(".reqntid")) {
            dimensions(function.required_threads);
        } else if (directive.is(".reqnctapercluster")) {
            dimensions(function.required_cluster);
        } else if (directive.is(".explicitcluster")) {
            function.explicit_cluster = true;
        } else if (directive.is(".minnctapersm") || directive.is(".maxnreg") || directive.is(".maxnctapersm") ||
                   directive.is(".maxclusterrank")) {
            dimensions(ignored);
        } else if (directive.is(".pragma")) {
            skip_statement();
        } else if (!directive.is(".noreturn") && !directive.is(".blocksareclusters")) {
            fail(directive, "not supported on a function");
        }
    }
}

// An entry's parameters are its own list; a function's come first among its locals, for every call has its own.
void Parser::declare_parameters(Function& function) {
    const auto declare = [&](const Variable& variable, SymbolRef symbol) {
        if (!scopes_.back().declare(variable.name, symbol)) {
            throw LoadError(LoadError::Kind::Malformed, variable.at.line, variable.at.column, "",
                            "'" + std::string(variable.name) + "' is declared twice");
        }
    };
    if (function.entry) {
        for (uint32_t i = 0; i < function.parameters.size(); i++) {
            declare(function.parameters[i], {SymbolRef::Kind::Param, i});
        }
        return;
    }
    for (const auto* list : {&function.parameters, &function.results}) {
        for (const Variable& variable : *list) {
            declare(variable, {SymbolRef::Kind::Local, (uint32_t)function.locals.size()});
            function.locals.push_back(variable);
        }
    }
}

void Parser::body(Function& function) {
    function_ = &function;
    open_scope();
    declare_parameters(function);
    expect('{');
    for (unsigned depth = 1; depth > 0;) {
        if (accept('{')) {
            open_scope();
            depth++;
        } else if (token_.is('}')) {
            close_scope();
            take();
            depth--;
        } else {
            statement();
        }
    }
    function_ = nullptr;
}

void Parser::statement() {
    const Token start = token_;
    if (start.kind == Token::Kind::End) fail(start, "a function that never ends");
    if (accept(';')) return;
    if (start.is('@')) return instruction();
    if (start.kind == Token::Kind::Word) return named_statement(start);
    if (start.is(".loc") || start.is(".file")) return skip_line(start.at.line);
    take();
    if (start.is(".pragma")) return skip_statement();
    if (start.is(".reg")) {
        registers();
    } else if (start.is(".local")) {
        variable(StateSpace::Local, false);
    } else if (start.is(".shared")) {
        variable(StateSpace::Shared, false);
    } else if (start.is(".param")) {
        variable(StateSpace::Param, false);
    } else if (start.is(".global")) {
        variable(StateSpace::Global, false);
    } else if (start.is(".const")) {
        variable(StateSpace::Constant, false);
    } else {
        fail(start, "not a statement");
    }
    expect(';');
}

// name: ..., or an instruction without a guard. One token cannot tell, so the label is seen by its colon.
void Parser::named_statement(const Token& name) {
    if (!lexer_.follows(':')) return instruction();
    take();
    take();
    if (accept(".branchtargets")) {
        const uint32_t list = (uint32_t)function_->target_lists.size();
        function_->target_lists.emplace_back();
        if (!scopes_.back().declare(name.text, {SymbolRef::Kind::Targets, list})) fail(name, "declared twice");
        do {
            const uint32_t position = (uint32_t)function_->target_lists[list].size();
            function_->target_lists[list].push_back(0);
            pending_.back().push_back({Pending::In::Targets, list, position, expect_word("a label")});
        } while (accept(','));
        return expect(';');
    }
    if (accept(".callprototype")) {
        Prototype prototype;
        if (token_.is('(')) prototype.results = parameters();
        expect_word("_");
        if (token_.is('(')) prototype.parameters = parameters();
        while (token_.kind == Token::Kind::Directive) take();
        const uint32_t index = (uint32_t)function_->prototypes.size();
        function_->prototypes.push_back(std::move(prototype));
        if (!scopes_.back().declare(name.text, {SymbolRef::Kind::Prototype, index})) fail(name, "declared twice");
        return expect(';');
    }
    if (token_.is(".calltargets")) fail(token_, "not supported");
    const uint32_t index = (uint32_t)function_->labels.size();
    function_->labels.push_back({name.text, (uint32_t)function_->body.size()});
    if (!scopes_.back().declare_label(name.text, index)) fail(name, "declared twice");
}

void Parser::instruction() {
    Instruction instruction;
    if (accept('@')) {
        instruction.guarded = true;
        instruction.guard_negated = accept('!');
        const Token guard = expect_word("a predicate");
        const auto index = find_register(guard.text);
        if (!index || function_->registers[*index] != Type::Pred) fail(guard, "expected a predicate");
        instruction.guard = *index;
    }
    const Token opcode = expect_word("an instruction");
    instruction.at = opcode.at;
    instruction.opcode = opcode.text;
    std::string_view rest = opcode.text;
    for (size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
        rest = rest.substr(dot + 1);
        instruction.modifiers.push_back(rest.substr(0, rest.find('.')));
    }
    function_->body.push_back(std::move(instruction));
    if (!token_.is(';')) {
        // In place, so that a label met in an operand knows where it stands.
        do {
            Operand parsed = operand();
            function_->body.back().operands.push_back(std::move(parsed));
        } while (accept(','));
    }
    expect(';');
}

std::vector<Operand> Parser::operands_until(char close) {
    std::vector<Operand> list;
    if (accept(close)) return list;
    do {
        list.push_back(operand());
    } while (accept(','));
    expect(close);
    return list;
}

Operand Parser::operand() {
    const Nesting nesting(*this);
    Operand result;
    result.at = token_.at;
    if (accept('{')) {
        result.kind = Operand::Kind::Vector;
        result.elements = operands_until('}');
    } else if (accept('(')) {
        result.kind = Operand::Kind::List;
        result.elements = operands_until(')');
    } else if (accept('[')) {
        result = address();
    } else if (accept('!')) {
        result = word_operand();
        result.negated = true;
    } else if (token_.kind == Token::Kind::Word) {
        result = word_operand();
        if (accept('|')) {
            Operand pair;
            pair.kind = Operand::Kind::Pair;
            pair.at = result.at;
            pair.elements.push_back(std::move(result));
            pair.elements.push_back(word_operand());
            return pair;
        }
        if (result.kind == Operand::Kind::Symbol && (accept('+') || token_.is('-'))) {
            result.offset = integer("an offset");
        }
    } else {
        return number();
    }
    return result;
}

Operand Parser::word_operand() {
    const Token word = expect_word("an operand");
    Operand result;
    result.at = word.at;
    result.text = word.text;
    if (word.text == "_") {
        result.kind = Operand::Kind::Sink;
    } else if (const auto index = find_register(word.text)) {
        result.kind = Operand::Kind::Register;
        result.index = *index;
    } else if (const auto symbol = find_symbol(word.text)) {
        result.kind = Operand::Kind::Symbol;
        result.symbol = *symbol;
    } else if (word.text == "WARP_SZ") {
        result.kind = Operand::Kind::Integer;
        result.bits = 32;
    } else if (word.text[0] == '%') {
        result.kind = Operand::Kind::Special;
        result.text = word.text.substr(1);
    } else {
        result.kind = Operand::Kind::Symbol;
        result.symbol = {SymbolRef::Kind::Label, 0};
        const uint32_t instruction = (uint32_t)function_->body.size() - 1;
        const uint32_t position = (uint32_t)function_->body.back().operands.size();
        pending_.back().push_back({Pending::In::Operand, instruction, position, word});
    }
    return result;
}

// [base], [base+offset], [offset]; further elements are coordinates.
Operand Parser::address() {
    Operand result;
    result.kind = Operand::Kind::Address;
    result.at = token_.at;
    if (token_.kind == Token::Kind::Word) {
        result.elements.push_back(word_operand());
        if (accept('+') || token_.is('-')) result.offset = integer("an offset");
    } else {
        result.offset = integer("an address");
    }
    while (accept(',')) result.elements.push_back(operand());
    expect(']');
    return result;
}

void Parser::open_scope() {
    scopes_.emplace_back();
    pending_.emplace_back();
}

// A label is seen in the whole scope that declares it and in those within: what is not found here is looked for one
// scope further out.
void Parser::close_scope() {
    const std::vector<Pending> pending = std::move(pending_.back());
    pending_.pop_back();
    for (const Pending& use : pending) {
        const auto label = scopes_.back().label(use.name.text);
        if (!label) {
            if (pending_.size() == 1) fail(use.name, "unknown name");
            pending_.back().push_back(use);
        } else if (use.in == Pending::In::Targets) {
            function_->target_lists[use.outer][use.inner] = *label;
        } else {
            Operand& operand = function_->body[use.outer].operands[use.inner];
            if (operand.kind != Operand::Kind::Symbol) fail(use.name, "a label cannot stand here");
            operand.symbol.index = *label;
        }
    }
    scopes_.pop_back();
}

std::optional<uint32_t> Parser::find_register(std::string_view name) const {
    for (size_t i = scopes_.size(); i-- > 0;) {
        if (const auto found = scopes_[i].reg(name)) return found;
    }
    return std::nullopt;
}

std::optional<SymbolRef> Parser::find_symbol(std::string_view name) const {
    for (size_t i = scopes_.size(); i-- > 0;) {
        if (const auto found = scopes_[i].symbol(name)) return found;
    }
    return std::nullopt;
}

}  // namespace ridgepoint::emulator::ptx
