// wmma: every shape, type and layout against products of small numbers, which every order of adding gets right.
#include <cmath>
#include <random>

#include "one_instruction.h"
#include "table.h"

using namespace testing;

namespace {

struct Shape {
    int m, n, k;
    std::string name() const { return "m" + std::to_string(m) + "n" + std::to_string(n) + "k" + std::to_string(k); }
};

struct Kind {
    const char* factor;
    const char* sum;     // the type of C
    unsigned factor_bits, sum_bits;
    const char* types;  // behind the shape of wmma.mma
    unsigned a, b, c;   // registers at m16n16; b and a change places at m8n32, and so on
    const char* result = nullptr;  // the type of D where it is not that of C
    unsigned d = 0;
    const char* operation = "";    // of bits
    std::string type_of_d() const { return result != nullptr ? result : sum; }
    unsigned registers_of_d() const { return result != nullptr ? d : c; }
    bool wide() const { return factor_bits == 64; }
};

const Kind F16_F32{"f16", "f32", 16, 32, "f32.f32", 8, 8, 8};
const Kind F16_F16{"f16", "f16", 16, 16, "f16.f16", 8, 8, 4};
const Kind F16_UP{"f16", "f16", 16, 16, "f32.f16", 8, 8, 4, "f32", 8};
const Kind F16_DOWN{"f16", "f32", 16, 32, "f16.f32", 8, 8, 8, "f16", 4};
const Kind BF16{"bf16", "f32", 16, 32, "f32.bf16.bf16.f32", 4, 4, 8};
const Kind TF32{"tf32", "f32", 32, 32, "f32.tf32.tf32.f32", 4, 4, 8};
const Kind S8{"s8", "s32", 8, 32, "s32.s8.s8.s32", 2, 2, 8};
const Kind U8{"u8", "s32", 8, 32, "s32.u8.u8.s32", 2, 2, 8};
// Of 8 x 8 alone: twice the registers that there are, see registers().
const Kind F64{"f64", "f64", 64, 64, "f64.f64.f64.f64", 2, 2, 2};
const Kind S4{"s4", "s32", 4, 32, "s32.s4.s4.s32", 2, 2, 2};
const Kind U4{"u4", "s32", 4, 32, "s32.u4.u4.s32", 2, 2, 2};
const Kind XOR{"b1", "s32", 1, 32, "s32.b1.b1.s32", 2, 2, 2, nullptr, 0, ".xor.popc"};
const Kind AND{"b1", "s32", 1, 32, "s32.b1.b1.s32", 2, 2, 2, nullptr, 0, ".and.popc"};

std::string vector(unsigned from, unsigned count, bool wide = false) {
    std::string text = "{";
    for (unsigned i = 0; i < count; i++) text += (i ? ", " : "") + std::string(wide ? "%fd" : "%r") + std::to_string(from + i);
    return text + "}";
}

// Registers of a fragment at this shape: eight of f16 whatever the shape.
unsigned registers(const Kind& kind, unsigned at_sixteen, int extent) {
    return std::string(kind.factor) == "f16" ? 8 : at_sixteen * (unsigned)extent / 16;
}

uint64_t encoded(const std::string& type, double value) {
    if (type == "f64") return as<uint64_t>(value);
    if (type == "f16") return (uint32_t)f16_table().nearest(value, std::signbit(value));
    if (type == "bf16") return as<uint32_t>((float)value) >> 16;
    if (type == "f32" || type == "tf32") return as<uint32_t>((float)value);
    return (uint64_t)(int64_t)value;
}

unsigned bits_of(const std::string& type) { return type == "f64" ? 64 : type == "f16" ? 16 : 32; }

// The lowest `bits` of a code, at element `place` of what lies there.
void put(std::vector<uint8_t>& all, size_t place, unsigned bits, uint64_t code) {
    if (bits >= 8) {
        std::memcpy(&all[place * bits / 8], &code, bits / 8);
        return;
    }
    const unsigned shift = (unsigned)(place * bits % 8), mask = (1u << bits) - 1;
    uint8_t& byte = all[place * bits / 8];
    byte = (uint8_t)((byte & ~(mask << shift)) | ((unsigned)code & mask) << shift);
}

// A matrix in memory, rows or columns `stride` elements apart.
struct Matrix {
    int rows, columns, stride;
    bool by_columns;
    std::vector<double> value;

    Matrix(int r, int c, bool columns_first, int apart, std::mt19937& random, int least, int most)
        : rows(r), columns(c), stride(apart), by_columns(columns_first) {
        std::uniform_int_distribution<int> any(least, most);
        for (int i = 0; i < r * c; i++) value.push_back(any(random));
    }
    double at(int row, int column) const { return value[(size_t)(row * columns + column)]; }
    size_t place(int row, int column) const { return (size_t)(by_columns ? column * stride + row : row * stride + column); }
    std::vector<uint8_t> bytes(const std::string& type, unsigned bits) const {
        std::vector<uint8_t> all((size_t)(by_columns ? columns : rows) * (size_t)stride * bits / 8, 0x7F);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) put(all, place(i, j), bits, encoded(type, at(i, j)));
        }
        return all;
    }
};

