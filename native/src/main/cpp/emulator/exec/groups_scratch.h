// Where groups of several warps meet: cooperative groups keep their barriers and what they exchange in shared memory that is
// reserved for the system, and ask for the place of their part, %reserved_smem_offset_1.
#pragma once

#include <cstdint>

#include "core/memory_map.h"
#include "exec/cta.h"

namespace ridgepoint::emulator {

// An extension of the blocks that have asked. For all others reserved memory is out of bounds, as a wrong address may lie there.
// The offset is our choice; cooperative groups count on 288 bytes.
struct GroupsScratch {
    static constexpr uint32_t OFFSET = RESERVED_SHARED / 2, BYTES = 288;
};

inline bool in_groups_scratch(Cta& cta, uint64_t address, uint64_t bytes) {
    return address >= GroupsScratch::OFFSET && bytes <= GroupsScratch::BYTES &&
           address - GroupsScratch::OFFSET <= GroupsScratch::BYTES - bytes && cta.extensions().has<GroupsScratch>();
}

}  // namespace ridgepoint::emulator
