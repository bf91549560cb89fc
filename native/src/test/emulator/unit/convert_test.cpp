// cvt: exhaustive from 8 and 16 bits, and to them at every number where rounding changes its mind.
#include <cmath>
#include <limits>

#include "one_instruction.h"
#include "table.h"

using namespace testing;

namespace {

std::vector<Operands> all_codes(unsigned bits) {
    std::vector<Operands> rows;
    for (uint64_t code = 0; code < 1ull << bits; code++) rows.push_back({code, 0, 0});
    return rows;
}

std::vector<Operands> rows_of(const std::vector<float>& numbers) {
    std::vector<Operands> rows;
    for (size_t i = 0; i < numbers.size(); i++) {
        rows.push_back({as<uint32_t>(numbers[i]), as<uint32_t>(numbers[numbers.size() - 1 - i]), 0});
    }
    return rows;
}

uint64_t nearest(const Table& table, float value, bool saturates = false) { return table.nearest((double)value, std::signbit(value), saturates); }

// What rounding to a whole number does to a double, by its definition.
double whole(double value, const std::string& mode) {
    const double below = std::floor(value), above = below + 1;
    if (value == below || std::isinf(value)) return value;
    if (mode == "rmi") return below;
    if (mode == "rpi") return above;
    if (mode == "rzi") return value < 0 ? above : below;
    if (value - below != above - value) return value - below < above - value ? below : above;
    return std::fmod(below, 2) == 0 ? below : above;
}

struct IntegerType {
    const char* name;
    unsigned bits;
    bool with_sign;
    double low() const { return with_sign ? -std::ldexp(1, (int)bits - 1) : 0; }
    double limit() const { return std::ldexp(1, with_sign ? (int)bits - 1 : (int)bits); }  // first beyond the largest
    uint64_t largest() const { return with_sign ? (1ull << (bits - 1)) - 1 : bits == 64 ? ~0ull : (1ull << bits) - 1; }
    uint64_t smallest() const { return with_sign ? ~0ull << (bits - 1) : 0; }
};
const IntegerType INTEGERS[] = {{"u8", 8, false}, {"s8", 8, true}, {"u16", 16, false}, {"s16", 16, true}, {"u32", 32, false}, {"s32", 32, true}, {"u64", 64, false}, {"s64", 64, true}};

unsigned register_bits(unsigned bits) { return bits < 16 ? 16 : bits; }

std::vector<Operands> near_integers() {
    std::vector<float> numbers{0.0f, -0.0f, 0.25f, 0.5f, 0.75f, 1.5f, 2.5f, 3.5f, 1e-40f, INFINITY, NAN, 3e38f};
    for (const int exponent : {7, 8, 15, 16, 23, 24, 31, 32, 63, 64}) {
        const float power = std::ldexp(1.0f, exponent);
        for (const float number : {power, std::nextafter(power, 0.0f), std::nextafter(power, INFINITY), power - 0.5f, power + 0.5f, power - 1, power - 1.5f}) numbers.push_back(number);
    }
    const size_t positive = numbers.size();
    for (size_t i = 0; i < positive; i++) numbers.push_back(-numbers[i]);
    std::mt19937 random(3);
    for (int i = 0; i < 4000; i++) numbers.push_back(as<float>((uint32_t)random()));
    for (int i = 0; i < 4000; i++) numbers.push_back((float)((int)(random() % 2000) - 1000) / 4);
    return rows_of(numbers);
}

}  // namespace

TEST("f16 and bf16 to f32, every code") {
    check_instruction("cvt.f32.f16 $d, $a;", 32, {16, 0, 0}, all_codes(16), [](uint64_t a, uint64_t, uint64_t) { return bits32((float)f16_table().value((unsigned)a)); });
    check_instruction("cvt.f32.bf16 $d, $a;", 32, {16, 0, 0}, all_codes(16), [](uint64_t a, uint64_t, uint64_t) { return bits32((float)bf16_table().value((unsigned)a)); });
}

TEST("fp8 pairs to f16 pairs, every code") {
    const auto half = [](const Table& table, uint64_t code) -> uint64_t { return nearest(f16_table(), (float)table.value((unsigned)code & 0xff)); };
    for (const bool wide : {true, false}) {
        const Table& table = wide ? e4m3_table() : e5m2_table();
        check_instruction(std::string("cvt.rn.f16x2.") + (wide ? "e4m3x2" : "e5m2x2") + " $d, $a;", 32, {16, 0, 0}, all_codes(16),
                          [&](uint64_t a, uint64_t, uint64_t) { return half(table, a >> 8) << 16 | half(table, a); });
    }
}

