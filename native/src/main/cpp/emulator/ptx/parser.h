// PTX tokens to the syntax tree of ast.h. Recursive descent: one method a construct.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ptx/ast.h"
#include "ptx/lexer.h"
#include "ptx/scope.h"

namespace ridgepoint::emulator::ptx {

// Throws LoadError.
Module parse(std::string_view text);

class Parser {
  public:
    explicit Parser(Module& module);
    void parse();

  private:
    // --- tokens (parser.cpp) ---
    const Token& peek() const { return token_; }
    Token take();
    bool accept(char mark);
    bool accept(std::string_view spelling);
    void expect(char mark);
    Token expect_word(const char* what);
    void skip_line(uint32_t line);
    void skip_braces();
    void skip_statement();
    [[noreturn]] void fail(const Token& token, const std::string& reason) const;

    // --- numbers (numbers.cpp) ---
    Operand number();  // with its sign
    int64_t integer(const char* what);
    uint32_t count(const char* what);

    // --- modules (parser.cpp) ---
    void version();
    void top_level();
    void dimensions(uint32_t (&out)[3]);

    // --- variables (variables.cpp) ---
    // What follows its space: ".align 4 .b8 name[16] = {...}", without the semicolon.
    void variable(StateSpace space, bool external);
    void declare_variable(Variable variable);
    Variable parameter();
    std::vector<Variable> parameters();
    void initializer(Variable& variable);
    void initial_value(Variable& variable, uint64_t& offset);
    void address_value(Variable& variable, uint64_t offset, uint64_t mask);
    void registers();

    // --- functions (functions.cpp) ---
    void function(bool entry);
    void function_directives(Function& function);
    void declare_parameters(Function& function);
    void body(Function& function);
    void statement();
    void named_statement(const Token& name);
    void instruction();
    Operand operand();
    Operand word_operand();
    Operand address();
    std::vector<Operand> operands_until(char close);

    // --- names (functions.cpp) ---
    void open_scope();
    void close_scope();
    std::optional<uint32_t> find_register(std::string_view name) const;
    std::optional<SymbolRef> find_symbol(std::string_view name) const;

    // A name that may be a label further down.
    struct Pending {
        enum class In { Operand, Targets } in;
        uint32_t outer;  // instruction, or target list
        uint32_t inner;  // operand, or position
        Token name;
    };

    // Braces within braces, of operands and initial values: counted, so that no text exhausts the stack.
    class Nesting {
      public:
        explicit Nesting(Parser& parser) : parser_(parser) {
            if (++parser_.nesting_ > DEEPEST) parser_.fail(parser_.token_, "nested too deep");
        }
        ~Nesting() { parser_.nesting_--; }

      private:
        static constexpr unsigned DEEPEST = 16;
        Parser& parser_;
    };

    Module& module_;
    unsigned nesting_ = 0;
    Lexer lexer_;
    Token token_;
    Function* function_ = nullptr;
    std::vector<Scope> scopes_;                   // [0] is the module's
    std::vector<std::vector<Pending>> pending_;   // one list a scope
    std::unordered_map<std::string_view, uint32_t> functions_;
};

}  // namespace ridgepoint::emulator::ptx
