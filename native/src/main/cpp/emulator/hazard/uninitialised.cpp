#include "hazard/uninitialised.h"

#include <algorithm>
#include <string>

#include "core/memory_map.h"
#include "exec/cta.h"
#include "exec/launch_state.h"
#include "exec/warp.h"

namespace ridgepoint::emulator {
namespace {

class UninitialisedReads : public Observer {
  public:
    void accessed(Warp& warp, const Access& access) override {
        if (access.space != Space::Global || access.kind != AccessKind::Load) return;
        for (LaneMask left = access.lanes; left != 0; left &= left - 1) {
            const unsigned lane = (unsigned)__builtin_ctz(left);
            const uint64_t address = access.addresses[lane];
            if (!holds(address)) range_ = warp.cta().launch().environment.memory->find(address);
            if (range_ != nullptr && range_->written != nullptr && !written(address, access.size)) {
                refuse(warp, lane, address, access.size);
            }
        }
    }

  private:
    bool holds(uint64_t address) const { return range_ != nullptr && address - range_->address < range_->size; }

    bool written(uint64_t address, uint32_t size) const {
        uint64_t byte = address - range_->address;
        // The word of an atomic access may reach beyond the range.
        for (const uint64_t end = std::min(byte + size, range_->size); byte < end; byte++) {
            if ((__atomic_load_n(range_->written + byte / 8, __ATOMIC_RELAXED) >> (byte % 8) & 1) == 0) return false;
        }
        return true;
    }

    [[noreturn]] void refuse(Warp& warp, unsigned lane, uint64_t address, uint32_t size) const {
        warp.fault(FaultKind::LaunchFailed, (LaneMask)1 << lane,
                   "load of " + std::to_string(size) + " bytes that nobody wrote, at offset " +
                       std::to_string(address - range_->address) + " of " + range_->name + " (" +
                       std::to_string(range_->size) + " bytes); fill it first, or set RIDGEPOINT_EMULATED_CHECKS=off",
                   address);
    }

    const MemoryRange* range_ = nullptr;  // that the lane before read
};

}  // namespace

std::unique_ptr<Observer> make_uninitialised_reads() { return std::make_unique<UninitialisedReads>(); }

}  // namespace ridgepoint::emulator
