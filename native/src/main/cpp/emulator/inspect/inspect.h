// Debugging aids for kernels: what a launch shows of one warp or of memory, see Environment::steppers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/launch.h"
#include "decode/types.h"

namespace ridgepoint::emulator {

// The warp that is looked at, and its lanes whose values are shown.
struct Watched {
    Dim3 block{0, 0, 0};
    uint32_t warp = 0;
    uint32_t lanes = 0xf;
};

// The moment at which lanes of that warp are about to run an instruction of this PTX line for the `hit`th time.
struct Arrival {
    uint32_t line;
    uint64_t hit = 1;
};

// Where a tile starts: `offset` bytes behind ...
struct Place {
    enum class Kind {
        Shared,     // the start of the kernel's own shared memory
        Address,    // zero: the offset is a device address
        Parameter,  // what the kernel's parameter `parameter` points at
        Variable,   // the module variable `variable`
    };
    Kind kind = Kind::Shared;
    uint64_t offset = 0;
    uint32_t parameter = 0;
    std::string variable;
};

struct Tile {
    Place place;
    uint32_t rows = 1;
    uint32_t columns = 1;
    Type type = Type::F32;
    uint64_t stride = 0;  // bytes from row to row; 0: as many as a row has
};

// Takes text, of one or more whole lines.
typedef std::function<void(const std::string&)> Show;

// Every instruction of the warp with its active lanes, and what it wrote; or, if it wrote no register, what it read.
std::shared_ptr<Stepper> make_trace(const Watched& watched, Show show);
// Ends the kernel at an arrival by a fault (LaunchFailed) that lists the warp's registers.
std::shared_ptr<Stepper> make_stop(const Watched& watched, const Arrival& arrival, Show show);
// Shows the tile at an arrival; without one, when the watched block (shared memory) or the launch (all else) ends.
std::shared_ptr<Stepper> make_dump(const Watched& watched, std::optional<Arrival> arrival, const Tile& tile, Show show);

}  // namespace ridgepoint::emulator