TEST("f32 to f16 and bf16, at every crossroads") {
    const auto f16 = rows_of(f16_table().crossroads()), bf16 = rows_of(bf16_table().crossroads());
    check_instruction("cvt.rn.f16.f32 $d, $a;", 16, {32, 0, 0}, f16, [](uint64_t a, uint64_t, uint64_t) { return nearest(f16_table(), f32(a)); });
    check_instruction("cvt.rn.bf16.f32 $d, $a;", 16, {32, 0, 0}, bf16, [](uint64_t a, uint64_t, uint64_t) { return nearest(bf16_table(), f32(a)); });
    check_instruction("cvt.rn.f16x2.f32 $d, $a, $b;", 32, {32, 32, 0}, f16, [](uint64_t a, uint64_t b, uint64_t) { return nearest(f16_table(), f32(a)) << 16 | nearest(f16_table(), f32(b)); });
    check_instruction("cvt.rn.bf16x2.f32 $d, $a, $b;", 32, {32, 32, 0}, bf16, [](uint64_t a, uint64_t b, uint64_t) { return nearest(bf16_table(), f32(a)) << 16 | nearest(bf16_table(), f32(b)); });
    check_instruction("cvt.rn.satfinite.bf16.f32 $d, $a;", 16, {32, 0, 0}, bf16, [](uint64_t a, uint64_t, uint64_t) { return nearest(bf16_table(), f32(a), true); });
    check_instruction("cvt.rn.relu.bf16x2.f32 $d, $a, $b;", 32, {32, 32, 0}, bf16, [](uint64_t a, uint64_t b, uint64_t) {
        const auto relu = [](float v) { return std::isnan(v) ? v : v > 0 ? v : 0.0f; };
        return nearest(bf16_table(), relu(f32(a))) << 16 | nearest(bf16_table(), relu(f32(b)));
    });
    // Towards zero: the value of the code nearest, or the one before it.
    check_instruction("cvt.rz.f16.f32 $d, $a;", 16, {32, 0, 0}, f16, [](uint64_t a, uint64_t, uint64_t) {
        const float v = f32(a);
        uint64_t code = nearest(f16_table(), v, std::isfinite(v));
        if (std::isfinite(v) && std::fabs(f16_table().value((unsigned)code)) > std::fabs((double)v)) code--;
        return code;
    });
}

TEST("f32 to fp8 pairs, at every crossroads") {
    for (const bool wide : {true, false}) {
        const Table& table = wide ? e4m3_table() : e5m2_table();
        check_instruction(std::string("cvt.rn.satfinite.") + (wide ? "e4m3x2" : "e5m2x2") + ".f32 $d, $a, $b;", 16, {32, 32, 0}, rows_of(table.crossroads()),
                          [&](uint64_t a, uint64_t b, uint64_t) { return nearest(table, f32(a), true) << 8 | nearest(table, f32(b), true); });
        auto pairs = all_codes(16);
        for (size_t i = 0; i < pairs.size(); i++) pairs[i][0] |= (i * 40503 & 0xffff) << 16;
        check_instruction(std::string("cvt.rn.satfinite.") + (wide ? "e4m3x2" : "e5m2x2") + ".f16x2 $d, $a;", 16, {32, 0, 0}, pairs, [&](uint64_t a, uint64_t, uint64_t) {
            const auto code = [&](uint64_t half) { return nearest(table, (float)f16_table().value((unsigned)half & 0xffff), true); };
            return code(a >> 16) << 8 | code(a);
        });
    }
}

TEST("f32 to tf32") {
    auto rows = f32_rows(20000);
    // Halfway cases of the 13 bits that go.
    for (size_t i = 0; i < rows.size(); i += 3) rows[i][0] = (rows[i][0] & 0xffffe000) | 0x1000;
    const auto kept = [](uint64_t bits, uint64_t add) { return (bits + add) & 0xffffe000; };
    const auto special = [](uint64_t bits) { return (bits & 0x7f800000) == 0x7f800000; };
    check_instruction("cvt.rna.tf32.f32 $d, $a;", 32, {32, 0, 0}, rows, [&](uint64_t a, uint64_t, uint64_t) {
        return (a & 0x7fffffff) > 0x7f800000 ? 0x7fffe000 : special(a) ? a : kept(a, 0x1000);
    });
    check_instruction("cvt.rn.tf32.f32 $d, $a;", 32, {32, 0, 0}, rows, [&](uint64_t a, uint64_t, uint64_t) {
        return (a & 0x7fffffff) > 0x7f800000 ? 0x7fffe000 : special(a) ? a : kept(a, 0xfff + (a >> 13 & 1));
    });
    check_instruction("cvt.rz.tf32.f32 $d, $a;", 32, {32, 0, 0}, rows, [&](uint64_t a, uint64_t, uint64_t) {
        return (a & 0x7fffffff) > 0x7f800000 ? 0x7fffe000 : kept(a, 0);
    });
}

