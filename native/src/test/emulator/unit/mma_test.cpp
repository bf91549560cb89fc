// mma.sync against the definitions: every form through PTX, bit by bit.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>
#include <random>
#include <stdexcept>

#include "device.h"
#include "harness.h"
#include "model/matrix_model.h"
#include "ops/matrix/float_tile.h"

using namespace testing;
using model::Cell;

namespace {

constexpr int LANES = 32;

struct Form {
    int m, k;
    std::string a, b, result;  // types as PTX names them
    int bits;                  // of an element of A and B
    std::string extra;         // ".satfinite"
};

std::string list(const std::string& name, int from, int count) {
    std::string text = "{";
    for (int i = 0; i < count; i++) text += (i ? ", " : "") + name + std::to_string(from + i);
    return text + "}";
}

int words_of_a(const Form& f) { return f.m * f.k * f.bits / 32 / LANES; }
int words_of_b(const Form& f) { return f.k * 8 * f.bits / 32 / LANES; }
int words_of_c(const Form& f) { return f.m * 8 * (f.result == "f16" ? 16 : f.result == "f64" ? 64 : 32) / 32 / LANES; }

// Each lane's words lie at in + 128 lane: A from 0, B from 32, C from 48; D goes to out + 32 lane.
std::string ptx(const Form& f) {
    const bool wide = f.result == "f64";
    const int step = wide ? 8 : 4, factor = wide ? 2 : 1;
    const std::string reg = wide ? "%fd" : "%r", type = wide ? "f64" : "b32";
    std::string body = "mad.wide.u32 %rd1, %r60, 256, %rd60;\nmad.wide.u32 %rd2, %r60, 64, %rd61;\n";
    const auto load = [&](int first, int count, int offset) {
        for (int i = 0; i < count; i++) {
            body += "ld.global." + type + " " + reg + std::to_string(first + i) + ", [%rd1+" + std::to_string(offset + i * step) + "];\n";
        }
    };
    const int a = words_of_a(f) / factor, b = words_of_b(f) / factor, c = words_of_c(f) / factor;
    load(0, a, 0);
    load(10, b, 128);
    load(20, c, 192);
    body += "mma.sync.aligned.m" + std::to_string(f.m) + "n8k" + std::to_string(f.k) + ".row.col" + f.extra + "." + f.result + "." + f.a +
            "." + f.b + "." + f.result + " " + list(reg, 30, c) + ", " + list(reg, 0, a) + ", " + list(reg, 10, b) + ", " + list(reg, 20, c) + ";\n";
    for (int i = 0; i < c; i++) body += "st.global." + type + " [%rd2+" + std::to_string(i * step) + "], " + reg + std::to_string(30 + i) + ";\n";
    return kernel_around(body);
}

typedef std::vector<std::vector<uint64_t>> Codes;  // [row][column]

uint64_t get(const std::vector<uint32_t>& words, size_t base, int bits, int i) {
    if (bits == 64) return words[base + 2 * (size_t)i] | (uint64_t)words[base + 2 * (size_t)i + 1] << 32;
    const int packed = 32 / bits;
    return words[base + (size_t)(i / packed)] >> (i % packed * bits) & (bits == 32 ? 0xffffffffu : (1u << bits) - 1);
}

struct Run {
    Codes a, b, c, d;
    LaunchResult result;
};

Run run(Device& device, const Form& f, const std::vector<uint32_t>& in) {
    const uint64_t from = device.upload(in), to = device.allocate(LANES * 64);
    Run run;
    run.result = device.launch("k", {1, 1, 1}, {LANES, 1, 1}, from, to);
    if (run.result.fault) throw std::runtime_error(run.result.fault->text());
    const std::vector<uint32_t> out = device.download<uint32_t>(to, LANES * 16);
    run.a.assign((size_t)f.m, std::vector<uint64_t>((size_t)f.k));
    run.b.assign((size_t)f.k, std::vector<uint64_t>(8));
    run.c.assign((size_t)f.m, std::vector<uint64_t>(8));
    run.d = run.c;
    const int result_bits = f.result == "f16" ? 16 : f.result == "f64" ? 64 : 32;
    for (int lane = 0; lane < LANES; lane++) {
        const size_t base = (size_t)lane * 64;
        for (int i = 0; i < f.m * f.k / LANES; i++) {
            const Cell at = model::cell_of_a(f.m, f.bits, lane, i);
            run.a[(size_t)at.row][(size_t)at.column] = get(in, base, f.bits, i);
        }
        for (int i = 0; i < f.k * 8 / LANES; i++) {
            const Cell at = model::cell_of_b(f.bits, lane, i);
            run.b[(size_t)at.row][(size_t)at.column] = get(in, base + 32, f.bits, i);
        }
        for (int i = 0; i < f.m * 8 / LANES; i++) {
            const Cell at = model::cell_of_c(lane, i);
            run.c[(size_t)at.row][(size_t)at.column] = get(in, base + 48, result_bits, i);
            run.d[(size_t)at.row][(size_t)at.column] = get(out, (size_t)lane * 16, result_bits, i);
        }
    }
    return run;
}

// --- floating point ---

enum class Values { Ordinary, AnyBits, Tiny, Huge, Sparse };

// A code of the format whose exponent lies around one, or any.
uint32_t random_code(const model::Number& type, Values values, std::mt19937& random) {
    const int field = type.mantissa_bits + type.ignored_bits;
    uint32_t code = (uint32_t)random() & (type.bits == 32 ? 0xffffffffu : (1u << type.bits) - 1);
    if (values == Values::AnyBits) return code;
    if (values == Values::Sparse && random() % 4 != 0) return 0;
    const int top = (1 << type.exponent_bits) - 1;
    const int spread = std::min(type.bias() - 1, 12);
    const int middle = values == Values::Tiny ? spread / 2 : values == Values::Huge ? top - 1 - spread / 2 : type.bias();
    const int exponent = std::clamp(middle + (int)(random() % (unsigned)spread) - spread / 2, 0, top - 1);
    code &= ~((uint32_t)top << field);
    return code | (uint32_t)exponent << field;
}

void fill(std::vector<uint32_t>& in, const Form& f, Values values, std::mt19937& random) {
    const auto put = [&](size_t base, int words, const model::Number& type) {
        for (int w = 0; w < words; w++) {
            uint32_t packed = 0;
            for (int i = 0; i < 32 / type.bits; i++) packed |= random_code(type, values, random) << (i * type.bits);
            in[base + (size_t)w] = packed;
        }
    };
    for (size_t lane = 0; lane < LANES; lane++) {
        put(lane * 64, words_of_a(f), model::number(f.a));
        put(lane * 64 + 32, words_of_b(f), model::number(f.b));
        put(lane * 64 + 48, words_of_c(f), model::number(f.result));
    }
}

void check_float(const Form& f, int architecture, Values values, unsigned seed) {
    std::mt19937 random(seed);
    Device device;
    device.load(ptx(f));
    device.traits.architecture = architecture;
    std::vector<uint32_t> in(LANES * 64);
    for (int round = 0; round < 8; round++) {
        fill(in, f, values, random);
        device.execution.wide_vectors = round % 2 == 0;  // where the processor has none: the same as without
        const Run done = run(device, f, in);
        const model::Number &a = model::number(f.a), &b = model::number(f.b), &c = model::number(f.result);
        for (size_t row = 0; row < (size_t)f.m; row++) {
            for (size_t column = 0; column < 8; column++) {
                std::vector<double> factors, others;
                for (size_t k = 0; k < (size_t)f.k; k++) {
                    factors.push_back(a.value((uint32_t)done.a[row][k]));
                    others.push_back(b.value((uint32_t)done.b[k][column]));
                }
                const uint32_t expected = model::tensor_dot(architecture, a, b, c, factors, others, c.value((uint32_t)done.c[row][column]));
                CHECK_EQUAL((uint32_t)done.d[row][column], expected);
            }
        }
        const std::string types = f.a == f.b ? f.a : f.a + "." + f.b;
        CHECK_EQUAL(done.result.counters.named.at("mma.m16n8k" + std::to_string(f.k) + "." + types + ".flops"), (uint64_t)(2 * 16 * 8 * f.k));
    }
}

const Form FLOATS[] = {
    {16, 8, "f16", "f16", "f32", 16, ""},    {16, 16, "f16", "f16", "f32", 16, ""},  {16, 8, "f16", "f16", "f16", 16, ""},
    {16, 16, "f16", "f16", "f16", 16, ""},   {16, 8, "bf16", "bf16", "f32", 16, ""}, {16, 16, "bf16", "bf16", "f32", 16, ""},
    {16, 4, "tf32", "tf32", "f32", 32, ""},  {16, 8, "tf32", "tf32", "f32", 32, ""}, {16, 16, "e4m3", "e4m3", "f32", 8, ""},
    {16, 32, "e4m3", "e4m3", "f32", 8, ""},  {16, 32, "e5m2", "e5m2", "f32", 8, ""}, {16, 32, "e4m3", "e5m2", "f32", 8, ""},
    {16, 32, "e5m2", "e4m3", "f16", 8, ""},
};

void check_floats(Values values, unsigned seed) {
    for (const Form& form : FLOATS) {
        for (const int architecture : {80, 89, 90, 120}) {
            if (form.bits == 8 && architecture == 80) continue;
            check_float(form, architecture, values, seed++);
        }
    }
}

TEST("mma of ordinary values") { check_floats(Values::Ordinary, 100); }
TEST("mma of any bits: infinities, NaN, subnormals") { check_floats(Values::AnyBits, 200); }
TEST("mma of tiny values") { check_floats(Values::Tiny, 300); }
TEST("mma of huge values") { check_floats(Values::Huge, 400); }
TEST("mma with zeros") { check_floats(Values::Sparse, 500); }

// The sum of exact products cut at a fixed bit is within that bit, for each term, of the exact sum.
TEST("mma stays within the bound of truncation") {
    const Form form{16, 16, "bf16", "bf16", "f32", 16, ""};
    std::mt19937 random(7);
    Device device;
    device.load(ptx(form));
    std::vector<uint32_t> in(LANES * 64);
    for (int round = 0; round < 20; round++) {
        fill(in, form, Values::Ordinary, random);
        const Run done = run(device, form, in);
        const model::Number &bf16 = model::number("bf16"), &f32 = model::number("f32");
        for (size_t row = 0; row < 16; row++) {
            for (size_t column = 0; column < 8; column++) {
                long double exact = f32.value((uint32_t)done.c[row][column]);
                double largest = std::fabs((double)exact);
                for (size_t k = 0; k < 16; k++) {
                    const double product = bf16.value((uint32_t)done.a[row][k]) * bf16.value((uint32_t)done.b[k][column]);
                    exact += product;
                    largest = std::max(largest, std::fabs(product));
                }
                const double result = f32.value((uint32_t)done.d[row][column]);
                const double bound = 17 * std::ldexp(largest, -24) + std::ldexp(std::fabs(result), -23);
                CHECK(std::fabs((double)(exact - result)) <= bound);
            }
        }
    }
}

// The registers of one mma, and a place for results of each path.
struct Lanes {
    uint32_t words[10][LANES];
    FragmentRegisters registers{};

