// Literals.
#include <cstdlib>
#include <cstring>
#include <limits>

#include "ptx/parser.h"

namespace ridgepoint::emulator::ptx {
namespace {

bool parse_digits(std::string_view digits, unsigned base, uint64_t& value) {
    value = 0;
    for (const char c : digits) {
        unsigned digit = 99;
        if (c >= '0' && c <= '9') digit = (unsigned)(c - '0');
        if (c >= 'a' && c <= 'f') digit = (unsigned)(c - 'a' + 10);
        if (c >= 'A' && c <= 'F') digit = (unsigned)(c - 'A' + 10);
        if (digit >= base) return false;
        if (value > (std::numeric_limits<uint64_t>::max() - digit) / base) return false;
        value = value * base + digit;
    }
    return !digits.empty();
}

bool parse_integer(std::string_view text, uint64_t& value) {
    if (text.size() > 1 && (text.back() == 'U')) text.remove_suffix(1);
    if (text.size() > 2 && text[0] == '0') {
        if (text[1] == 'x' || text[1] == 'X') return parse_digits(text.substr(2), 16, value);
        if (text[1] == 'b' || text[1] == 'B') return parse_digits(text.substr(2), 2, value);
    }
    if (text.size() > 1 && text[0] == '0') return parse_digits(text.substr(1), 8, value);
    return parse_digits(text, 10, value);
}

uint64_t bits_of(double value) {
    uint64_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
}

}  // namespace

uint64_t Operand::bits_as(Type type) const {
    if (kind == Kind::Float64 && (type == Type::F32 || type == Type::TF32)) {
        double value;
        std::memcpy(&value, &bits, sizeof value);
        const float narrow = (float)value;
        uint32_t narrow_bits;
        std::memcpy(&narrow_bits, &narrow, sizeof narrow_bits);
        return narrow_bits;
    }
    return bits;
}

Operand Parser::number() {
    Operand operand;
    operand.at = token_.at;
    const bool negative = accept('-');
    if (!negative) accept('+');
    const Token token = take();
    if (token.kind != Token::Kind::Number) fail(token, "expected a number");
    const std::string_view text = token.text;
    const char prefix = text.size() > 1 && text[0] == '0' ? text[1] : '\0';
    if (prefix == 'f' || prefix == 'F') {
        operand.kind = Operand::Kind::Float32;
        if (text.size() != 10 || !parse_digits(text.substr(2), 16, operand.bits)) fail(token, "expected 8 hex digits");
        if (negative) operand.bits ^= 0x80000000u;
    } else if (prefix == 'd' || prefix == 'D') {
        operand.kind = Operand::Kind::Float64;
        if (text.size() != 18 || !parse_digits(text.substr(2), 16, operand.bits)) fail(token, "expected 16 hex digits");
        if (negative) operand.bits ^= 1ull << 63;
    } else if (text.find('.') != std::string_view::npos) {
        operand.kind = Operand::Kind::Float64;
        operand.bits = bits_of(std::strtod(std::string(text).c_str(), nullptr));
        if (negative) operand.bits ^= 1ull << 63;
    } else {
        operand.kind = Operand::Kind::Integer;
        if (!parse_integer(text, operand.bits)) fail(token, "not a number of 64 bits");
        if (negative) operand.bits = 0 - operand.bits;
    }
    return operand;
}

int64_t Parser::integer(const char* what) {
    const Token at = token_;
    const Operand value = number();
    if (value.kind != Operand::Kind::Integer) fail(at, std::string("expected an integer for ") + what);
    return (int64_t)value.bits;
}

uint32_t Parser::count(const char* what) {
    const Token at = token_;
    const int64_t value = integer(what);
    if (value < 0 || value > std::numeric_limits<int32_t>::max()) fail(at, std::string(what) + " is out of range");
    return (uint32_t)value;
}

}  // namespace ridgepoint::emulator::ptx
