// One kernel's PTX, cut into statements that can be replaced one by one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ptx/ast.h"

namespace mutation {

namespace ptx = ridgepoint::emulator::ptx;

struct Statement {
    const ptx::Instruction* parsed;
    size_t index;       // in the kernel
    size_t from, to;    // characters: its guard, if any, to behind its semicolon
    size_t opcode;      // first character of the opcode
    std::string place;  // "bar.sync #2": the second of this spelling; stays while other code changes
};

class Listing {
  public:
    // `module` may hold other kernels as nvcc wrote them; text() does not.
    Listing(const std::string& module, const std::string& kernel);

    const std::string& kernel() const { return kernel_; }
    const std::string& text() const { return *parsed_.text; }
    const std::vector<Statement>& statements() const { return statements_; }
    // Index of the statement that a branch goes to.
    size_t target(const Statement& branch) const;

    // As written, without its guard if so asked.
    std::string source(const Statement& statement) const;
    std::string unguarded(const Statement& statement) const;
    std::string guard(const Statement& statement) const;  // "@%p1 ", or nothing
    std::string operand(const Statement& statement, size_t number) const;

    // The statement's text with another opcode, or with another operand.
    std::string with_opcode(const Statement& statement, const std::string& opcode) const;
    std::string with_operand(const Statement& statement, size_t number, const std::string& operand) const;

    // The whole text with another statement in its place.
    std::string with(const Statement& statement, const std::string& replacement) const;

  private:
    struct Span {
        size_t from, to;
    };
    size_t offset(ptx::Position at) const;
    Span operand_span(const Statement& statement, size_t number) const;

    std::string kernel_;
    ptx::Module parsed_;
    const ptx::Function* function_ = nullptr;
    std::vector<size_t> lines_;  // where each begins
    std::vector<Statement> statements_;
};

// Whether a dotted part of the opcode, behind its root, is this one.
bool has(const Statement& statement, std::string_view modifier);
std::string_view root(const Statement& statement);
// Whether the opcode begins with these parts: "cp.async" with "cp.async.cg.shared.global", and not with "cp.asyncs".
bool is(const Statement& statement, std::string_view prefix);

// An opcode with one dotted part replaced; with an empty one, dropped.
std::string replaced(std::string_view opcode, std::string_view modifier, std::string_view by);

}  // namespace mutation
