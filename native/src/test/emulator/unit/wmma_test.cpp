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
    const char* sum;
    unsigned factor_bytes, sum_bytes;
    const char* types;  // behind the shape of wmma.mma
    unsigned a, b, c;   // registers at m16n16; b and a change places at m8n32, and so on
};

const Kind F16_F32{"f16", "f32", 2, 4, "f32.f32", 8, 8, 8};
const Kind F16_F16{"f16", "f16", 2, 2, "f16.f16", 8, 8, 4};
const Kind BF16{"bf16", "f32", 2, 4, "f32.bf16.bf16.f32", 4, 4, 8};
const Kind TF32{"tf32", "f32", 4, 4, "f32.tf32.tf32.f32", 4, 4, 8};
const Kind S8{"s8", "s32", 1, 4, "s32.s8.s8.s32", 2, 2, 8};
const Kind U8{"u8", "s32", 1, 4, "s32.u8.u8.s32", 2, 2, 8};

std::string vector(unsigned from, unsigned count) {
    std::string text = "{";
    for (unsigned i = 0; i < count; i++) text += (i ? ", %r" : "%r") + std::to_string(from + i);
    return text + "}";
}

// Registers of a fragment at this shape: eight of f16 whatever the shape.
unsigned registers(const Kind& kind, unsigned at_sixteen, int extent) {
    return std::string(kind.factor) == "f16" ? 8 : at_sixteen * (unsigned)extent / 16;
}

uint32_t encoded(const std::string& type, double value) {
    if (type == "f16") return (uint32_t)f16_table().nearest(value, std::signbit(value));
    if (type == "bf16") return as<uint32_t>((float)value) >> 16;
    if (type == "f32" || type == "tf32") return as<uint32_t>((float)value);
    return (uint32_t)(int32_t)value;
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
    std::vector<uint8_t> bytes(const std::string& type, unsigned size) const {
        std::vector<uint8_t> all((size_t)(by_columns ? columns : rows) * (size_t)stride * size, 0x7F);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                const uint32_t code = encoded(type, at(i, j));
                std::memcpy(&all[place(i, j) * size], &code, size);
            }
        }
        return all;
    }
};

