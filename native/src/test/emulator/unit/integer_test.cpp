// Integer instructions against arithmetic in 128 bits.
#include <algorithm>

#include "one_instruction.h"

using namespace testing;

namespace {

typedef __int128 Big;

// The value that `bits` spell, and the bits of a value: the model knows numbers, not registers.
Big value(uint64_t bits, unsigned width, bool with_sign) {
    const Big modulus = (Big)1 << width;
    const Big number = (Big)bits % modulus;
    return with_sign && number >= modulus / 2 ? number - modulus : number;
}

Big floor_div(Big a, Big b) {
    const Big quotient = a / b;
    return quotient * b > a ? quotient - 1 : quotient;
}

struct TypeCase {
    const char* name;
    unsigned width;
    bool with_sign;
};
const TypeCase TYPES[] = {{"u16", 16, false}, {"s16", 16, true}, {"u32", 32, false}, {"s32", 32, true}, {"u64", 64, false}, {"s64", 64, true}};

template <class Model>
void check_binary(const std::string& opcode, Model model) {
    for (const TypeCase& type : TYPES) {
        check_instruction(opcode + "." + type.name + " $d, $a, $b;", type.width, {type.width, type.width, 0}, integer_rows(type.width),
                          [&](uint64_t a, uint64_t b, uint64_t) {
                              return model(value(a, type.width, type.with_sign), value(b, type.width, type.with_sign), type);
                          });
    }
}

template <class Model>
void check_ternary(const std::string& opcode, Model model) {
    for (const TypeCase& type : TYPES) {
        check_instruction(opcode + "." + type.name + " $d, $a, $b, $c;", type.width, {type.width, type.width, type.width}, integer_rows(type.width),
                          [&](uint64_t a, uint64_t b, uint64_t c) {
                              return model(value(a, type.width, type.with_sign), value(b, type.width, type.with_sign),
                                           value(c, type.width, type.with_sign), type);
                          });
    }
}

// The upper half of a product of 64 bits does not fit 128 with its sign: by halves.
Big high(Big a, Big b, const TypeCase& type) {
    if (type.width < 64) return floor_div(a * b, (Big)1 << type.width);
    const unsigned __int128 product = (unsigned __int128)(uint64_t)a * (uint64_t)b;
    uint64_t upper = (uint64_t)(product >> 64);
    if (type.with_sign && a < 0) upper -= (uint64_t)b;
    if (type.with_sign && b < 0) upper -= (uint64_t)a;
    return (Big)upper;
}

}  // namespace

TEST("add sub mul.lo mul.hi") {
    check_binary("add", [](Big a, Big b, const TypeCase&) { return a + b; });
    check_binary("sub", [](Big a, Big b, const TypeCase&) { return a - b; });
    check_binary("mul.lo", [](Big a, Big b, const TypeCase&) { return (Big)((unsigned __int128)a * (unsigned __int128)b); });
    check_binary("mul.hi", high);
}

TEST("mad.lo mad.hi sad") {
    check_ternary("mad.lo", [](Big a, Big b, Big c, const TypeCase&) { return (Big)((unsigned __int128)a * (unsigned __int128)b + (unsigned __int128)c); });
    check_ternary("mad.hi", [](Big a, Big b, Big c, const TypeCase& type) { return high(a, b, type) + c; });
    check_ternary("sad", [](Big a, Big b, Big c, const TypeCase&) { return c + (a > b ? a - b : b - a); });
}

TEST("min max div rem") {
    check_binary("min", [](Big a, Big b, const TypeCase&) { return std::min(a, b); });
    check_binary("max", [](Big a, Big b, const TypeCase&) { return std::max(a, b); });
    check_binary("div", [](Big a, Big b, const TypeCase&) { return b == 0 ? (Big)-1 : a / b; });
    check_binary("rem", [](Big a, Big b, const TypeCase&) { return b == 0 ? a : a % b; });
}

TEST("wide products") {
    for (const TypeCase& type : TYPES) {
        if (type.width == 64) continue;
        check_instruction("mul.wide." + std::string(type.name) + " $d, $a, $b;", 2 * type.width, {type.width, type.width, 0}, integer_rows(type.width),
                          [&](uint64_t a, uint64_t b, uint64_t) { return value(a, type.width, type.with_sign) * value(b, type.width, type.with_sign); });
        check_instruction("mad.wide." + std::string(type.name) + " $d, $a, $b, $c;", 2 * type.width, {type.width, type.width, 2 * type.width},
                          integer_rows(type.width), [&](uint64_t a, uint64_t b, uint64_t c) {
                              return value(a, type.width, type.with_sign) * value(b, type.width, type.with_sign) + (Big)c;
                          });
    }
}

