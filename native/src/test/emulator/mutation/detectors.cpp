#include "mutation/detectors.h"

#include "core/fault.h"
#include "exec/warp.h"
#include "hazard/races.h"
#include "hazard/uninitialised.h"

namespace mutation {
namespace {

using namespace ridgepoint::emulator;

// Far beyond what any subject does: the unweakened kernels would be called hung otherwise.
constexpr uint64_t MOST_EVENTS = 100'000;

class Patience : public Observer {
  public:
    void accessed(Warp& warp, const Access& access) override { count(warp, access.lanes); }
    void barrier_arrived(Warp& warp, LaneMask lanes, unsigned, bool) override { count(warp, lanes); }

  private:
    void count(Warp& warp, LaneMask lanes) {
        if (++events_ > MOST_EVENTS) warp.fault(FaultKind::LaunchTimeout, lanes, "no end of accesses");
    }
    uint64_t events_ = 0;
};

}  // namespace

const Detector& patience() {
    static const Detector only{"hang", [] { return MakeObserver([] { return std::make_unique<Patience>(); }); }};
    return only;
}

const std::vector<Detector>& hazards() {
    static const std::vector<Detector> all{
        {"uninitialised", [] { return MakeObserver(make_uninitialised_reads); }},
        {"race", [] { return race_detection().observer; }},
    };
    return all;
}

}  // namespace mutation
