// Copies and fills of up to three dimensions, between any of device, pinned and pageable memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "driver/memory.h"
#include "driver/operation.h"
#include "driver/saturating.h"

namespace ridgepoint::emulator::driver {

// Where rows lie: `pitch` bytes from one to the next, `rows` of them from one slice to the next.
struct Place {
    bool device;       // named as device memory by the caller
    uint64_t address;  // of the first byte concerned
    uint64_t pitch = 0;
    uint64_t rows = 0;
};

struct Extent {
    uint64_t width;  // bytes
    uint64_t height = 1;
    uint64_t depth = 1;

    bool empty() const { return width == 0 || height == 0 || depth == 0; }
    // From the first byte to behind the last; not to be asked of an empty one.
    uint64_t span(const Place& place) const {
        return plus(times(plus(times(depth - 1, place.rows), height - 1), place.pitch), width);
    }
};

class Copy : public Operation {
  public:
    Copy(const Place& to, const Place& from, const Extent& extent) : to_(to), from_(from), extent_(extent) {}

    // Throws DriverError(INVALID_VALUE) with the reason if it cannot be done.
    void check(Context& context) const;
    // Whether one side is host memory that the driver knows nothing of.
    bool pageable(Context& context) const;

    void run(Turn& turn) const override;
    CUgraphNodeType type() const override { return CU_GRAPH_NODE_TYPE_MEMCPY; }

  private:
    const Place to_;
    const Place from_;
    const Extent extent_;
};

class Fill : public Operation {
  public:
    // Elements of 1, 2 or 4 bytes; extent.width is in bytes.
    Fill(const Place& to, unsigned value, unsigned element_bytes, const Extent& extent)
        : to_(to), value_(value), element_bytes_(element_bytes), extent_(extent) {}

    void check(Context& context) const;

    void run(Turn& turn) const override;
    CUgraphNodeType type() const override { return CU_GRAPH_NODE_TYPE_MEMSET; }

  private:
    void fill_row(std::byte* row) const;

    const Place to_;
    const unsigned value_;
    const unsigned element_bytes_;
    const Extent extent_;
};

}  // namespace ridgepoint::emulator::driver
