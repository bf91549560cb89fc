#include "mutation/listing.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "ptx/parser.h"

namespace mutation {
namespace {

// What stands before a function's name, and after it.
struct Mark {
    const char *before, *after;
};
// As nvcc writes text; from a fatbin comments are gone.
constexpr Mark COMMENT{"// .globl\t", "\n"}, ENTRY{".visible .entry ", "("};

// The module's head and one kernel.
std::string alone(const std::string& module, const std::string& kernel) {
    const auto& [before, after] = module.find(COMMENT.before) != std::string::npos ? COMMENT : ENTRY;
    const size_t first = module.find(before);
    const size_t own = module.find(before + kernel + after);
    if (own == std::string::npos) throw std::invalid_argument("no kernel " + kernel);
    return module.substr(0, first) + module.substr(own, module.find(before, own + 1) - own);
}

}  // namespace

Listing::Listing(const std::string& module, const std::string& kernel) : kernel_(kernel), parsed_(ptx::parse(alone(module, kernel))) {
    for (const ptx::Function& function : parsed_.functions) {
        if (function.name == kernel && function.entry) function_ = &function;
    }
    if (function_ == nullptr) throw std::invalid_argument("no kernel " + kernel);
    lines_.push_back(0);
    for (size_t i = 0; i < text().size(); i++) {
        if (text()[i] == '\n') lines_.push_back(i + 1);
    }
    std::map<std::string_view, int> seen;
    for (const ptx::Instruction& instruction : function_->body) {
        const size_t opcode = (size_t)(instruction.opcode.data() - text().data());
        const size_t from = instruction.guarded ? text().rfind('@', opcode) : opcode;
        const std::string place = std::string(instruction.opcode) + " #" + std::to_string(++seen[instruction.opcode]);
        statements_.push_back({&instruction, statements_.size(), from, text().find(';', opcode) + 1, opcode, place});
    }
}

size_t Listing::target(const Statement& branch) const {
    return function_->labels[branch.parsed->operands.at(0).symbol.index].instruction;
}

std::string Listing::source(const Statement& s) const { return text().substr(s.from, s.to - s.from); }
std::string Listing::unguarded(const Statement& s) const { return text().substr(s.opcode, s.to - s.opcode); }
std::string Listing::guard(const Statement& s) const { return text().substr(s.from, s.opcode - s.from); }

size_t Listing::offset(ptx::Position at) const { return lines_.at(at.line - 1) + at.column - 1; }

Listing::Span Listing::operand_span(const Statement& s, size_t number) const {
    const ptx::Operand& parsed = s.parsed->operands.at(number);
    size_t from = offset(parsed.at);
    if (parsed.kind == ptx::Operand::Kind::Address) from = text().rfind('[', from);
    int depth = 0;
    size_t to = from;
    while (depth > 0 || (text()[to] != ',' && text()[to] != ';')) {
        const char c = text()[to++];
        depth += c == '[' || c == '{' || c == '(';
        depth -= c == ']' || c == '}' || c == ')';
    }
    return {from, to};
}

std::string Listing::operand(const Statement& s, size_t number) const {
    const Span span = operand_span(s, number);
    return text().substr(span.from, span.to - span.from);
}

std::string Listing::with_opcode(const Statement& s, const std::string& opcode) const {
    std::string changed = source(s);
    return changed.replace(s.opcode - s.from, s.parsed->opcode.size(), opcode);
}

std::string Listing::with_operand(const Statement& s, size_t number, const std::string& operand) const {
    const Span span = operand_span(s, number);
    std::string changed = source(s);
    return changed.replace(span.from - s.from, span.to - span.from, operand);
}

std::string Listing::with(const Statement& s, const std::string& replacement) const {
    std::string changed = text();
    return changed.replace(s.from, s.to - s.from, replacement);
}

bool has(const Statement& statement, std::string_view modifier) {
    const auto& all = statement.parsed->modifiers;
    return std::find(all.begin(), all.end(), modifier) != all.end();
}

std::string_view root(const Statement& statement) {
    const std::string_view opcode = statement.parsed->opcode;
    return opcode.substr(0, opcode.find('.'));
}

bool is(const Statement& statement, std::string_view prefix) {
    const std::string_view opcode = statement.parsed->opcode;
    return opcode.substr(0, prefix.size()) == prefix && (opcode.size() == prefix.size() || opcode[prefix.size()] == '.');
}

std::string replaced(std::string_view opcode, std::string_view modifier, std::string_view by) {
    std::string changed;
    for (size_t from = 0; from <= opcode.size();) {
        const size_t to = std::min(opcode.find('.', from), opcode.size());
        const std::string_view part = opcode.substr(from, to - from);
        const std::string_view now = part == modifier ? by : part;
        if (!now.empty()) changed += (changed.empty() ? "" : ".") + std::string(now);
        from = to + 1;
    }
    return changed;
}

}  // namespace mutation
