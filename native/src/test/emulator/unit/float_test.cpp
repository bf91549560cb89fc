// f32, f64, f16 and bf16 arithmetic against exact sums and products in 113 bits, rounded by looking at neighbours.
#include <algorithm>
#include <cmath>

#include "one_instruction.h"
#include "table.h"

using namespace testing;

namespace {

typedef __float128 Exact;

enum class To { Nearest, Zero, Down, Up };

// The float on the asked side of an exact value: the nearest one, and one step from it if that lies on the wrong side.
template <class T>
T rounded(Exact exact, To mode) {
    T value = (T)exact;
    if (mode == To::Nearest || std::isnan(value)) return value;
    const bool down = mode == To::Down || (mode == To::Zero && exact > 0);
    if (down && (Exact)value > exact) return std::nextafter(value, (T)-INFINITY);
    if (!down && (Exact)value < exact) return std::nextafter(value, (T)INFINITY);
    return value;
}

// Exponents so near that 113 bits hold sums exactly.
bool comparable(double a, double b) {
    if (a == 0 || b == 0 || !std::isfinite(a) || !std::isfinite(b)) return true;
    return std::abs(std::ilogb(a) - std::ilogb(b)) < 55;
}

std::vector<Operands> comparable_rows(std::vector<Operands> rows) {
    std::vector<Operands> kept;
    for (const Operands& row : rows) {
        const double a = f32(row[0]), b = f32(row[1]), c = f32(row[2]);
        if (comparable(a, b) && comparable(a * b, c)) kept.push_back(row);
    }
    return kept;
}

const std::pair<const char*, To> MODES[] = {{"rn", To::Nearest}, {"rz", To::Zero}, {"rm", To::Down}, {"rp", To::Up}};

// The sign of an exact zero is that of the rounding mode; the model leaves zeros to a check of magnitude.
uint64_t zero_or(float expected, uint64_t got_bits) { return expected == 0 && (got_bits & 0x7fffffff) == 0 ? got_bits : bits32(expected); }

template <class Model>
void check_rounded(const std::string& opcode, unsigned sources, Model model) {
    const auto rows = comparable_rows(f32_rows(20000));
    for (const auto& [name, mode] : MODES) {
        const std::string text = opcode + "." + name + ".f32 $d, $a" + (sources > 1 ? ", $b" : "") + (sources > 2 ? ", $c" : "") + ";";
        const auto results = execute(text, 32, {32, sources > 1 ? 32u : 0u, sources > 2 ? 32u : 0u}, rows);
        for (size_t i = 0; i < rows.size(); i++) {
            const float expected = rounded<float>(model((Exact)f32(rows[i][0]), (Exact)f32(rows[i][1]), (Exact)f32(rows[i][2])), mode);
            if (zero_or(expected, results[i] & 0xffffffff) == (results[i] & 0xffffffff)) continue;
            char report[200];
            std::snprintf(report, sizeof report, "%s %a %a %a is %a, expected %a", text.c_str(), f32(rows[i][0]), f32(rows[i][1]), f32(rows[i][2]), f32(results[i]), expected);
            harness::report("float", 0, report);
        }
    }
}

float flush(float value) { return std::fpclassify(value) == FP_SUBNORMAL ? std::copysign(0.0f, value) : value; }

}  // namespace

TEST("f32 under four roundings") {
    check_rounded("add", 2, [](Exact a, Exact b, Exact) { return a + b; });
    check_rounded("sub", 2, [](Exact a, Exact b, Exact) { return a - b; });
    check_rounded("mul", 2, [](Exact a, Exact b, Exact) { return a * b; });
    check_rounded("fma", 3, [](Exact a, Exact b, Exact c) { return a * b + c; });
    // A quotient in 113 bits is not exact, but wrong only where it is within 2^-113 of a float, where it is that float.
    check_rounded("div", 2, [](Exact a, Exact b, Exact) { return a / b; });
    check_rounded("rcp", 1, [](Exact a, Exact, Exact) { return 1 / a; });
}