TEST("saturating sums, relu, products of 24 bits") {
    const auto clamped = [](Big v) { return std::min<Big>(std::max<Big>(v, -((Big)1 << 31)), ((Big)1 << 31) - 1); };
    const auto rows = integer_rows(32);
    const auto s32 = [](uint64_t v) { return value(v, 32, true); };
    check_instruction("add.sat.s32 $d, $a, $b;", 32, {32, 32, 0}, rows, [&](uint64_t a, uint64_t b, uint64_t) { return clamped(s32(a) + s32(b)); });
    check_instruction("sub.sat.s32 $d, $a, $b;", 32, {32, 32, 0}, rows, [&](uint64_t a, uint64_t b, uint64_t) { return clamped(s32(a) - s32(b)); });
    check_instruction("mad.hi.sat.s32 $d, $a, $b, $c;", 32, {32, 32, 32}, rows,
                      [&](uint64_t a, uint64_t b, uint64_t c) { return clamped(floor_div(s32(a) * s32(b), (Big)1 << 32) + s32(c)); });
    check_instruction("min.relu.s32 $d, $a, $b;", 32, {32, 32, 0}, rows, [&](uint64_t a, uint64_t b, uint64_t) { return std::max<Big>(0, std::min(s32(a), s32(b))); });
    check_instruction("mul24.lo.s32 $d, $a, $b;", 32, {32, 32, 0}, rows, [&](uint64_t a, uint64_t b, uint64_t) { return value(a, 24, true) * value(b, 24, true); });
    check_instruction("mul24.hi.u32 $d, $a, $b;", 32, {32, 32, 0}, rows, [&](uint64_t a, uint64_t b, uint64_t) { return value(a, 24, false) * value(b, 24, false) / 65536; });
    check_instruction("mad24.hi.sat.s32 $d, $a, $b, $c;", 32, {32, 32, 32}, rows,
                      [&](uint64_t a, uint64_t b, uint64_t c) { return clamped(floor_div(value(a, 24, true) * value(b, 24, true), 65536) + s32(c)); });
    check_instruction("abs.s32 $d, $a;", 32, {32, 0, 0}, rows, [&](uint64_t a, uint64_t, uint64_t) { return s32(a) < 0 ? -s32(a) : s32(a); });
    check_instruction("neg.s16 $d, $a;", 16, {16, 0, 0}, integer_rows(16), [&](uint64_t a, uint64_t, uint64_t) { return -value(a, 16, true); });
    check_instruction("add.u16x2 $d, $a, $b;", 32, {32, 32, 0}, rows, [](uint64_t a, uint64_t b, uint64_t) { return ((a + b) & 0xffff) | (((a >> 16) + (b >> 16)) << 16); });
    check_instruction("max.s16x2 $d, $a, $b;", 32, {32, 32, 0}, rows, [](uint64_t a, uint64_t b, uint64_t) {
        return ((uint64_t)std::max(value(a, 16, true), value(b, 16, true)) & 0xffff) | ((uint64_t)std::max(value(a >> 16, 16, true), value(b >> 16, 16, true)) << 16);
    });
}

TEST("carry chains") {
    const auto rows = integer_rows(64);
    const auto split = [](const std::string& low, const std::string& high) {
        return "{ .reg .b32 al, ah, bl, bh, cl, ch; mov.b64 {al, ah}, $a; mov.b64 {bl, bh}, $b;\n" + low + " cl, al, bl;\n" + high + " ch, ah, bh;\nmov.b64 $d, {cl, ch}; }";
    };
    check_instruction(split("add.cc.u32", "addc.u32"), 64, {64, 64, 0}, rows, [](uint64_t a, uint64_t b, uint64_t) { return a + b; });
    check_instruction(split("sub.cc.u32", "subc.u32"), 64, {64, 64, 0}, rows, [](uint64_t a, uint64_t b, uint64_t) { return a - b; });
    check_instruction("{ .reg .b64 t; add.cc.u64 t, $a, $b; addc.u64 $d, 0, 0; }", 64, {64, 64, 0}, rows,
                      [](uint64_t a, uint64_t b, uint64_t) { return ((unsigned __int128)a + b) >> 64; });
    check_instruction("{ .reg .b64 t; mad.lo.cc.u64 t, $a, $b, $c; madc.hi.u64 $d, $a, $b, 0; }", 64, {64, 64, 64}, rows,
                      [](uint64_t a, uint64_t b, uint64_t c) { return ((unsigned __int128)a * b + c) >> 64; });
}

