// The device memory a launch may see: an immutable list of ranges, made by the driver.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ridgepoint::emulator {

// Generic addresses of on-chip memory. Device memory must lie below.
constexpr uint64_t SHARED_WINDOW = 0x0000'8000'0000'0000;
constexpr uint64_t LOCAL_WINDOW = 0x0000'8001'0000'0000;
constexpr uint64_t PARAM_WINDOW = 0x0000'8002'0000'0000;
constexpr uint64_t WINDOW_BYTES = 0x0000'0001'0000'0000;
// The system's part at the start of every block's shared window; a kernel's own starts behind it.
constexpr uint32_t RESERVED_SHARED = 1024;

class Heap;

enum class RangeState : uint8_t {
    Live,
    ReadOnly,  // constant memory: stores fault
    Freed,     // kept for a while so that a use after free can be named
};

// One allocation. Between two allocations the driver leaves a gap, so that running over an end faults.
struct MemoryRange {
    uint64_t address;   // as kernels see it
    uint64_t size;      // exact bytes asked for: the bound that is checked
    std::byte* host;    // where byte `address` lies in this process; may be null if freed
    RangeState state = RangeState::Live;
    std::string name;   // for reports: "allocation 7" or "variable table"
    // One bit for each byte, set once written; null where uninitialised reads are not tracked. The driver sets bits
    // for host copies and memsets; the core for stores. Bit i is bit i % 8 of byte i / 8.
    uint8_t* written = nullptr;
    // Where the range is a heap of kernels, only what lies in its pieces may be touched.
    const Heap* heap = nullptr;
};

// Sorted, non-overlapping ranges. The driver builds one after allocations change and shares it among launches.
class MemoryMap {
  public:
    MemoryMap() = default;
    // Sorts. Throws std::invalid_argument if ranges overlap or reach the windows.
    explicit MemoryMap(std::vector<MemoryRange> ranges);

    // The range that holds `address`, whatever its state; null if none does.
    const MemoryRange* find(uint64_t address) const;
    // The range that starts closest at or below `address`, and the one that starts closest above; null if none.
    const MemoryRange* before(uint64_t address) const;
    const MemoryRange* after(uint64_t address) const;
    const std::vector<MemoryRange>& ranges() const { return ranges_; }

  private:
    std::vector<MemoryRange> ranges_;
};

}  // namespace ridgepoint::emulator
