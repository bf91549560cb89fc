#include "inspect/coverage.h"

#include <unordered_map>

#include "exec/cta.h"
#include "exec/lanes.h"
#include "exec/launch_state.h"
#include "exec/warp.h"

namespace ridgepoint::emulator {
namespace {

constexpr uint64_t CELL = 64;

// Bytes by cells of 64, a bit each.
class Bytes {
  public:
    // Aligned, and at most 16: never over the end of a cell.
    void touch(uint64_t address, uint32_t size) {
        const uint64_t cell = address / CELL;
        if (cell != last_ || !entry_) {
            entry_ = &cells_[cell];
            last_ = cell;
        }
        *entry_ |= ((1ull << size) - 1) << address % CELL;
    }
    uint64_t count() const {
        uint64_t sum = 0;
        for (const auto& [cell, bytes] : cells_) sum += (uint64_t)__builtin_popcountll(bytes);
        return sum;
    }

  private:
    std::unordered_map<uint64_t, uint64_t> cells_;
    uint64_t last_ = 0;
    uint64_t* entry_ = nullptr;  // of `last_`; entries of such a map stay where they are
};

struct Touched {
    Bytes loaded, stored;
};

class Coverage : public Observer {
  public:
    void cta_starts(Cta& cta) override { ctas_[&cta] = Touched(); }

    void accessed(Warp& warp, const Access& access) override {
        if (access.space != Space::Global || access.kind == AccessKind::Atomic || access.size > 16) return;
        Touched& touched = ctas_[&warp.cta()];
        Bytes& bytes = access.kind == AccessKind::Load ? touched.loaded : touched.stored;
        for_active(access.lanes, [&](unsigned lane) { bytes.touch(access.addresses[lane], access.size); });
    }

    void cta_ends(Cta& cta) override {
        const Touched& touched = ctas_[&cta];
        cta.worker().counters.named["uniqueBytes"] += touched.loaded.count() + touched.stored.count();
        ctas_.erase(&cta);
    }

  private:
    std::unordered_map<const Cta*, Touched> ctas_;
};

}  // namespace

std::unique_ptr<Observer> make_coverage() { return std::make_unique<Coverage>(); }

}  // namespace ridgepoint::emulator