// 16 bits leave no carry, but take the one that 32 bits have left.
TEST("carries into 16 bits") {
    const auto rows = integer_rows(32);
    const auto carried = [](const std::string& instruction) {
        return "{ .reg .b32 t; .reg .b16 a, b, d; add.cc.u32 t, $a, $b; cvt.u16.u32 a, $b; cvt.u16.u32 b, $c;\n" + instruction + " mov.b16 $d, d; }";
    };
    const auto carry = [](uint64_t a, uint64_t b) { return ((a & 0xffffffff) + (b & 0xffffffff)) >> 32; };
    check_instruction(carried("addc.u16 d, a, b;"), 16, {32, 32, 32}, rows, [&](uint64_t a, uint64_t b, uint64_t c) { return b + c + carry(a, b); });
    check_instruction(carried("madc.lo.s16 d, a, b, a;"), 16, {32, 32, 32}, rows, [&](uint64_t a, uint64_t b, uint64_t c) { return b * c + b + carry(a, b); });
    check_instruction(carried("madc.hi.s16 d, a, b, b;"), 16, {32, 32, 32}, rows, [&](uint64_t a, uint64_t b, uint64_t c) {
        return floor_div(value(b, 16, true) * value(c, 16, true), 65536) + (Big)c + (Big)carry(a, b);
    });
    check_instruction("{ .reg .b32 t; .reg .b16 a, b, d; sub.cc.u32 t, $a, $b; cvt.u16.u32 a, $b; cvt.u16.u32 b, $c; subc.u16 d, a, b; mov.b16 $d, d; }", 16,
                      {32, 32, 32}, rows, [](uint64_t a, uint64_t b, uint64_t c) { return b - c - ((a & 0xffffffff) < (b & 0xffffffff)); });
}

// By numbers, part by part.
TEST("absolute differences of bytes and halves") {
    const auto rows = integer_rows(32);
    for (const unsigned width : {8u, 16u}) {
        const std::string opcode = width == 8 ? "vabsdiff4" : "vabsdiff2";
        for (const bool with_sign : {false, true}) {
            const std::string type = with_sign ? "s32" : "u32", types = "." + type + "." + type + "." + type;
            const auto difference = [=](uint64_t a, uint64_t b, unsigned from) {
                const Big gap = value(a >> from, width, with_sign) - value(b >> from, width, with_sign);
                return gap < 0 ? -gap : gap;
            };
            const auto parts = [=](uint64_t a, uint64_t b, Big most) {
                Big word = 0;
                for (unsigned from = 0; from < 32; from += width) word |= (std::min(difference(a, b, from), most) & (((Big)1 << width) - 1)) << from;
                return word;
            };
            check_instruction(opcode + types + " $d, $a, $b, $c;", 32, {32, 32, 32}, rows,
                              [&](uint64_t a, uint64_t b, uint64_t) { return parts(a, b, (Big)1 << 40); });
            check_instruction(opcode + types + ".sat $d, $a, $b, $c;", 32, {32, 32, 32}, rows,
                              [&](uint64_t a, uint64_t b, uint64_t) { return parts(a, b, ((Big)1 << (with_sign ? width - 1 : width)) - 1); });
            check_instruction(opcode + types + ".add $d, $a, $b, $c;", 32, {32, 32, 32}, rows, [&](uint64_t a, uint64_t b, uint64_t c) {
                Big sum = (Big)c;
                for (unsigned from = 0; from < 32; from += width) sum += difference(a, b, from);
                return sum;
            });
        }
    }
}

TEST("shifts and funnels") {
    for (const unsigned width : {16u, 32u, 64u}) {
        const std::string w = std::to_string(width);
        const auto rows = integer_rows(width);
        check_instruction("shl.b" + w + " $d, $a, $b;", width, {width, 32, 0}, rows, [&](uint64_t a, uint64_t b, uint64_t) { return (uint32_t)b >= width ? 0 : a << (uint32_t)b; });
        check_instruction("shr.u" + w + " $d, $a, $b;", width, {width, 32, 0}, rows, [&](uint64_t a, uint64_t b, uint64_t) { return (uint32_t)b >= width ? 0 : a >> (uint32_t)b; });
        check_instruction("shr.s" + w + " $d, $a, $b;", width, {width, 32, 0}, rows,
                          [&](uint64_t a, uint64_t b, uint64_t) { return floor_div(value(a, width, true), (Big)1 << std::min<uint32_t>((uint32_t)b, 64)); });
    }
    const auto rows = integer_rows(32);
    for (const bool clamps : {true, false}) {
        const auto by = [=](uint64_t c) { return clamps ? std::min<uint64_t>(c, 32) : c % 32; };
        const std::string mode = clamps ? "clamp" : "wrap";
        check_instruction("shf.l." + mode + ".b32 $d, $a, $b, $c;", 32, {32, 32, 32}, rows,
                          [&](uint64_t a, uint64_t b, uint64_t c) { return (((unsigned __int128)(b << 32 | a)) << by(c)) >> 32; });
        check_instruction("shf.r." + mode + ".b32 $d, $a, $b, $c;", 32, {32, 32, 32}, rows, [&](uint64_t a, uint64_t b, uint64_t c) { return (b << 32 | a) >> by(c); });
    }
}