TEST("f32 to integers, and to whole numbers") {
    const auto rows = near_integers();
    for (const std::string mode : {"rni", "rzi", "rmi", "rpi"}) {
        for (const IntegerType& type : INTEGERS) {
            check_instruction("cvt." + mode + "." + type.name + ".f32 $d, $a;", register_bits(type.bits), {32, 0, 0}, rows, [&](uint64_t a, uint64_t, uint64_t) -> uint64_t {
                if (std::isnan(f32(a))) return type.bits == 64 ? 1ull << 63 : 0;
                const double v = whole(f32(a), mode);
                return v >= type.limit() ? type.largest() : v <= type.low() ? type.smallest() : v < 0 ? (uint64_t)(int64_t)v : (uint64_t)v;
            });
        }
        check_instruction("cvt." + mode + ".f32.f32 $d, $a;", 32, {32, 0, 0}, rows, [&](uint64_t a, uint64_t, uint64_t) {
            const float v = f32(a);
            return std::isnan(v) ? bits32(v) : bits32(std::copysign((float)whole(v, mode), v));
        });
    }
}

TEST("every f16 to integers") {
    for (const IntegerType& type : INTEGERS) {
        check_instruction(std::string("cvt.rni.") + type.name + ".f16 $d, $a;", register_bits(type.bits), {16, 0, 0}, all_codes(16), [&](uint64_t a, uint64_t, uint64_t) -> uint64_t {
            const double v = f16_table().value((unsigned)a), w = whole(v, "rni");
            if (std::isnan(v)) return type.bits == 64 ? 1ull << 63 : 0;
            return w >= type.limit() ? type.largest() : w <= type.low() ? type.smallest() : (uint64_t)(int64_t)w;
        });
    }
}

TEST("integers to integers") {
    for (const IntegerType& from : INTEGERS) {
        for (const IntegerType& to : INTEGERS) {
            const auto number = [&](uint64_t bits) { return from.with_sign ? (__int128)((int64_t)(bits << (64 - from.bits)) >> (64 - from.bits)) : (__int128)(bits << (64 - from.bits) >> (64 - from.bits)); };
            // 8-bit values are extended to their register by their own sign.
            const auto in_register = [&](__int128 v) { return to.bits == 8 ? (uint64_t)(to.with_sign ? (int64_t)(int8_t)v : (int64_t)(uint8_t)v) : (uint64_t)v; };
            const std::string types = std::string(to.name) + "." + from.name + " $d, $a;";
            check_instruction("cvt." + types, register_bits(to.bits), {register_bits(from.bits), 0, 0}, integer_rows(register_bits(from.bits), 300),
                              [&](uint64_t a, uint64_t, uint64_t) { return in_register(number(a)); });
            if (to.low() <= from.low() && to.largest() >= from.largest()) continue;  // nothing to saturate: not in the ISA
            const __int128 low = to.with_sign ? -((__int128)1 << (to.bits - 1)) : 0, high = (__int128)to.largest();
            check_instruction("cvt.sat." + types, register_bits(to.bits), {register_bits(from.bits), 0, 0}, integer_rows(register_bits(from.bits), 300),
                              [&](uint64_t a, uint64_t, uint64_t) { return in_register(std::min(std::max(number(a), low), high)); });
        }
    }
}

