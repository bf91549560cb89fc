#include "ptx/lexer.h"

#include <cctype>
#include <string>

#include "core/module.h"

namespace ridgepoint::emulator::ptx {
namespace {

bool starts_name(char c) { return std::isalpha((unsigned char)c) || c == '_' || c == '$' || c == '%'; }
bool continues_name(char c) { return std::isalnum((unsigned char)c) || c == '_' || c == '$'; }
bool digit(char c) { return c >= '0' && c <= '9'; }

[[noreturn]] void fail(Position at, const std::string& reason) {
    throw LoadError(LoadError::Kind::Malformed, at.line, at.column, "", reason);
}

}  // namespace

void Lexer::advance(size_t count) {
    for (; count > 0; count--, offset_++) {
        if (text_[offset_] == '\n') {
            position_.line++;
            position_.column = 1;
        } else {
            position_.column++;
        }
    }
}

void Lexer::skip_blanks() {
    while (offset_ < text_.size()) {
        const char c = text_[offset_];
        if (c == '/' && at(offset_ + 1) == '/') {
            const size_t end = text_.find('\n', offset_);
            advance((end == std::string_view::npos ? text_.size() : end) - offset_);
        } else if (c == '/' && at(offset_ + 1) == '*') {
            const size_t end = text_.find("*/", offset_ + 2);
            if (end == std::string_view::npos) fail(position_, "a comment that never ends");
            advance(end + 2 - offset_);
        } else if (c == '\0' || std::isspace((unsigned char)c)) {
            advance(1);
        } else {
            return;
        }
    }
}

// A name, and what dots or double colons join to it without a blank.
size_t Lexer::word_end(size_t from) const {
    size_t end = from + 1;
    while (true) {
        while (continues_name(at(end))) end++;
        if (at(end) == '.' && continues_name(at(end + 1))) {
            end++;
        } else if (at(end) == ':' && at(end + 1) == ':' && continues_name(at(end + 2))) {
            end += 2;
        } else {
            return end;
        }
    }
}

Token Lexer::next() {
    skip_blanks();
    Token token;
    token.at = position_;
    if (offset_ >= text_.size()) return token;

    const char c = text_[offset_];
    size_t end = offset_ + 1;
    if (starts_name(c)) {
        token.kind = Token::Kind::Word;
        end = word_end(offset_);
    } else if (digit(c)) {
        token.kind = Token::Kind::Number;
        while (continues_name(at(end)) || (at(end) == '.' && digit(at(end + 1)))) end++;
    } else if (c == '.' && continues_name(at(offset_ + 1))) {
        token.kind = Token::Kind::Directive;
        while (continues_name(at(end))) end++;
    } else if (c == '"') {
        end = text_.find('"', end);
        if (end == std::string_view::npos) fail(token.at, "a string that never ends");
        token.kind = Token::Kind::String;
        token.text = text_.substr(offset_ + 1, end - offset_ - 1);
        advance(end + 1 - offset_);
        return token;
    } else if (std::ispunct((unsigned char)c)) {
        token.kind = Token::Kind::Mark;
    } else {
        fail(token.at, "no token starts with byte " + std::to_string((unsigned char)c));
    }
    token.text = text_.substr(offset_, end - offset_);
    advance(end - offset_);
    return token;
}

}  // namespace ridgepoint::emulator::ptx