TEST("logic, and every table of lop3") {
    const auto rows = integer_rows(32, 100);
    check_instruction("and.b32 $d, $a, $b;", 32, {32, 32, 0}, rows, [](uint64_t a, uint64_t b, uint64_t) { return a & b; });
    check_instruction("or.b64 $d, $a, $b;", 64, {64, 64, 0}, integer_rows(64), [](uint64_t a, uint64_t b, uint64_t) { return a | b; });
    check_instruction("xor.b16 $d, $a, $b;", 16, {16, 16, 0}, integer_rows(16), [](uint64_t a, uint64_t b, uint64_t) { return a ^ b; });
    check_instruction("not.b32 $d, $a;", 32, {32, 0, 0}, rows, [](uint64_t a, uint64_t, uint64_t) { return ~a; });
    check_instruction("cnot.b32 $d, $a;", 32, {32, 0, 0}, rows, [](uint64_t a, uint64_t, uint64_t) { return a == 0; });
    for (unsigned table = 0; table < 256; table++) {
        check_instruction("lop3.b32 $d, $a, $b, $c, " + std::to_string(table) + ";", 32, {32, 32, 32}, rows, [&](uint64_t a, uint64_t b, uint64_t c) {
            uint64_t result = 0;
            for (unsigned bit = 0; bit < 32; bit++) {
                const unsigned row = (unsigned)((a >> bit & 1) * 4 + (b >> bit & 1) * 2 + (c >> bit & 1));
                result |= (uint64_t)(table >> row & 1) << bit;
            }
            return result;
        });
    }
}

TEST("fields of bits") {
    for (const unsigned width : {32u, 64u}) {
        const std::string w = std::to_string(width);
        const auto rows = integer_rows(width);
        // Bit by bit, as the ISA words it.
        const auto extract = [&](uint64_t a, uint64_t position, uint64_t length, bool with_sign) {
            const uint64_t pos = position & 255, len = length & 255;
            const uint64_t at = std::min<uint64_t>(pos + len - 1, width - 1);
            const bool sign = with_sign && len != 0 && (a >> at & 1);
            uint64_t result = 0;
            for (uint64_t i = 0; i < width; i++) {
                const bool bit = i < len && pos + i < width ? a >> (pos + i) & 1 : sign;
                result |= (uint64_t)bit << i;
            }
            return result;
        };
        check_instruction("bfe.u" + w + " $d, $a, $b, $c;", width, {width, 32, 32}, rows, [&](uint64_t a, uint64_t b, uint64_t c) { return extract(a, b, c, false); });
        check_instruction("bfe.s" + w + " $d, $a, $b, $c;", width, {width, 32, 32}, rows, [&](uint64_t a, uint64_t b, uint64_t c) { return extract(a, b, c, true); });
        check_instruction("bfi.b" + w + " $d, $a, $b, $c, 9;", width, {width, width, 32}, rows, [&](uint64_t a, uint64_t b, uint64_t c) {
            uint64_t result = b;
            for (uint64_t i = 0; i < 9 && (c & 255) + i < width; i++) {
                const uint64_t at = 1ull << ((c & 255) + i);
                result = a >> i & 1 ? result | at : result & ~at;
            }
            return result;
        });
        check_instruction("popc.b" + w + " $d, $a;", 32, {width, 0, 0}, rows, [](uint64_t a, uint64_t, uint64_t) {
            int ones = 0;
            for (; a != 0; a >>= 1) ones += a & 1;
            return ones;
        });
        check_instruction("clz.b" + w + " $d, $a;", 32, {width, 0, 0}, rows, [&](uint64_t a, uint64_t, uint64_t) {
            unsigned zeros = 0;
            while (zeros < width && !(a >> (width - 1 - zeros) & 1)) zeros++;
            return zeros;
        });
        check_instruction("brev.b" + w + " $d, $a;", width, {width, 0, 0}, rows, [&](uint64_t a, uint64_t, uint64_t) {
            uint64_t result = 0;
            for (unsigned i = 0; i < width; i++, a >>= 1) result = result << 1 | (a & 1);
            return result;
        });
        const auto find = [&](uint64_t a, bool with_sign) {
            const bool sign = with_sign && a >> (width - 1) & 1;
            for (int i = (int)width - 1; i >= 0; i--) {
                if ((bool)(a >> i & 1) != sign) return i;
            }
            return -1;
        };
        check_instruction("bfind.u" + w + " $d, $a;", 32, {width, 0, 0}, rows, [&](uint64_t a, uint64_t, uint64_t) { return find(a, false); });
        check_instruction("bfind.s" + w + " $d, $a;", 32, {width, 0, 0}, rows, [&](uint64_t a, uint64_t, uint64_t) { return find(a, true); });
        check_instruction("bfind.shiftamt.u" + w + " $d, $a;", 32, {width, 0, 0}, rows,
                          [&](uint64_t a, uint64_t, uint64_t) { return find(a, false) < 0 ? -1 : (int)width - 1 - find(a, false); });
    }
}

