#include "driver/occupancy.h"

#include <algorithm>

namespace ridgepoint::emulator::driver {
namespace {

// Units in which processors since sm_80 give out what they have.
constexpr int REGISTER_UNIT = 256;  // to a warp
constexpr int WARP_UNIT = 4;        // registers of a processor lie in four parts
constexpr int SHARED_UNIT = 128;    // to a block

int round_up(int value, int unit) { return (value + unit - 1) / unit * unit; }

int warps(int threads) { return (threads + DeviceModel::WARP - 1) / DeviceModel::WARP; }

int fit_by_registers(const Function& function, int block_size) {
    int of_warp = round_up(function.registers() * DeviceModel::WARP, REGISTER_UNIT);
    int resident_warps = DeviceModel::REGISTERS / of_warp / WARP_UNIT * WARP_UNIT;
    return resident_warps / round_up(warps(block_size), WARP_UNIT);
}

}  // namespace

int blocks_per_processor(const Function& function, int block_size, size_t dynamic_shared) {
    const DeviceModel& model = function.context().model();
    size_t shared = function.kernel().static_shared + dynamic_shared;
    if (block_size < 1 || block_size > function.max_threads()) return 0;
    if (shared > (size_t)model.max_shared_per_block()) return 0;
    int fit = std::min(model.max_blocks_per_processor,
                       model.max_threads_per_processor / DeviceModel::WARP / warps(block_size));
    if (function.registers()) fit = std::min(fit, fit_by_registers(function, block_size));
    return std::min(fit, model.shared_per_processor / round_up((int)shared + (int)RESERVED_SHARED, SHARED_UNIT));
}

size_t available_dynamic_shared(const Function& function, int blocks, int block_size) {
    if (blocks < 1 || blocks_per_processor(function, block_size, 0) < blocks) return 0;
    const DeviceModel& model = function.context().model();
    int each = model.shared_per_processor / blocks / SHARED_UNIT * SHARED_UNIT - (int)RESERVED_SHARED;
    return (size_t)std::max(0, std::min(each, model.max_shared_per_block()) - (int)function.kernel().static_shared);
}

}  // namespace ridgepoint::emulator::driver