TEST("f32 flushing, clamping, canonical NaN") {
    const auto rows = f32_rows();
    check_instruction("add.ftz.f32 $d, $a, $b;", 32, {32, 32, 0}, rows, [](uint64_t a, uint64_t b, uint64_t) { return bits32(flush(flush(f32(a)) + flush(f32(b)))); });
    check_instruction("mul.ftz.f32 $d, $a, $b;", 32, {32, 32, 0}, rows, [](uint64_t a, uint64_t b, uint64_t) { return bits32(flush(flush(f32(a)) * flush(f32(b)))); });
    check_instruction("add.sat.f32 $d, $a, $b;", 32, {32, 32, 0}, rows, [](uint64_t a, uint64_t b, uint64_t) {
        const float sum = f32(a) + f32(b);
        return bits32(std::isnan(sum) || sum <= 0 ? 0.0f : std::fmin(sum, 1.0f));
    });
    check_instruction("neg.f32 $d, $a;", 32, {32, 0, 0}, rows, [](uint64_t a, uint64_t, uint64_t) { return a ^ 0x80000000; });
    check_instruction("abs.f32 $d, $a;", 32, {32, 0, 0}, rows, [](uint64_t a, uint64_t, uint64_t) { return a & 0x7fffffff; });
    check_instruction("sqrt.rn.f32 $d, $a;", 32, {32, 0, 0}, rows, [](uint64_t a, uint64_t, uint64_t) { return bits32((float)std::sqrt((double)f32(a))); });
}

TEST("min and max") {
    const auto rows = f32_rows();
    // By sorting keys: negative zero below positive zero.
    const auto key = [](float v) { const int32_t b = as<int32_t>(v); return b < 0 ? (int64_t)-(b & 0x7fffffff) - 1 : (int64_t)b; };
    for (const bool larger : {false, true}) {
        for (const bool nan_wins : {false, true}) {
            check_instruction(std::string(larger ? "max" : "min") + (nan_wins ? ".NaN" : "") + ".f32 $d, $a, $b;", 32, {32, 32, 0}, rows, [&](uint64_t a, uint64_t b, uint64_t) {
                const float x = f32(a), y = f32(b);
                if (std::isnan(x) || std::isnan(y)) return nan_wins || (std::isnan(x) && std::isnan(y)) ? bits32(NAN) : bits32(std::isnan(x) ? y : x);
                return bits32((key(x) < key(y)) != larger ? x : y);
            });
        }
    }
    check_instruction("max.xorsign.abs.f32 $d, $a, $b;", 32, {32, 32, 0}, rows, [&](uint64_t a, uint64_t b, uint64_t) {
        const float x = std::fabs(f32(a)), y = std::fabs(f32(b));
        const float m = std::isnan(x) ? y : std::isnan(y) ? x : std::max(x, y);
        return std::isnan(m) ? bits32(m) : bits32(m) | ((a ^ b) & 0x80000000);
    });
}

TEST("comparisons of floats") {
    const auto rows = f32_rows();
    struct Named { const char* name; bool (*of)(float, float); };
    const Named comparisons[] = {
        {"eq", [](float a, float b) { return !std::isunordered(a, b) && a == b; }}, {"ne", [](float a, float b) { return !std::isunordered(a, b) && a != b; }},
        {"lt", [](float a, float b) { return std::isless(a, b); }},                 {"ge", [](float a, float b) { return std::isgreaterequal(a, b); }},
        {"equ", [](float a, float b) { return std::isunordered(a, b) || a == b; }}, {"neu", [](float a, float b) { return std::isunordered(a, b) || a != b; }},
        {"ltu", [](float a, float b) { return !std::isgreaterequal(a, b); }},       {"geu", [](float a, float b) { return !std::isless(a, b); }},
        {"gtu", [](float a, float b) { return !std::islessequal(a, b); }},          {"leu", [](float a, float b) { return !std::isgreater(a, b); }},
        {"num", [](float a, float b) { return !std::isunordered(a, b); }},          {"nan", [](float a, float b) { return std::isunordered(a, b); }},
    };
    for (const Named& comparison : comparisons) {
        check_instruction(std::string("setp.") + comparison.name + ".f32 $d, $a, $b;", 1, {32, 32, 0}, rows,
                          [&](uint64_t a, uint64_t b, uint64_t) { return comparison.of(f32(a), f32(b)); });
    }
}

