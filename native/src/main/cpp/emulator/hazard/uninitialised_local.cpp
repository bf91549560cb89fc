#include "hazard/uninitialised_local.h"

#include <cstdio>
#include <string>
#include <unordered_map>

#include "exec/warp.h"

namespace ridgepoint::emulator {
namespace {

// Of each byte of the local window, the lanes that have written theirs. An extension of the Warp, which starts anew with each block.
struct WrittenLocal {
    std::unordered_map<uint64_t, LaneMask> bytes;
    LaneMask of(uint64_t byte) const {
        const auto found = bytes.find(byte);
        return found == bytes.end() ? 0 : found->second;
    }
};

class UninitialisedLocal : public Observer {
  public:
    void local_accessed(Warp& warp, const Access& access) override {
        WrittenLocal& written = warp.extensions().get<WrittenLocal>();
        for (LaneMask left = access.lanes; left != 0;) {
            // Threads mostly stand at the same place of their memories.
            const uint64_t address = access.addresses[__builtin_ctz(left)];
            LaneMask here = 0;
            for (unsigned i = 0; i < LANES; i++) here |= (LaneMask)(access.addresses[i] == address) << i;
            here &= left;
            for (uint64_t byte = address; byte < address + access.size; byte++) {
                if (access.kind != AccessKind::Load) {
                    written.bytes[byte] |= here;
                } else if (const LaneMask missing = here & ~written.of(byte)) {
                    refuse(warp, missing, access, address);
                }
            }
            left &= ~here;
        }
    }

    void local_made(Warp& warp, LaneMask lanes, uint64_t address, uint64_t bytes) override {
        WrittenLocal& written = warp.extensions().get<WrittenLocal>();
        for (uint64_t byte = address; byte < address + bytes; byte++) {
            const auto found = written.bytes.find(byte);
            if (found != written.bytes.end()) found->second &= ~lanes;
        }
    }

    void local_copied(Warp& warp, LaneMask lanes, uint64_t to, uint64_t from, uint32_t bytes) override {
        WrittenLocal& written = warp.extensions().get<WrittenLocal>();
        for (uint32_t i = 0; i < bytes; i++) {
            const LaneMask known = written.of(from + i);
            LaneMask& there = written.bytes[to + i];
            there = (there & ~lanes) | (known & lanes);
        }
    }

  private:
    [[noreturn]] static void refuse(Warp& warp, LaneMask lanes, const Access& access, uint64_t address) {
        char place[24];
        std::snprintf(place, sizeof place, "0x%llx", (unsigned long long)address);
        warp.fault(FaultKind::LaunchFailed, lanes,
                   "load of " + std::to_string(access.size) + " bytes of private memory (local address " + place +
                       ") that the thread has not written; if they do not matter, do without RIDGEPOINT_EMULATED_CHECKS=strict",
                   address);
    }
};

}  // namespace

std::unique_ptr<Observer> make_uninitialised_local_reads() { return std::make_unique<UninitialisedLocal>(); }

}  // namespace ridgepoint::emulator
