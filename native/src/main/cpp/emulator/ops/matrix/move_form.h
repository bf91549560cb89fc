// ldmatrix and stmatrix: up to four 8x8 matrices of 16-bit elements between shared memory and fragments.
//
// Lanes 8i to 8i + 7 hold the addresses of the rows of matrix i, 16 bytes each. Lane l holds, of each matrix, the
// elements (l / 4, 2 (l % 4)) and (l / 4, 2 (l % 4) + 1) in one register; with .trans, those of the transposed matrix.
#pragma once

#include <cstdint>

#include "exec/op.h"
#include "ops/shared_operand.h"

namespace ridgepoint::emulator {

constexpr unsigned SIDE = 8;

// Row after row is lane after lane of a fragment.
struct Matrix8x8 {
    uint16_t element[SIDE][SIDE];
};

Matrix8x8 transposed(const Matrix8x8& matrix);

struct MatrixMove {
    SharedOperand address;
    Ref fragment[4];
    unsigned count = 1;
    bool transposed = false;

    LaneMask address_lanes() const { return count == 4 ? ALL_LANES : (1u << (count * SIDE)) - 1; }
};

}  // namespace ridgepoint::emulator
