// Floats that begin where a cache line does, so that no vector of them lies in two.
#pragma once

#include <cstdint>
#include <vector>

#include "vec.h"

namespace ridgepoint::RIDGEPOINT_ISA {

class Floats {
  public:
    // So many zeros.
    explicit Floats(int64_t count) : lines_((size_t)((count + LINE - 1) / LINE)) {}

    float* data() { return lines_.data()->at; }

  private:
    static constexpr int64_t LINE = 16;

    struct alignas(4 * LINE) Line {
        float at[LINE] = {};
    };

    std::vector<Line> lines_;
};

}  // namespace ridgepoint::RIDGEPOINT_ISA
