#include "ptx/parser.h"

#include "core/module.h"

namespace ridgepoint::emulator::ptx {

namespace {

bool is_digits(std::string_view text) {
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
    }
    return !text.empty();
}

}  // namespace

Module parse(std::string_view text) {
    Module module;
    module.text = std::make_shared<const std::string>(text);
    Parser(module).parse();
    return module;
}

Parser::Parser(Module& module) : module_(module), lexer_(*module.text), scopes_(1), pending_(1) {}

Token Parser::take() {
    const Token taken = token_;
    token_ = lexer_.next();
    return taken;
}

bool Parser::accept(char mark) {
    if (!token_.is(mark)) return false;
    take();
    return true;
}

bool Parser::accept(std::string_view spelling) {
    if (!token_.is(spelling)) return false;
    take();
    return true;
}

void Parser::expect(char mark) {
    if (!accept(mark)) fail(token_, std::string("expected '") + mark + "'");
}

Token Parser::expect_word(const char* what) {
    if (token_.kind != Token::Kind::Word) fail(token_, std::string("expected ") + what);
    return take();
}

// .loc and .file end with their line, not with a semicolon.
void Parser::skip_line(uint32_t line) {
    while (token_.kind != Token::Kind::End && token_.at.line == line) take();
}

void Parser::skip_braces() {
    expect('{');
    for (unsigned depth = 1; depth > 0;) {
        if (token_.kind == Token::Kind::End) fail(token_, "a brace that is never closed");
        if (token_.is('{')) depth++;
        if (token_.is('}')) depth--;
        take();
    }
}

void Parser::skip_statement() {
    while (!token_.is(';')) {
        if (token_.kind == Token::Kind::End) fail(token_, "expected ';'");
        take();
    }
    take();
}

void Parser::fail(const Token& token, const std::string& reason) const {
    const std::string found =
        token.kind == Token::Kind::End ? " at the end of the text" : ", found '" + std::string(token.text) + "'";
    throw LoadError(LoadError::Kind::Malformed, token.at.line, token.at.column, "", reason + found);
}

void Parser::parse() {
    take();
    version();
    while (token_.kind != Token::Kind::End) top_level();
}

void Parser::version() {
    const Token start = token_;
    if (!accept(".version")) fail(start, "expected .version first");
    const Token number = take();
    const size_t dot = number.text.find('.');
    const bool known_form = number.kind == Token::Kind::Number && (dot == 1 || dot == 2) &&
                            number.text.size() == dot + 2 && is_digits(number.text.substr(0, dot)) &&
                            is_digits(number.text.substr(dot + 1));
    if (!known_form) fail(number, "expected a version such as 9.0");
    for (const char digit : number.text.substr(0, dot)) {
        module_.version_major = module_.version_major * 10 + (unsigned)(digit - '0');
    }
    module_.version_minor = (unsigned)(number.text[dot + 1] - '0');
    if (!accept(".target")) fail(token_, "expected .target after .version");
    module_.target = expect_word("a target").text;
    while (accept(',')) expect_word("a target option");
    if (accept(".address_size") && integer("the address size") != 64) fail(start, "only 64-bit addresses");
}

void Parser::top_level() {
    if (token_.is(".file")) return skip_line(token_.at.line);
    if (accept(".section")) {
        take();
        return skip_braces();
    }
    if (accept(".pragma")) return skip_statement();
    if (accept(';')) return;  // a prototype's semicolon on a line of its own

    bool external = false;
    while (token_.is(".visible") || token_.is(".extern") || token_.is(".weak") || token_.is(".common")) {
        external = take().text == ".extern" || external;
    }
    if (accept(".entry")) return function(true);
    if (accept(".func")) return function(false);
    if (accept(".global")) {
        variable(StateSpace::Global, external);
    } else if (accept(".const")) {
        variable(StateSpace::Constant, external);
    } else if (accept(".shared")) {
        variable(StateSpace::Shared, external);
    } else {
        fail(token_, "not supported at module level");
    }
    expect(';');
}

void Parser::dimensions(uint32_t (&out)[3]) {
    for (unsigned i = 0; i < 3; i++) out[i] = 1;
    for (unsigned i = 0; i < 3; i++) {
        out[i] = count("a dimension");
        if (!accept(',')) return;
    }
}

}  // namespace ridgepoint::emulator::ptx
