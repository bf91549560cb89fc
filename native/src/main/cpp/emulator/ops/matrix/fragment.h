// Which lane holds which element of a matrix: the fragment layouts of mma.sync (PTX ISA, "Matrix Fragments for mma").
//
// A warp is 8 groups of 4 threads: group = lane / 4, thread = lane % 4. A register packs w = 32 / bits elements
// (1 of tf32, 2 of 16 bits, 4 of 8, 8 of 4; an f64 fills a register pair: w = 1). Then, for every shape but the
// m8n8k4 of f16, with R = M / 8 blocks of rows:
//
//     matrix        register r, element i of a lane is at
//     A (M x K)     row = group + 8 (r % R)          column = w thread + i + 4 w (r / R)
//     B (K x 8)     row = w thread + i + 4 w r       column = group
//     C, D (M x 8)  element e = 0 .. 2 R - 1 is at  row = group + 8 (e / 2)  column = 2 thread + e % 2
//
// C and D of f16 pack elements 2r and 2r + 1 into register r.
#pragma once

#include <cstdint>

namespace ridgepoint::emulator {

struct Place {
    unsigned row;
    unsigned column;
};

// The 32 lanes of each register of the fragments of one mma.sync.
struct FragmentRegisters {
    const uint32_t* a[4];
    const uint32_t* b[2];
    const uint32_t* c[4];
    uint32_t* d[4];
};

struct Fragment {
    unsigned rows;      // M
    unsigned depth;     // K
    unsigned packed;    // w, of A and B
    unsigned registers_of_a() const { return rows * depth / 32 / packed; }
    unsigned registers_of_b() const { return depth * 8 / 32 / packed; }
    unsigned accumulators() const { return rows / 4; }  // elements of C a lane holds

    Place in_a(unsigned lane, unsigned reg, unsigned element) const {
        const unsigned two = rows / 16;  // blocks of rows: as a shift, since this is asked for every element
        return {lane / 4 + 8 * (reg & two), lane % 4 * packed + element + 4 * packed * (reg >> two)};
    }
    Place in_b(unsigned lane, unsigned reg, unsigned element) const {
        return {lane % 4 * packed + element + 4 * packed * reg, lane / 4};
    }
    static Place in_c(unsigned lane, unsigned element) {
        return {lane / 4 + 8 * (element / 2), lane % 4 * 2 + element % 2};
    }
};

}  // namespace ridgepoint::emulator
