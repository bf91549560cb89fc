// Values that were loaded and that nobody has used yet: a load whose value is never used races with nothing that anyone could
// see. Kernels do such loads where a pipeline fetches ahead of its last tile, or an index is clamped.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

#include "exec/observer.h"
#include "exec/stepper.h"
#include "hazard/race_report.h"
#include "hazard/stamp.h"
#include "hazard/unused_loads.h"

namespace ridgepoint::emulator {

// What one load of a warp has brought.
class LoadedValue {
  public:
    LoadedValue(Warp& warp, const UnusedLoads::Touch& load, const Access& access, Stamp stamp);

    Warp& warp() const { return *warp_; }
    Stamp stamp() const { return stamp_; }
    // Of the load, by the lanes of it that are named.
    Access access(LaneMask lanes) const;
    // Lanes of the access whose value nobody has used or overwritten.
    LaneMask lanes() const;
    bool overlaps(Space space, uint64_t low, uint64_t high) const { return space == space_ && low < high_ && low_ < high; }

    // These lanes of the access race, as `race` says, if their values are used.
    void suspect(LaneMask lanes, const std::function<Race()>& race);
    // Stops the kernel where one of these lanes is suspected: the operation that runs uses them.
    void judge(LaneMask lanes) const;

    // An instruction reads, then writes, registers: the lanes of the access whose values it uses.
    LaneMask use(const UnusedLoads::Touch& touch, LaneMask active);
    void overwrite(const UnusedLoads::Touch& touch, LaneMask active);
    void drop(LaneMask lanes);
    // A use of it is over for these lanes of the access.
    void settle(LaneMask lanes);

  private:
    struct Suspicion {
        LaneMask lanes;
        Race race;
    };
    template <class F>
    void each_held(const std::vector<uint32_t>& registers, F body);

    Warp* warp_;
    const UnusedLoads::Touch* load_;
    Space space_;
    Scope scope_;
    uint32_t size_;
    LaneMask accessed_;
    Pattern pattern_;
    Stamp stamp_;
    uint64_t low_, high_;
    std::array<uint64_t, LANES> addresses_{};
    std::array<LaneMask, 8> held_{};  // lanes of each register that hold it still
    std::vector<Suspicion> suspicions_;
};

// Is told of a use before the instruction runs.
class UseOfLoads {
  public:
    virtual ~UseOfLoads() = default;
    virtual void used(const LoadedValue& value, LaneMask lanes) = 0;
};

// Follows them through one launch, on one thread.
class LoadedValues : public Stepper {
  public:
    void launch_starts(const Code& code, const Kernel& kernel) override { unused_ = UnusedLoads(code, kernel.function); }
    bool looks_at(uint32_t pc) const override { return unused_.touch(pc) != nullptr; }
    void before(Warp& warp, LaneMask active) override;

    // Whether what the operation loads may never be used.
    bool follows(uint32_t pc) const { return unused_.load(pc) != nullptr; }
    // The operation that runs loads; valid until the next one.
    LoadedValue& load(Warp& warp, const Access& access, Stamp stamp, UseOfLoads& user);
    void exiting(Warp& warp, LaneMask lanes);
    template <class F>
    void each(F body) {
        for (OfWarp* warp : holding_) {
            for (LoadedValue& value : warp->values) body(value);
        }
    }

  private:
    struct OfWarp {
        std::vector<LoadedValue> values;
        UseOfLoads* user = nullptr;
    };
    OfWarp* find(const Warp& warp);
    void sweep(OfWarp& of);

    UnusedLoads unused_;
    std::unordered_map<const Warp*, OfWarp> warps_;
    std::vector<OfWarp*> holding_;  // those with values
    const Warp* latest_ = nullptr;
    OfWarp* of_latest_ = nullptr;
};

}  // namespace ridgepoint::emulator
