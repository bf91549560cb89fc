// PTX text to tokens.
#pragma once

#include <cstdint>
#include <string_view>

#include "ptx/ast.h"

namespace ridgepoint::emulator::ptx {

struct Token {
    enum class Kind : uint8_t {
        Word,       // ld.global.f32  %tid.x  $L__BB0_1  _Z3foov  shared::cta stays inside its word
        Directive,  // .reg, with its dot
        Number,     // 12  0x1F  0f3F800000  9.0
        String,     // without its quotes
        Mark,       // one character of punctuation
        End,
    };
    Kind kind = Kind::End;
    std::string_view text;
    Position at;

    bool is(char mark) const { return kind == Kind::Mark && text[0] == mark; }
    bool is(std::string_view spelling) const { return kind != Kind::String && text == spelling; }
};

// Reads one token at a time; throws LoadError at what no token starts with.
class Lexer {
  public:
    explicit Lexer(std::string_view text) : text_(text) {}
    Token next();
    // Whether the text goes on with this character.
    bool follows(char mark) {
        skip_blanks();
        return at(offset_) == mark;
    }

  private:
    void skip_blanks();
    void advance(size_t count);
    char at(size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
    size_t word_end(size_t from) const;

    std::string_view text_;
    size_t offset_ = 0;
    Position position_{1, 1};
};

}  // namespace ridgepoint::emulator::ptx