void product(const Kind& kind, const Shape& shape, bool a_columns, bool b_columns, bool c_columns, const std::string& space, int padding) {
    std::mt19937 random(7);
    const int least = kind.factor[0] == 'u' ? 0 : -4;
    const auto stride = [&](int rows, int columns, bool by_columns) { return (by_columns ? rows : columns) + padding; };
    const Matrix a(shape.m, shape.k, a_columns, stride(shape.m, shape.k, a_columns), random, least, 4);
    const Matrix b(shape.k, shape.n, b_columns, stride(shape.k, shape.n, b_columns), random, least, 4);
    const Matrix c(shape.m, shape.n, c_columns, stride(shape.m, shape.n, c_columns), random, -9, 9);
    Device device;
    std::vector<uint8_t> in = a.bytes(kind.factor, kind.factor_bytes);
    const size_t at_b = in.size();
    const std::vector<uint8_t> of_b = b.bytes(kind.factor, kind.factor_bytes), of_c = c.bytes(kind.sum, kind.sum_bytes);
    in.insert(in.end(), of_b.begin(), of_b.end());
    const size_t at_c = in.size();
    in.insert(in.end(), of_c.begin(), of_c.end());
    const uint64_t source = device.upload(in), target = device.allocate(of_c.size());

    const unsigned of_ra = registers(kind, kind.a, shape.m), of_rb = registers(kind, kind.b, shape.n), of_rc = kind.c;
    const auto layout = [](bool by_columns) { return std::string(by_columns ? "col" : "row"); };
    const std::string where = space.empty() ? "" : space + ".", ends = "." + shape.name() + ".";
    const auto apart = [&](const Matrix& m) { return padding == 0 ? std::string(";\n") : ", " + std::to_string(m.stride) + ";\n"; };
    const std::string body =
        "wmma.load.a.sync.aligned." + layout(a_columns) + ends + where + kind.factor + " " + vector(1, of_ra) + ", [%rd60]" + apart(a) +
        "wmma.load.b.sync.aligned." + layout(b_columns) + ends + where + kind.factor + " " + vector(10, of_rb) + ", [%rd60+" + std::to_string(at_b) + "]" + apart(b) +
        "wmma.load.c.sync.aligned." + layout(c_columns) + ends + where + kind.sum + " " + vector(20, of_rc) + ", [%rd60+" + std::to_string(at_c) + "]" + apart(c) +
        "wmma.mma.sync.aligned." + layout(a_columns) + "." + layout(b_columns) + ends + kind.types + " " + vector(20, of_rc) + ", " + vector(1, of_ra) + ", " + vector(10, of_rb) + ", " + vector(20, of_rc) + ";\n" +
        "wmma.store.d.sync.aligned." + layout(c_columns) + ends + where + kind.sum + " [%rd61], " + vector(20, of_rc) + apart(c);
    device.load(kernel_around(body));
    const LaunchResult result = device.launch("k", {1, 1, 1}, {32, 1, 1}, source, target);
    if (result.fault) return harness::report(__FILE__, __LINE__, result.fault->text());

    const std::vector<uint8_t> out = device.download<uint8_t>(target, of_c.size());
    for (int i = 0; i < shape.m; i++) {
        for (int j = 0; j < shape.n; j++) {
            double sum = c.at(i, j);
            for (int k = 0; k < shape.k; k++) sum += a.at(i, k) * b.at(k, j);
            uint32_t code = 0;
            std::memcpy(&code, &out[c.place(i, j) * kind.sum_bytes], kind.sum_bytes);
            if (code == encoded(kind.sum, sum == 0 ? 0.0 : sum)) continue;
            harness::report(__FILE__, __LINE__, shape.name() + "." + kind.types + " at " + std::to_string(i) + ", " + std::to_string(j));
            return;
        }
    }
    const std::string counter = "mma." + shape.name() + "." + kind.factor + ".flops";
    CHECK_EQUAL(result.counters.named.at(counter), (uint64_t)(2 * shape.m * shape.n * shape.k));
}

}  // namespace

TEST("every shape, type and layout") {
    for (const Kind& kind : {F16_F32, F16_F16, BF16, S8, U8}) {
        for (const Shape& shape : {Shape{16, 16, 16}, Shape{32, 8, 16}, Shape{8, 32, 16}}) {
            for (int layouts = 0; layouts < 8; layouts++) {
                product(kind, shape, layouts & 1, layouts & 2, layouts & 4, layouts == 5 ? "" : "global", 0);
            }
        }
    }
    for (int layouts = 0; layouts < 8; layouts++) product(TF32, {16, 16, 8}, layouts & 1, layouts & 2, layouts & 4, "global", 0);
}

TEST("rows and columns with room between them") {
    product(F16_F32, {16, 16, 16}, false, false, false, "global", 16);
    product(F16_F16, {8, 32, 16}, true, true, true, "", 8);
    product(S8, {32, 8, 16}, false, true, false, "global", 32);
    product(TF32, {16, 16, 8}, true, false, true, "global", 4);
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
    CHECK_CONTAINS(message("wmma.load.a.sync.aligned.row.m8n8k4.global.f64 {%fd1}, [%rd60]"), "needs one of the shapes");
    CHECK_CONTAINS(message("wmma.load.a.sync.aligned.row.m16n16k16.global.tf32 {%r1, %r2, %r3, %r4}, [%rd60]"), "is not a shape of .tf32");
    CHECK_CONTAINS(message("wmma.load.a.sync.aligned.row.m16n16k16.global.f16 {%r1, %r2, %r3, %r4}, [%rd60]"), "a vector of 8");
    CHECK_CONTAINS(message("wmma.mma.sync.aligned.row.col.m16n16k16.f32.f16 " + vector(1, 8) + ", " + vector(9, 8) + ", " + vector(17, 8) + ", " + vector(25, 4)), "accumulators of these types");
}