TEST("f64") {
    const auto rows = f64_rows();
    const auto same = [&](const std::string& text, unsigned sources, auto model) {
        const auto results = execute(text, 64, {64, sources > 1 ? 64u : 0u, sources > 2 ? 64u : 0u}, rows);
        for (size_t i = 0; i < rows.size(); i++) {
            const double expected = model(f64(rows[i][0]), f64(rows[i][1]), f64(rows[i][2]));
            if (std::isnan(expected) ? std::isnan(f64(results[i])) : as<uint64_t>(expected) == results[i]) continue;
            harness::report("f64", 0, text + ": got " + std::to_string(f64(results[i])) + ", expected " + std::to_string(expected));
        }
    };
    same("add.rn.f64 $d, $a, $b;", 2, [](double a, double b, double) { return a + b; });
    same("mul.f64 $d, $a, $b;", 2, [](double a, double b, double) { return a * b; });
    same("fma.rn.f64 $d, $a, $b, $c;", 3, [](double a, double b, double c) { return std::fma(a, b, c); });
    same("div.rn.f64 $d, $a, $b;", 2, [](double a, double b, double) { return a / b; });
    same("sqrt.rn.f64 $d, $a;", 1, [](double a, double, double) { return std::sqrt(a); });
    // Towards zero: the neighbour of the nearest sum, where that lies beyond the exact one, which a second sum tells.
    same("add.rz.f64 $d, $a, $b;", 2, [](double a, double b, double) {
        const double sum = a + b;
        if (std::isinf(sum) && std::isfinite(a) && std::isfinite(b)) return std::copysign(1.7976931348623157e308, sum);
        if (!std::isfinite(sum) || sum == 0) return sum;
        const double larger = std::fabs(a) > std::fabs(b) ? a : b, smaller = larger == a && std::fabs(a) > std::fabs(b) ? b : a;
        const double lost = smaller - (sum - larger);
        return lost != 0 && (lost > 0) != (sum > 0) ? std::nextafter(sum, 0.0) : sum;
    });
}

TEST("approximations stay within their bounds") {
    const auto rows = f32_rows();
    const auto close = [&](const std::string& text, double relative, auto model) {
        const auto results = execute(text, 32, {32, 0, 0}, rows);
        for (size_t i = 0; i < rows.size(); i++) {
            const double expected = model((double)f32(rows[i][0])), got = f32(results[i]);
            if (std::isnan(expected) ? std::isnan(got) : got == (float)expected || std::fabs(got - expected) <= relative * std::fabs(expected) + 1e-44) continue;
            harness::report("approximation", 0, text + " of " + std::to_string(f32(rows[i][0])) + " is " + std::to_string(got) + ", expected " + std::to_string(expected));
        }
    };
    close("ex2.approx.f32 $d, $a;", 1.2e-7, [](double a) { return std::exp2(a); });
    close("lg2.approx.f32 $d, $a;", 1.2e-7, [](double a) { return std::log2(a); });
    close("rsqrt.approx.f32 $d, $a;", 1.2e-7, [](double a) { return 1 / std::sqrt(a); });
    close("tanh.approx.f32 $d, $a;", 1.2e-7, [](double a) { return std::tanh(a); });
    close("sin.approx.f32 $d, $a;", 1.2e-7, [](double a) { return std::sin(a); });
}

namespace {

void check_half(const char* type, bool brain) {
    const Table& table = brain ? bf16_table() : f16_table();
    const auto rows = half_rows(brain, 20000);
    const auto check = [&](const std::string& opcode, unsigned sources, auto model) {
        const std::string text = opcode + "." + type + " $d, $a" + (sources > 1 ? ", $b" : "") + (sources > 2 ? ", $c" : "") + ";";
        const auto results = execute(text, 16, {16, sources > 1 ? 16u : 0u, sources > 2 ? 16u : 0u}, rows);
        for (size_t i = 0; i < rows.size(); i++) {
            const Exact exact = model((Exact)table.value((unsigned)rows[i][0]), (Exact)table.value((unsigned)rows[i][1]), (Exact)table.value((unsigned)rows[i][2]));
            const unsigned expected = table.nearest(exact, false), got = (unsigned)results[i] & 0xffff;
            if (got == expected || ((got & 0x7fff) == 0 && (expected & 0x7fff) == 0)) continue;
            char report[160];
            std::snprintf(report, sizeof report, "%s of %x %x %x is %x, expected %x", text.c_str(), (unsigned)rows[i][0], (unsigned)rows[i][1], (unsigned)rows[i][2], got, expected);
            harness::report("half", 0, report);
        }
    };
    check("add.rn", 2, [](Exact a, Exact b, Exact) { return a + b; });
    check("sub.rn", 2, [](Exact a, Exact b, Exact) { return a - b; });
    check("mul.rn", 2, [](Exact a, Exact b, Exact) { return a * b; });
    // Where 113 bits do not hold the sum, the small part still decides ties of the product, by its sign.
    check("fma.rn", 3, [](Exact a, Exact b, Exact c) {
        const Exact product = a * b, size = product < 0 ? -product : product;
        const bool far = c != 0 && size <= (Exact)0x1p1000 && (c < 0 ? -c : c) < size * 0x1p-90;
        return far ? product + (c > 0 ? size : -size) * 0x1p-60 : product + c;
    });
}

// A neighbour of the nearest value, on the asked side. Half the smallest step tells a sum that 113 bits do not hold from its
// larger part.
unsigned towards(const Table& table, Exact product, Exact c, To mode) {
    const Exact sum = product + c, rest = (product - (sum - (sum - product))) + (c - (sum - product));
    const unsigned nearest = table.nearest(sum, sum < 0);
    if (sum != sum || table.is_nan(nearest)) return nearest;
    const Exact value = (Exact)table.value(nearest), off = (value - sum) - rest;
    const bool below = mode == To::Down || (mode == To::Zero && sum + rest > 0);
    if (off == 0 || (below ? off < 0 : off > 0)) return nearest;
    if (sum == (Exact)INFINITY || sum == -(Exact)INFINITY) return nearest;
    // One code away from zero or towards it; zero has a neighbour of either sign.
    const unsigned sign = nearest & table.sign(), size = nearest & (table.sign() - 1);
    if (size == 0) return below ? table.sign() | 1 : 1;
    return sign | (unsigned)((sign != 0) == below ? size + 1 : size - 1);
}

}  // namespace