void product(const Kind& kind, const Shape& shape, bool a_columns, bool b_columns, bool c_columns, const std::string& space, int padding) {
    std::mt19937 random(7);
    const std::string factor = kind.factor, operation = kind.operation, type_of_d = kind.type_of_d();
    const int least = factor[0] == 'u' || factor == "b1" ? 0 : -4, most = factor == "b1" ? 1 : 4;
    const auto stride = [&](int rows, int columns, bool by_columns) { return (by_columns ? rows : columns) + padding; };
    const Matrix a(shape.m, shape.k, a_columns, stride(shape.m, shape.k, a_columns), random, least, most);
    const Matrix b(shape.k, shape.n, b_columns, stride(shape.k, shape.n, b_columns), random, least, most);
    const Matrix c(shape.m, shape.n, c_columns, stride(shape.m, shape.n, c_columns), random, -9, 9);
    Device device;
    std::vector<uint8_t> in = a.bytes(kind.factor, kind.factor_bits);
    const size_t at_b = in.size();
    const std::vector<uint8_t> of_b = b.bytes(kind.factor, kind.factor_bits), of_c = c.bytes(kind.sum, kind.sum_bits);
    in.insert(in.end(), of_b.begin(), of_b.end());
    const size_t at_c = in.size();
    in.insert(in.end(), of_c.begin(), of_c.end());
    const uint64_t source = device.upload(in), target = device.allocate(of_c.size() * bits_of(type_of_d) / kind.sum_bits);

    const unsigned of_ra = registers(kind, kind.a, shape.m), of_rb = registers(kind, kind.b, shape.n), of_rc = kind.c, of_rd = kind.registers_of_d();
    const bool wide = kind.wide();
    const auto layout = [](bool by_columns) { return std::string(by_columns ? "col" : "row"); };
    const std::string where = space.empty() ? "" : space + ".", ends = "." + shape.name() + ".";
    const auto apart = [&](const Matrix& m) { return padding == 0 ? std::string(";\n") : ", " + std::to_string(m.stride) + ";\n"; };
    const std::string body =
        "wmma.load.a.sync.aligned." + layout(a_columns) + ends + where + kind.factor + " " + vector(1, of_ra, wide) + ", [%rd60]" + apart(a) +
        "wmma.load.b.sync.aligned." + layout(b_columns) + ends + where + kind.factor + " " + vector(10, of_rb, wide) + ", [%rd60+" + std::to_string(at_b) + "]" + apart(b) +
        "wmma.load.c.sync.aligned." + layout(c_columns) + ends + where + kind.sum + " " + vector(20, of_rc, wide) + ", [%rd60+" + std::to_string(at_c) + "]" + apart(c) +
        "wmma.mma" + operation + ".sync.aligned." + layout(a_columns) + "." + layout(b_columns) + ends + kind.types + " " + vector(20, of_rd, wide) + ", " +
        vector(1, of_ra, wide) + ", " + vector(10, of_rb, wide) + ", " + vector(20, of_rc, wide) + ";\n" +
        "wmma.store.d.sync.aligned." + layout(c_columns) + ends + where + type_of_d + " [%rd61], " + vector(20, of_rd, wide) + apart(c);
    device.load(kernel_around(body));
    const LaunchResult result = device.launch("k", {1, 1, 1}, {32, 1, 1}, source, target);
    if (result.fault) return harness::report(__FILE__, __LINE__, result.fault->text());

    const unsigned bits = bits_of(type_of_d);
    const std::vector<uint8_t> out = device.download<uint8_t>(target, of_c.size() * bits / kind.sum_bits);
    for (int i = 0; i < shape.m; i++) {
        for (int j = 0; j < shape.n; j++) {
            double sum = c.at(i, j);
            for (int k = 0; k < shape.k; k++) sum += operation == ".xor.popc" ? a.at(i, k) != b.at(k, j) : a.at(i, k) * b.at(k, j);
            uint64_t code = 0, expected = 0;
            std::memcpy(&code, &out[c.place(i, j) * bits / 8], bits / 8);
            const uint64_t whole = encoded(type_of_d, sum == 0 ? 0.0 : sum);
            std::memcpy(&expected, &whole, bits / 8);
            if (code == expected) continue;
            harness::report(__FILE__, __LINE__, shape.name() + "." + kind.types + operation + " at " + std::to_string(i) + ", " + std::to_string(j));
            return;
        }
    }
    const std::string counter = "mma." + shape.name() + "." + kind.factor + ".flops";
    CHECK_EQUAL(result.counters.named.at(counter), (uint64_t)(2 * shape.m * shape.n * shape.k));
}

}  // namespace

