// mma.sync of s8, u8, s4, u4: exact, then wrapped or clamped to 32 bits.
#include <algorithm>
#include <limits>
#include <optional>

#include "ops/matrix/mma_form.h"
#include "ops/whole_warp.h"

namespace ridgepoint::emulator {
namespace {

constexpr unsigned DEEPEST = 64;

struct IntegerType {
    const char* name;
    unsigned bits;
    bool has_sign;
};
constexpr IntegerType TYPES[] = {{"s8", 8, true}, {"u8", 8, false}, {"s4", 4, true}, {"u4", 4, false}};

struct IntegerMma : MmaForm {
    IntegerType a_type, b_type;
    bool clamp = false;
};

int32_t element(const IntegerType& type, uint32_t packed, unsigned i) {
    const uint32_t at_top = packed << (32 - type.bits * (i + 1));
    return type.has_sign ? (int32_t)at_top >> (32 - type.bits) : (int32_t)(at_top >> (32 - type.bits));
}

int32_t narrowed(int64_t value, bool clamp) {
    if (!clamp) return (int32_t)value;
    typedef std::numeric_limits<int32_t> Limits;
    return (int32_t)std::clamp<int64_t>(value, Limits::min(), Limits::max());
}

// Rows lie side by side for the vector units. Products of 64 pairs of bytes cannot overflow.
struct Tile {
    int32_t a[DEEPEST][16];
    int32_t b[DEEPEST][8];
    int32_t sum[8][16];
};

void unpack(Warp& warp, const IntegerMma& form, Tile& tile) {
    const Fragment fragment = form.fragment;
    const unsigned of_a = fragment.registers_of_a(), of_b = fragment.registers_of_b();
    for (unsigned r = 0; r < of_a; r++) {
        const uint32_t* lanes = warp.read<uint32_t>(form.a[r]);
        for (unsigned lane = 0; lane < LANES; lane++) {
            for (unsigned i = 0; i < fragment.packed; i++) {
                const Place at = fragment.in_a(lane, r, i);
                tile.a[at.column][at.row] = element(form.a_type, lanes[lane], i);
            }
        }
    }
    for (unsigned r = 0; r < of_b; r++) {
        const uint32_t* lanes = warp.read<uint32_t>(form.b[r]);
        for (unsigned lane = 0; lane < LANES; lane++) {
            for (unsigned i = 0; i < fragment.packed; i++) {
                const Place at = fragment.in_b(lane, r, i);
                tile.b[at.row][at.column] = element(form.b_type, lanes[lane], i);
            }
        }
    }
}

void multiply_tile(Tile& tile, unsigned depth) {
    for (unsigned column = 0; column < 8; column++) {
        int32_t sums[16] = {};
        for (unsigned k = 0; k < depth; k++) {
            for (unsigned row = 0; row < 16; row++) sums[row] += tile.a[k][row] * tile.b[k][column];
        }
        std::copy(sums, sums + 16, tile.sum[column]);
    }
}

// Registers of C are read before any of D is written: the same may stand in both, in another order.
void add_accumulators(Warp& warp, const IntegerMma& form, const Tile& tile) {
    int32_t result[MOST_C][LANES];
    const unsigned accumulators = form.fragment.accumulators();
    for (unsigned e = 0; e < accumulators; e++) {
        const int32_t* from = warp.read<int32_t>(form.c[e]);
        for (unsigned lane = 0; lane < LANES; lane++) {
            const Place at = Fragment::in_c(lane, e);
            result[e][lane] = narrowed((int64_t)from[lane] + tile.sum[at.column][at.row], form.clamp);
        }
    }
    for (unsigned e = 0; e < accumulators; e++) std::copy(result[e], result[e] + LANES, warp.write<int32_t>(form.d[e]));
}

Flow multiply(Warp& warp, const Op& op, LaneMask active) {
    if (!whole_warp(warp, active, "mma.sync")) return Flow::Blocked;
    const IntegerMma& form = *static_cast<const IntegerMma*>(op.extra);
    Tile tile;
    if (form.fragment.rows == 8) std::fill(&tile.a[0][0], &tile.a[0][0] + DEEPEST * 16, 0);
    unpack(warp, form, tile);
    multiply_tile(tile, form.fragment.depth);
    add_accumulators(warp, form, tile);
    form.count(warp);
    return Flow::Next;
}

std::optional<IntegerType> take_integer(Decoder& d) {
    for (const IntegerType& type : TYPES) {
        if (d.front() == type.name) {
            d.take(type.name);
            return type;
        }
    }
    return std::nullopt;
}

bool has_shape(const IntegerType& type, const MmaShape& shape) {
    const unsigned least = 128 / type.bits;  // of a row of 16 bytes
    return (shape.rows == 8 && shape.depth == least) || (shape.rows == 16 && (shape.depth == least || shape.depth == 2 * least));
}

}  // namespace

void decode_integer_mma(Decoder& d, const MmaShape& shape) {
    IntegerMma form;
    form.clamp = d.take("satfinite");
    d.require("s32");
    const auto a = take_integer(d), b = take_integer(d);
    d.require("s32");
    if (!a || !b || a->bits != b->bits) d.refuse("these factors are not supported");
    if (!has_shape(*a, shape)) d.refuse("." + shape.name() + " is not a supported shape of ." + a->name);
    form.a_type = *a;
    form.b_type = *b;
    form.fragment = {shape.rows, shape.depth, 32 / a->bits};
    form.bind(d, Type::B32, Type::B32, form.fragment.accumulators());
    form.name_counter(std::string(a->name) == b->name ? std::string(a->name) : std::string(a->name) + "." + b->name);
    d.emit(InstructionClass::Matrix, multiply, {}).extra = d.keep(form);
}

}  // namespace ridgepoint::emulator