TEST("fma of bf16 towards a side") {
    const Table& table = bf16_table();
    const auto rows = half_rows(true, 20000);
    for (const auto& [name, mode] : MODES) {
        if (mode == To::Nearest) continue;
        const std::string plain = std::string("fma.") + name, clamped = plain + ".relu";
        const auto results = execute(plain + ".bf16 $d, $a, $b, $c;", 16, {16, 16, 16}, rows);
        const auto relu = execute(clamped + ".bf16 $d, $a, $b, $c;", 16, {16, 16, 16}, rows);
        const auto pairs = execute(plain + ".bf16x2 $d, $a, $b, $c;", 32, {32, 32, 32}, rows);
        for (size_t i = 0; i < rows.size(); i++) {
            const Exact product = (Exact)table.value((unsigned)rows[i][0] & 0xffff) * (Exact)table.value((unsigned)rows[i][1] & 0xffff);
            const unsigned expected = towards(table, product, (Exact)table.value((unsigned)rows[i][2] & 0xffff), mode), got = (unsigned)results[i] & 0xffff;
            CHECK_EQUAL((unsigned)pairs[i] & 0xffff, got);
            const bool positive = table.is_nan(got) || table.value(got) > 0;
            CHECK_EQUAL((unsigned)relu[i] & 0xffff, positive ? got : 0u);
            if (got == expected || ((got & 0x7fff) == 0 && (expected & 0x7fff) == 0)) continue;
            char report[160];
            std::snprintf(report, sizeof report, "%s of %x %x %x is %x, expected %x", plain.c_str(), (unsigned)rows[i][0], (unsigned)rows[i][1], (unsigned)rows[i][2], got, expected);
            harness::report("half", 0, report);
        }
    }
}

TEST("f16 arithmetic") { check_half("f16", false); }
TEST("bf16 arithmetic") { check_half("bf16", true); }

TEST("pairs of halves do what halves do") {
    const auto pairs = [](bool brain) {
        auto rows = half_rows(brain);
        for (size_t i = 0; i < rows.size(); i++) {
            for (int j = 0; j < 3; j++) rows[i][(size_t)j] |= rows[(i * 31 + 7) % rows.size()][(size_t)j] << 16 & 0xffff0000;
        }
        return rows;
    };
    for (const bool brain : {false, true}) {
        const auto rows = pairs(brain);
        const std::string type = brain ? "bf16" : "f16";
        for (const std::string op : {"fma.rn", "fma.rn.relu"}) {
            const auto packed = execute(op + "." + type + "x2 $d, $a, $b, $c;", 32, {32, 32, 32}, rows);
            const auto low = execute(op + "." + type + " $d, $a, $b, $c;", 16, {16, 16, 16}, rows);
            auto upper_rows = rows;
            for (auto& row : upper_rows) row = {row[0] >> 16, row[1] >> 16, row[2] >> 16};
            const auto high = execute(op + "." + type + " $d, $a, $b, $c;", 16, {16, 16, 16}, upper_rows);
            for (size_t i = 0; i < rows.size(); i++) CHECK_EQUAL(packed[i] & 0xffffffff, (high[i] & 0xffff) << 16 | (low[i] & 0xffff));
        }
    }
}