    explicit Lanes(const std::vector<uint32_t>& in) {
        for (size_t lane = 0; lane < LANES; lane++) {
            for (size_t i = 0; i < 4; i++) words[i][lane] = in[lane * 64 + i];
            for (size_t i = 0; i < 2; i++) words[4 + i][lane] = in[lane * 64 + 32 + i];
            for (size_t i = 0; i < 4; i++) words[6 + i][lane] = in[lane * 64 + 48 + i];
        }
        for (size_t i = 0; i < 4; i++) registers.a[i] = words[i];
        for (size_t i = 0; i < 2; i++) registers.b[i] = words[4 + i];
        for (size_t i = 0; i < 4; i++) registers.c[i] = words[6 + i];
    }
    const FragmentRegisters& into(uint32_t (&results)[4][LANES]) {
        for (size_t i = 0; i < 4; i++) registers.d[i] = results[i];
        return registers;
    }
};

FloatForm float_form(const Form& f) {
    FloatForm form;
    form.fragment = {(unsigned)f.m, (unsigned)f.k, (unsigned)(32 / f.bits)};
    form.a = *type_named(f.a);
    form.b = *type_named(f.b);
    form.result = *type_named(f.result);
    return form;
}

void run_plainly(const FloatForm& form, const Accumulation& how, const FragmentRegisters& registers) {
    FloatTile tile;
    unpack_plainly(form, registers, tile);
    multiply_plainly(form, how, tile);
    pack_plainly(form, tile, registers);
}

// Machines without AVX2 have only the plain path; where both are there, they agree in every bit.
TEST("the plain and the quick path of mma agree") {
    std::mt19937 random(11);
    for (const Form& f : FLOATS) {
        const FloatForm form = float_form(f);
        for (const Values values : {Values::Ordinary, Values::AnyBits, Values::Tiny, Values::Huge, Values::Sparse}) {
            std::vector<uint32_t> in(LANES * 64);
            fill(in, f, values, random);
            uint32_t plain[4][LANES] = {}, quick[4][LANES] = {};
            Lanes lanes(in);
            const Accumulation how = Accumulation::of(90, form.a, form.result);
            run_plainly(form, how, lanes.into(plain));
            FloatTile tile;
            unpack_quickly(form, lanes.into(quick), tile);
            multiply_quickly(form, how, tile);
            pack_quickly(form, tile, lanes.registers);
            CHECK(std::memcmp(plain, quick, sizeof plain) == 0);
        }
    }
}

// How many of a number of tiles the wide path has taken; those it has are as the plain one has them, of the others it has
// written nothing.
int taken_wide(const Form& f, int architecture, int tiles, const std::function<void(std::vector<uint32_t>&)>& fill_tile) {
    const FloatForm form = float_form(f);
    const Accumulation how = Accumulation::of(architecture, form.a, form.result);
    int taken = 0;
    for (int i = 0; i < tiles; i++) {
        std::vector<uint32_t> in(LANES * 64);
        fill_tile(in);
        uint32_t plain[4][LANES] = {}, wide[4][LANES] = {};
        Lanes lanes(in);
        const bool done = multiply_wide(form, how, lanes.into(wide));
        if (done) run_plainly(form, how, lanes.into(plain));
        CHECK(std::memcmp(plain, wide, sizeof plain) == 0);
        taken += done;
    }
    return taken;
}

template <class F>
void for_wide_forms(F body) {
    bool any = false;
    for (const Form& f : FLOATS) {
        if (!runs_wide(float_form(f))) continue;
        any = true;
        for (const int architecture : {80, 90}) body(f, architecture);
    }
    if (!any) std::printf("left out: this processor has no vectors of 512 bits\n");
}

TEST("the wide path of mma agrees with the plain one") {
    std::mt19937 random(12);
    for_wide_forms([&](const Form& f, int architecture) {
        const auto of = [&](Values values) {
            return taken_wide(f, architecture, 40, [&](std::vector<uint32_t>& in) { fill(in, f, values, random); });
        };
        CHECK_EQUAL(of(Values::Ordinary), 40);
        CHECK_EQUAL(of(Values::AnyBits), 0);
        CHECK_EQUAL(of(Values::Tiny), f.a == "f16" ? 40 : 0);  // accumulators near the lower end hide behind products of f16
        CHECK_EQUAL(of(Values::Huge), 0);
        CHECK_EQUAL(of(Values::Sparse), 40);
    });
}

TEST("the wide path of mma where exponents come near its limits, and everything between") {
    std::mt19937 random(13);
    for_wide_forms([&](const Form& f, int architecture) {
        const model::Number &factor = model::number(f.a), &sum = model::number("f32");
        const int spread = f.a == "f16" ? 14 : 64;
        int taken = 0;
        for (int middle = -126; middle <= 126; middle += 3) {
            taken += taken_wide(f, architecture, 4, [&](std::vector<uint32_t>& in) {
                // Factors whose products have exponents near `middle`, as far as they reach that, and accumulators near it.
                const auto code = [&](const model::Number& type, int exponent, int around) -> uint32_t {
                    const int biased = std::clamp(exponent + (int)(random() % (unsigned)around) - around / 2 + type.bias(), 0, 2 * type.bias());
                    const uint32_t any = (uint32_t)random(), below = (1u << type.mantissa_bits) - 1, sign = 1u << (type.bits - 1);
                    return any % 8 == 0 ? 0 : (uint32_t)biased << type.mantissa_bits | (any & (below | sign));
                };
                const int half = std::clamp(middle / 2, -spread, spread), around = 1 + (int)(random() % 9);
                for (size_t lane = 0; lane < LANES; lane++) {
                    for (size_t i = 0; i < 4; i++) in[lane * 64 + i] = code(factor, half, around) | code(factor, half, around) << 16;
                    for (size_t i = 0; i < 2; i++) in[lane * 64 + 32 + i] = code(factor, middle - half, around) | code(factor, middle - half, around) << 16;
                    for (size_t i = 0; i < 4; i++) in[lane * 64 + 48 + i] = code(sum, random() % 2 ? middle : (int)(random() % 100) - 50, around);
                }
            });
        }
        CHECK(taken > 100);
        CHECK(taken < 340);
    });
}

// Of factors just below two, sixteen products need 32 bits and a sign: what the wide path has no room for on Hopper.
TEST("the wide path of mma with the largest sums") {
    for_wide_forms([&](const Form& f, int architecture) {
        const model::Number& factor = model::number(f.a);
        const uint32_t largest = (uint32_t)factor.bias() << factor.mantissa_bits | ((1u << factor.mantissa_bits) - 1), minus = 1u << 15;
        const auto filled_with = [&](uint32_t a, uint32_t b, uint32_t c) {
            return [=](std::vector<uint32_t>& in) {
                for (size_t lane = 0; lane < LANES; lane++) {
                    for (size_t i = 0; i < 4; i++) in[lane * 64 + i] = a | a << 16;
                    for (size_t i = 0; i < 2; i++) in[lane * 64 + 32 + i] = b | b << 16;
                    for (size_t i = 0; i < 4; i++) in[lane * 64 + 48 + i] = c;
                }
            };
        };
        const int fits = f.k == 8 || architecture < 90;
        const uint32_t below_two = 0x3fffffff;
        CHECK_EQUAL(taken_wide(f, architecture, 1, filled_with(largest, largest, below_two)), fits);
        CHECK_EQUAL(taken_wide(f, architecture, 1, filled_with(largest | minus, largest, below_two | 0x80000000u)), fits);
        CHECK_EQUAL(taken_wide(f, architecture, 1, filled_with(largest, largest, 0)), 1);
        CHECK_EQUAL(taken_wide(f, architecture, 1, filled_with(0, largest, 0)), 1);
        CHECK_EQUAL(taken_wide(f, architecture, 1, filled_with(minus, largest, 0x80000000u)), 1);
        CHECK_EQUAL(taken_wide(f, architecture, 1, filled_with(0, 0, 1)), 0);  // a subnormal accumulator alone
    });
}

// --- integers ---

int64_t integer(const std::string& type, uint64_t code, int bits) {
    return type[0] == 's' && (code >> (bits - 1) & 1) ? (int64_t)code - (1ll << bits) : (int64_t)code;
}

void check_integer(const Form& f, bool extremes, unsigned seed) {
    std::mt19937 random(seed);
    Device device;
    device.load(ptx(f));
    std::vector<uint32_t> in(LANES * 64);
    for (int round = 0; round < 6; round++) {
        for (uint32_t& word : in) word = extremes ? (random() % 2 ? 0x7fffffffu : 0x80000000u) : (uint32_t)random();
        const Run done = run(device, f, in);
        for (size_t row = 0; row < (size_t)f.m; row++) {
            for (size_t column = 0; column < 8; column++) {
                int64_t sum = (int32_t)(uint32_t)done.c[row][column];
                for (size_t k = 0; k < (size_t)f.k; k++) sum += integer(f.a, done.a[row][k], f.bits) * integer(f.b, done.b[k][column], f.bits);
                if (!f.extra.empty()) sum = std::max<int64_t>(INT32_MIN, std::min<int64_t>(INT32_MAX, sum));
                CHECK_EQUAL((uint32_t)done.d[row][column], (uint32_t)sum);
            }
        }
    }
}

// Bits that differ, or that both have.
void check_bits(int m, int k, bool both, unsigned seed) {
    std::mt19937 random(seed);
    const Form f{m, k, "b1", "b1", "s32", 1, ""};
    std::string text = ptx(f);
    const std::string types = ".s32.b1.b1.s32";
    text.insert(text.find(types) + types.size(), both ? ".and.popc" : ".xor.popc");
    Device device;
    device.load(text);
    std::vector<uint32_t> in(LANES * 64);
    for (int round = 0; round < 4; round++) {
        for (uint32_t& word : in) word = (uint32_t)random();
        const Run done = run(device, f, in);
        for (size_t row = 0; row < (size_t)m; row++) {
            for (size_t column = 0; column < 8; column++) {
                uint64_t sum = done.c[row][column];
                for (size_t i = 0; i < (size_t)k; i++) sum += both ? done.a[row][i] * done.b[i][column] : done.a[row][i] != done.b[i][column];
                CHECK_EQUAL((uint32_t)done.d[row][column], (uint32_t)sum);
            }
        }
        CHECK_EQUAL(done.result.counters.named.at("mma.m" + std::to_string(m) + "n8k" + std::to_string(k) + ".b1.flops"), (uint64_t)(2 * m * 8 * k));
    }
}

TEST("mma of bits") {
    for (const bool both : {false, true}) {
        check_bits(8, 128, both, 1);
        check_bits(16, 128, both, 2);
        check_bits(16, 256, both, 3);
    }
}

TEST("mma of integers") {
    unsigned seed = 1;
    for (const char* extra : {"", ".satfinite"}) {
        for (const bool extremes : {false, true}) {
            for (const char* a : {"s8", "u8"}) {
                for (const char* b : {"s8", "u8"}) {
                    for (const auto& [m, k] : {std::pair<int, int>{8, 16}, {16, 16}, {16, 32}}) check_integer({m, k, a, b, "s32", 8, extra}, extremes, seed++);
                }
            }
            for (const char* a : {"s4", "u4"}) {
                for (const char* b : {"s4", "u4"}) {
                    for (const auto& [m, k] : {std::pair<int, int>{8, 32}, {16, 32}, {16, 64}}) check_integer({m, k, a, b, "s32", 4, extra}, extremes, seed++);
                }
            }
        }
    }
}

// --- f64 ---

TEST("mma of f64 is a chain of fused multiply-adds") {
    std::mt19937_64 random(3);
    std::uniform_real_distribution<double> value(-2, 2);
    for (const auto& [m, k] : {std::pair<int, int>{8, 4}, {16, 4}, {16, 8}, {16, 16}}) {
        const Form form{m, k, "f64", "f64", "f64", 64, ""};
        Device device;
        device.load(ptx(form));
        std::vector<uint32_t> in(LANES * 64);
        for (size_t i = 0; i < in.size(); i += 2) {
            const double v = value(random);
            std::memcpy(&in[i], &v, sizeof v);
        }
        const Run done = run(device, form, in);
        const auto real = [](uint64_t code) {
            double v;
            std::memcpy(&v, &code, sizeof v);
            return v;
        };
        for (size_t row = 0; row < (size_t)m; row++) {
            for (size_t column = 0; column < 8; column++) {
                double sum = real(done.c[row][column]);
                for (size_t i = 0; i < (size_t)k; i++) sum = std::fma(real(done.a[row][i]), real(done.b[i][column]), sum);
                CHECK_EQUAL(real(done.d[row][column]), sum);
            }
        }
    }
}

// --- refusals and faults ---

std::string refusal(const std::string& instruction) {
    Device device;
    try {
        device.load(kernel_around(instruction + "\n"));
    } catch (const LoadError& error) {
        return error.what();
    }
    return "accepted";
}

TEST("what is not done is refused by name") {
    CHECK_CONTAINS(refusal("mma.sp.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%f0,%f1,%f2,%f3}, {%r0,%r1}, {%r2,%r3}, {%f0,%f1,%f2,%f3}, %r4, 0;"), "sparse");
    CHECK_CONTAINS(refusal("mma.sync.aligned.m8n8k4.row.row.f32.f16.f16.f32 {%f0}, {%r0,%r1}, {%r2,%r3}, {%f0};"), "m8n8k4 of f16");
    CHECK_CONTAINS(refusal("mma.sync.aligned.m16n8k32.row.col.f32.bf16.bf16.f32 {%f0,%f1,%f2,%f3}, {%r0,%r1,%r2,%r3}, {%r2,%r3}, {%f0,%f1,%f2,%f3};"), "m16n8k32 is not a supported shape of .bf16");
    CHECK_CONTAINS(refusal("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%f0,%f1,%f2,%f3}, {%r0,%r1,%r2}, {%r2,%r3}, {%f0,%f1,%f2,%f3};"), "vector of 4");
    CHECK_CONTAINS(refusal("wgmma.fence.sync.aligned;"), "Hopper instructions");
    CHECK_CONTAINS(refusal("setmaxnreg.inc.sync.aligned.u32 240;"), "Hopper instructions");
    CHECK_CONTAINS(refusal("barrier.cluster.arrive.aligned;"), "Hopper instructions");
}

TEST("mma by part of a warp is a fault") {
    Device device;
    device.load(kernel_around("setp.gt.u32 %p1, %r60, 30;\n@%p1 exit;\n"
                              "mma.sync.aligned.m16n8k8.row.col.f32.bf16.bf16.f32 {%f0,%f1,%f2,%f3}, {%r0,%r1}, {%r2}, {%f0,%f1,%f2,%f3};\n"));
    const LaunchResult result = device.launch("k", {1, 1, 1}, {32, 1, 1}, device.allocate(16), device.allocate(16));
    CHECK(result.fault.has_value());
    if (result.fault) CHECK_CONTAINS(result.fault->what, "needs all 32 threads");
}

}  // namespace
