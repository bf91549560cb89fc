// The floating-point matrices of one mma.sync, taken out of its fragments: M = 16, N = 8, K up to 32.
#pragma once

#include <cstdint>

#include "decode/types.h"
#include "exec/op.h"
#include "ops/matrix/accumulation.h"
#include "ops/matrix/fragment.h"

namespace ridgepoint::emulator {

constexpr unsigned TILE_ROWS = 16;
constexpr unsigned TILE_COLUMNS = 8;
constexpr unsigned TILE_DEPTH = 32;

// Rows lie side by side, so that one vector holds the same column of several rows.
struct FloatTile {
    alignas(32) float a[TILE_DEPTH][TILE_ROWS];
    alignas(32) float b[TILE_DEPTH][TILE_COLUMNS];
    alignas(32) float c[TILE_COLUMNS][TILE_ROWS];  // f16 accumulators too: every f16 is a float
};

// What a floating-point mma is made of.
struct FloatForm {
    Fragment fragment;
    Type a, b;
    Type result;  // F32 or F16, of C and D
};

// The model: one element at a time, by the table of fragment.h and by AlignedSum.
void unpack_plainly(const FloatForm& form, const FragmentRegisters& registers, FloatTile& tile);
void multiply_plainly(const FloatForm& form, const Accumulation& how, FloatTile& tile);
void pack_plainly(const FloatForm& form, const FloatTile& tile, const FragmentRegisters& registers);
// The factors of a tile taken apart, once for all elements that need them.
struct FactorNumbers {
    Number a[TILE_DEPTH][TILE_ROWS];
    Number b[TILE_DEPTH][TILE_COLUMNS];

    FactorNumbers(const FloatForm& form, const FloatTile& tile);
};

// One element of a block of products, from column `k` on.
float block_plainly(const FloatForm& form, const Accumulation& how, const FactorNumbers& factors, float c, unsigned row, unsigned column,
                    unsigned k);

#if defined(__AVX2__) && defined(__F16C__)
// The same results, faster.
void unpack_quickly(const FloatForm& form, const FragmentRegisters& registers, FloatTile& tile);
void multiply_quickly(const FloatForm& form, const Accumulation& how, FloatTile& tile);
void pack_quickly(const FloatForm& form, const FloatTile& tile, const FragmentRegisters& registers);
#else
inline void unpack_quickly(const FloatForm& f, const FragmentRegisters& r, FloatTile& t) { unpack_plainly(f, r, t); }
inline void multiply_quickly(const FloatForm& f, const Accumulation& h, FloatTile& t) { multiply_plainly(f, h, t); }
inline void pack_quickly(const FloatForm& f, const FloatTile& t, const FragmentRegisters& r) { pack_plainly(f, t, r); }
#endif

// The same again by vectors of 512 bits, from registers to registers, for some forms on some processors.
#if defined(__x86_64__)
bool runs_wide(const FloatForm& form);
// Only where runs_wide(form). False for a tile with something unusual in it, of which nothing was written then.
bool multiply_wide(const FloatForm& form, const Accumulation& how, const FragmentRegisters& registers);
#else
inline bool runs_wide(const FloatForm&) { return false; }
inline bool multiply_wide(const FloatForm&, const Accumulation&, const FragmentRegisters&) { return false; }
#endif

}  // namespace ridgepoint::emulator
