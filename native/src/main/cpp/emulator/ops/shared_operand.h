// Operands that must lie in shared memory: of ldmatrix, mbarrier, and asynchronous copies.
#pragma once

#include <string>

#include "decode/decoder.h"
#include "exec/lanes.h"
#include "exec/memory.h"

namespace ridgepoint::emulator {

struct SharedOperand {
    Ref base;
    int64_t offset = 0;
    bool narrow = false;
    bool generic = false;

    // `generic` where no space was written.
    static SharedOperand take(Decoder& d, size_t operand, bool generic) {
        const AddressOperand address = d.address(operand);
        if (address.in_frame) d.refuse("operand " + std::to_string(operand + 1) + " must lie in shared memory");
        return {address.base, address.offset, address.narrow, generic};
    }

    // Offsets in the CTA's shared window.
    void addresses(Warp& warp, LaneMask active, uint64_t* out) const {
        addresses_of(warp, base, narrow, offset, out);
        if (!generic) return;
        for_active(active, [&](unsigned lane) {
            if (space_of(out[lane]) != Space::Shared) {
                warp.fault(FaultKind::InvalidAddressSpace, 1u << lane, "the address must lie in shared memory", out[lane]);
            }
            out[lane] %= WINDOW_BYTES;
        });
    }
};

}  // namespace ridgepoint::emulator