TEST("bytes: prmt and dot products") {
    const auto rows = integer_rows(32);
    check_instruction("prmt.b32 $d, $a, $b, $c;", 32, {32, 32, 32}, rows, [](uint64_t a, uint64_t b, uint64_t c) {
        uint8_t bytes[8];
        for (int i = 0; i < 4; i++) bytes[i] = (uint8_t)(a >> (8 * i)), bytes[4 + i] = (uint8_t)(b >> (8 * i));
        uint64_t result = 0;
        for (int i = 0; i < 4; i++) {
            const unsigned selector = (unsigned)(c >> (4 * i));
            uint8_t byte = bytes[selector & 7];
            if (selector & 8) byte = byte >= 128 ? 255 : 0;
            result |= (uint64_t)byte << (8 * i);
        }
        return result;
    });
    const auto part = [](uint64_t word, int i, unsigned width, bool with_sign) { return value(word >> (width * (unsigned)i), width, with_sign); };
    for (const bool a_signed : {false, true}) {
        for (const bool b_signed : {false, true}) {
            const std::string types = std::string(a_signed ? ".s32" : ".u32") + (b_signed ? ".s32" : ".u32");
            check_instruction("dp4a" + types + " $d, $a, $b, $c;", 32, {32, 32, 32}, rows, [&](uint64_t a, uint64_t b, uint64_t c) {
                Big sum = (Big)c;
                for (int i = 0; i < 4; i++) sum += part(a, i, 8, a_signed) * part(b, i, 8, b_signed);
                return sum;
            });
            for (const bool low : {true, false}) {
                check_instruction(std::string("dp2a.") + (low ? "lo" : "hi") + types + " $d, $a, $b, $c;", 32, {32, 32, 32}, rows,
                                  [&](uint64_t a, uint64_t b, uint64_t c) {
                                      return (Big)c + part(a, 0, 16, a_signed) * part(b, low ? 0 : 2, 8, b_signed) + part(a, 1, 16, a_signed) * part(b, low ? 1 : 3, 8, b_signed);
                                  });
            }
        }
    }
}

TEST("setp, selp, slct") {
    check_instruction("setp.lt.s32 $d, $a, $b;", 1, {32, 32, 0}, integer_rows(32), [](uint64_t a, uint64_t b, uint64_t) { return value(a, 32, true) < value(b, 32, true); });
    check_instruction("setp.ge.u64 $d, $a, $b;", 1, {64, 64, 0}, integer_rows(64), [](uint64_t a, uint64_t b, uint64_t) { return a >= b; });
    check_instruction("setp.hi.u16 $d, $a, $b;", 1, {16, 16, 0}, integer_rows(16), [](uint64_t a, uint64_t b, uint64_t) { return a > b; });
    check_instruction("{ .reg .pred p, q; setp.eq.u32 p, $c, 0; setp.lt.and.u32 p|q, $a, $b, !p; selp.b32 $d, 1, 2, p; @q add.u32 $d, $d, 4; }", 32, {32, 32, 32},
                      integer_rows(32), [](uint64_t a, uint64_t b, uint64_t c) { return (a < b && c != 0 ? 1 : 2) + (!(a < b) && c != 0 ? 4 : 0); });
    check_instruction("slct.u32.s32 $d, $a, $b, $c;", 32, {32, 32, 32}, integer_rows(32), [](uint64_t a, uint64_t b, uint64_t c) { return value(c, 32, true) >= 0 ? a : b; });
    check_instruction("set.le.s32.u32 $d, $a, $b;", 32, {32, 32, 0}, integer_rows(32), [](uint64_t a, uint64_t b, uint64_t) { return a <= b ? -1 : 0; });
}
