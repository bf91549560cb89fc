#include <algorithm>
#include <limits>

#include "exec/op.h"
#include "ops/matrix/integer_tile.h"

namespace ridgepoint::emulator {
namespace {

constexpr unsigned DEEPEST = 64, MOST_ROWS = 16, COLUMNS = 8;

struct Tile {
    int32_t a[MOST_ROWS][DEEPEST];
    int32_t b[COLUMNS][DEEPEST];
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

void unpack(const IntegerForm& form, const FragmentRegisters& registers, Tile& tile) {
    const Fragment fragment = form.fragment;
    for (unsigned lane = 0; lane < LANES; lane++) {
        for (unsigned i = 0; i < fragment.packed; i++) {
            for (unsigned r = 0; r < fragment.registers_of_a(); r++) {
                const Place at = fragment.in_a(lane, r, i);
                tile.a[at.row][at.column] = element(form.a, registers.a[r][lane], i);
            }
            for (unsigned r = 0; r < fragment.registers_of_b(); r++) {
                const Place at = fragment.in_b(lane, r, i);
                tile.b[at.column][at.row] = element(form.b, registers.b[r][lane], i);
            }
        }
    }
}

}  // namespace

// Registers of C are read before any of D is written: the same may stand in both, in another order.
void multiply_integers_plainly(const IntegerForm& form, const FragmentRegisters& registers) {
    const unsigned accumulators = form.fragment.accumulators();
    Tile tile;
    unpack(form, registers, tile);
    uint32_t result[4][LANES];
    for (unsigned e = 0; e < accumulators; e++) {
        for (unsigned lane = 0; lane < LANES; lane++) {
            const Place at = Fragment::in_c(lane, e);
            int64_t sum = (int32_t)registers.c[e][lane];
            for (unsigned k = 0; k < form.fragment.depth; k++) sum += tile.a[at.row][k] * tile.b[at.column][k];
            result[e][lane] = (uint32_t)narrowed(sum, form.clamp);
        }
    }
    for (unsigned e = 0; e < accumulators; e++) std::copy(result[e], result[e] + LANES, registers.d[e]);
}

}  // namespace ridgepoint::emulator
