#include "hazard/uninitialised_shared.h"

#include <cstdio>
#include <string>
#include <vector>

#include "exec/cta.h"
#include "exec/warp.h"

namespace ridgepoint::emulator {
namespace {

// Of the block that runs: an extension of its Cta, which starts anew with each block.
struct WrittenShared {
    std::vector<bool> bytes;
};

class UninitialisedShared : public Observer {
  public:
    void accessed(Warp& warp, const Access& access) override {
        // Other blocks' memory is not followed; what comes in by the cluster's addresses is this block's own.
        if (access.space != Space::Shared && access.space != Space::SharedCluster) return;
        std::vector<bool>& written = warp.cta().extensions().get<WrittenShared>().bytes;
        written.resize(warp.cta().shared_bytes(), false);
        if (access.kind != AccessKind::Load) {
            each_byte(access, written.size(), [&](unsigned, uint64_t byte) { written[byte] = true; });
        } else {
            each_byte(access, written.size(), [&](unsigned lane, uint64_t byte) {
                if (!written[byte]) refuse(warp, lane, access);
            });
        }
    }

  private:
    template <class F>
    static void each_byte(const Access& access, uint64_t end, F body) {
        for (LaneMask left = access.lanes; left != 0; left &= left - 1) {
            const unsigned lane = (unsigned)__builtin_ctz(left);
            for (uint64_t byte = access.addresses[lane]; byte < access.addresses[lane] + access.size && byte < end; byte++) body(lane, byte);
        }
    }

    [[noreturn]] static void refuse(Warp& warp, unsigned lane, const Access& access) {
        char place[24];
        std::snprintf(place, sizeof place, "0x%llx", (unsigned long long)access.addresses[lane]);
        warp.fault(FaultKind::LaunchFailed, (LaneMask)1 << lane,
                   "load of " + std::to_string(access.size) + " bytes of shared memory (address " + place +
                       ") that nothing in the block has written; if they do not matter, do without RIDGEPOINT_EMULATED_CHECKS=strict",
                   access.addresses[lane]);
    }
};

}  // namespace

std::unique_ptr<Observer> make_uninitialised_shared_reads() { return std::make_unique<UninitialisedShared>(); }

}  // namespace ridgepoint::emulator
