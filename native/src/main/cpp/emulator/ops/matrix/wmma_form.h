// wmma: matrices of a whole warp, whose fragments a program passes on and does not look into.
//
// The ISA leaves open which lane holds which element; a program may only do the same to every element. So the fragments
// here are those of mma.sync side by side (fragment.h), and a product is one mma for every 16 x 8 of the result:
//
//     A  blocks of 16 rows, one below the other; of 8 rows where M is 8
//     B  blocks of 8 columns, one beside the other
//     C  the block of A's rows and B's columns; only one of the two has more than one block, or both have one or two
//
// The ISA lists eight registers for every fragment of f16 factors, also where fewer hold the matrix: the rest repeats them,
// so that what a program does to every element, it does to copies too.
#pragma once

#include <string>
#include <string_view>

#include "decode/decoder.h"
#include "ops/matrix/fragment.h"

namespace ridgepoint::emulator {

struct WmmaShape {
    unsigned m = 0, n = 0, k = 0;

    // Takes .m16n16k16 and the like.
    static WmmaShape take(Decoder& d);

    unsigned rows_of_block() const { return m == 8 ? 8 : 16; }
    unsigned blocks_of_rows() const { return m == 32 ? 2 : 1; }
    unsigned blocks_of_columns() const { return n / 8; }
    std::string name() const { return "m" + std::to_string(m) + "n" + std::to_string(n) + "k" + std::to_string(k); }
};

enum class WmmaPart { A, B, C };

// What a matrix holds: some types are of matrices alone, and no instruction else has them.
struct WmmaElement {
    std::string_view name;
    unsigned bits;
    unsigned depth;  // K of the shapes that it is a factor of; 0 for accumulators

    // Takes the type of a factor or of an accumulator; refuses one that no matrix of the shape has.
    static WmmaElement take(Decoder& d, WmmaPart part, const WmmaShape& shape);
};

// The fragment of one matrix: how many registers hold it, and where their elements lie.
struct WmmaFragment {
    WmmaPart part = WmmaPart::A;
    WmmaShape shape;
    unsigned bits = 16;  // of an element
    bool listed_eight = false;

    unsigned packed() const { return bits < 32 ? 32 / bits : 1; }
    bool wide() const { return bits == 64; }  // in registers of 64 bits
    Fragment block() const { return {shape.rows_of_block(), shape.k, packed()}; }
    unsigned registers_of_block() const;
    unsigned blocks() const;
    unsigned registers() const { return registers_of_block() * blocks(); }  // that hold the matrix once
    unsigned listed() const { return listed_eight ? 8 : registers(); }      // that the program names
    Place place(unsigned lane, unsigned reg, unsigned element) const;
    // Neighbours in a register are neighbours in a row; of B, in a column.
    bool packs_rows() const { return part != WmmaPart::B; }
};

constexpr unsigned MOST_WMMA = 8;  // registers of a fragment

// Binds the vector of a fragment's registers at `operand`.
void bind_wmma(Decoder& d, size_t operand, const WmmaFragment& fragment, Ref* to, bool writes);

}  // namespace ridgepoint::emulator