TEST("every shape, type and layout") {
    for (const Kind& kind : {F16_F32, F16_F16, F16_UP, F16_DOWN, BF16, S8, U8}) {
        for (const Shape& shape : {Shape{16, 16, 16}, Shape{32, 8, 16}, Shape{8, 32, 16}}) {
            for (int layouts = 0; layouts < 8; layouts++) {
                product(kind, shape, layouts & 1, layouts & 2, layouts & 4, layouts == 5 ? "" : "global", 0);
            }
        }
    }
    for (int layouts = 0; layouts < 8; layouts++) product(TF32, {16, 16, 8}, layouts & 1, layouts & 2, layouts & 4, "global", 0);
    for (int layouts = 0; layouts < 8; layouts++) product(F64, {8, 8, 4}, layouts & 1, layouts & 2, layouts & 4, layouts == 5 ? "" : "global", 0);
    for (const bool by_columns : {false, true}) {
        for (const Kind& kind : {S4, U4}) product(kind, {8, 8, 32}, false, true, by_columns, "global", 0);
        for (const Kind& kind : {XOR, AND}) product(kind, {8, 8, 128}, false, true, by_columns, by_columns ? "" : "global", 0);
    }
}

TEST("rows and columns with room between them") {
    product(F16_F32, {16, 16, 16}, false, false, false, "global", 16);
    product(F16_F16, {8, 32, 16}, true, true, true, "", 8);
    product(S8, {32, 8, 16}, false, true, false, "global", 32);
    product(TF32, {16, 16, 8}, true, false, true, "global", 4);
    product(F64, {8, 8, 4}, true, false, true, "global", 2);
    product(S4, {8, 8, 32}, false, true, false, "global", 32);
    product(XOR, {8, 8, 128}, false, true, false, "", 128);
}

TEST("a matrix beyond its allocation is out of bounds") {
    Device device;
    const uint64_t source = device.upload(std::vector<uint16_t>(255, 0)), target = device.allocate(4);
    device.load(kernel_around("wmma.load.a.sync.aligned.row.m16n16k16.global.f16 " + vector(1, 8) + ", [%rd60];\n"));
    const LaunchResult result = device.launch("k", {1, 1, 1}, {32, 1, 1}, source, target);
    if (!result.fault) return harness::report(__FILE__, __LINE__, "no fault");
    CHECK(result.fault->kind == FaultKind::IllegalAddress);
}

TEST("what wmma does not have is refused by name") {
    const auto message = [](const std::string& instruction) {
        try {
            Module::load(kernel_around(instruction + ";\n"), {});
        } catch (const LoadError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    CHECK_CONTAINS(message("wmma.load.a.sync.aligned.row.m8n8k4.global.f64 {%fd1, %fd2}, [%rd60]"), "a vector of 1");
    CHECK_CONTAINS(message("wmma.load.a.sync.aligned.row.m8n8k16.global.s8 {%r1}, [%rd60]"), "needs a shape of wmma");
    CHECK_CONTAINS(message("wmma.load.a.sync.aligned.col.m8n8k32.global.s4 {%r1}, [%rd60]"), "lies by rows");
    CHECK_CONTAINS(message("wmma.load.c.sync.aligned.row.m8n8k4.global.f32 {%r1, %r2}, [%rd60]"), "is not a shape of .f32");
    CHECK_CONTAINS(message("wmma.mma.sync.aligned.row.col.m8n8k4.rz.f64.f64.f64.f64 {%fd1, %fd2}, {%fd3}, {%fd4}, {%fd5, %fd6}"), "only rounding to nearest");
    CHECK_CONTAINS(message("wmma.mma.sync.aligned.row.col.m8n8k32.s32.s4.u4.s32 {%r1, %r2}, {%r3}, {%r4}, {%r5, %r6}"), "do not go together");
    for (const std::string layouts : {"col.row", "row.row", "col.col"}) {
        CHECK_CONTAINS(message("wmma.mma.sync.aligned." + layouts + ".m8n8k32.s32.s4.s4.s32 {%r1, %r2}, {%r3}, {%r4}, {%r5, %r6}"), "only .row.col");
    }
    CHECK_CONTAINS(message("wmma.load.a.sync.aligned.row.m16n16k16.global.tf32 {%r1, %r2, %r3, %r4}, [%rd60]"), "is not a shape of .tf32");
    CHECK_CONTAINS(message("wmma.load.a.sync.aligned.row.m16n16k16.global.f16 {%r1, %r2, %r3, %r4}, [%rd60]"), "a vector of 8");
    CHECK_CONTAINS(message("wmma.mma.sync.aligned.row.col.m16n16k16.f16.bf16.bf16.f32 " + vector(1, 4) + ", " + vector(9, 4) + ", " + vector(17, 4) + ", " + vector(25, 8)), "accumulators of these types");
}