TEST("integers to floats") {
    const auto rows = integer_rows(64, 3000);
    typedef long double Wide;  // holds 64 bits exactly
    check_instruction("cvt.rn.f32.s64 $d, $a;", 32, {64, 0, 0}, rows, [](uint64_t a, uint64_t, uint64_t) { return bits32((float)(Wide)(int64_t)a); });
    check_instruction("cvt.rn.f32.u64 $d, $a;", 32, {64, 0, 0}, rows, [](uint64_t a, uint64_t, uint64_t) { return bits32((float)(Wide)a); });
    check_instruction("cvt.rn.f64.u64 $d, $a;", 64, {64, 0, 0}, rows, [](uint64_t a, uint64_t, uint64_t) { return as<uint64_t>((double)(Wide)a); });
    check_instruction("cvt.rz.f32.u32 $d, $a;", 32, {32, 0, 0}, integer_rows(32), [](uint64_t a, uint64_t, uint64_t) {
        const float near = (float)a;
        return bits32((double)near > (double)a ? std::nextafter(near, 0.0f) : near);
    });
    check_instruction("cvt.rp.f32.s32 $d, $a;", 32, {32, 0, 0}, integer_rows(32), [](uint64_t a, uint64_t, uint64_t) {
        const double exact = (int32_t)a;
        const float near = (float)exact;
        return bits32((double)near < exact ? std::nextafter(near, INFINITY) : near);
    });
    check_instruction("cvt.rn.f32.s8 $d, $a;", 32, {16, 0, 0}, all_codes(16), [](uint64_t a, uint64_t, uint64_t) { return bits32((float)(int8_t)a); });
    check_instruction("cvt.rn.f16.s32 $d, $a;", 16, {32, 0, 0}, integer_rows(32), [](uint64_t a, uint64_t, uint64_t) { return f16_table().nearest((double)(int32_t)a, false); });
    check_instruction("cvt.rn.f16.u16 $d, $a;", 16, {16, 0, 0}, all_codes(16), [](uint64_t a, uint64_t, uint64_t) { return f16_table().nearest((double)a, false); });
}

TEST("f64 and f32") {
    const auto rows = f64_rows(20000);
    check_instruction("cvt.rn.f32.f64 $d, $a;", 32, {64, 0, 0}, rows, [](uint64_t a, uint64_t, uint64_t) { return bits32((float)f64(a)); });
    check_instruction("cvt.rm.f32.f64 $d, $a;", 32, {64, 0, 0}, rows, [](uint64_t a, uint64_t, uint64_t) {
        const double v = f64(a);
        const float near = (float)v;
        return bits32((double)near > v ? std::nextafter(near, -INFINITY) : near);
    });
    check_instruction("cvt.f64.f32 $d, $a;", 64, {32, 0, 0}, f32_rows(), [](uint64_t a, uint64_t, uint64_t) { return std::isnan(f32(a)) ? 0x7fffffffffffffff : as<uint64_t>((double)f32(a)); });
    check_instruction("cvt.ftz.f64.f32 $d, $a;", 64, {32, 0, 0}, f32_rows(), [](uint64_t a, uint64_t, uint64_t) {
        const float v = f32(a);
        return std::isnan(v) ? 0x7fffffffffffffff : as<uint64_t>(std::fpclassify(v) == FP_SUBNORMAL ? std::copysign(0.0, (double)v) : (double)v);
    });
    check_instruction("cvt.sat.f32.f32 $d, $a;", 32, {32, 0, 0}, f32_rows(), [](uint64_t a, uint64_t, uint64_t) { return bits32(f32(a) > 0 ? std::min(f32(a), 1.0f) : 0.0f); });
}

TEST("cvt.pack") {
    const auto clamp = [](uint64_t bits, int64_t low, int64_t high) { return (uint64_t)std::min(std::max<int64_t>((int32_t)bits, low), high); };
    check_instruction("cvt.pack.sat.s8.s32.b32 $d, $a, $b, $c;", 32, {32, 32, 32}, integer_rows(32),
                      [&](uint64_t a, uint64_t b, uint64_t c) { return (clamp(b, -128, 127) & 0xff) | (clamp(a, -128, 127) & 0xff) << 8 | c << 16; });
    check_instruction("cvt.pack.sat.u16.s32 $d, $a, $b;", 32, {32, 32, 0}, integer_rows(32), [&](uint64_t a, uint64_t b, uint64_t) { return clamp(b, 0, 65535) | clamp(a, 0, 65535) << 16; });
}

TEST("registers wider than a type are narrowed and extended") {
    check_instruction("cvt.u32.u8 $d, $a;", 32, {32, 0, 0}, integer_rows(32), [](uint64_t a, uint64_t, uint64_t) { return a & 0xff; });
    check_instruction("cvt.s8.s32 $d, $a;", 32, {32, 0, 0}, integer_rows(32), [](uint64_t a, uint64_t, uint64_t) { return (int64_t)(int8_t)a; });
    check_instruction("cvt.u16.u64 $d, $a;", 32, {64, 0, 0}, integer_rows(64), [](uint64_t a, uint64_t, uint64_t) { return a & 0xffff; });
}
