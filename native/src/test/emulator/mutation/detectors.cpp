#include "mutation/detectors.h"

#include <vector>

#include "core/fault.h"
#include "exec/warp.h"
#include "hazard/uninitialised.h"

namespace mutation {
namespace {

using namespace ridgepoint::emulator;

// Far beyond what any subject does: the unweakened kernels would be called hung otherwise.
constexpr uint64_t MOST_EVENTS = 100'000;

class Patience : public Observer {
  public:
    void accessed(Warp& warp, const Access& access) override { count(warp, access.lanes); }
    void barrier_arrived(Warp& warp, LaneMask lanes, unsigned) override { count(warp, lanes); }

  private:
    void count(Warp& warp, LaneMask lanes) {
        if (++events_ > MOST_EVENTS) warp.fault(FaultKind::LaunchTimeout, lanes, "no end of accesses");
    }
    uint64_t events_ = 0;
};

struct Detector {
    const char* name;
    std::unique_ptr<Observer> (*make)();
};

std::unique_ptr<Observer> make_patience() { return std::make_unique<Patience>(); }

const Detector DETECTORS[] = {{"hang", make_patience}, {"uninitialised", make_uninitialised_reads}};

// Tells all of them everything, and remembers which one had enough.
class Panel : public Observer {
  public:
    explicit Panel(std::string& blame) : blame_(blame) {
        for (const Detector& detector : DETECTORS) members_.push_back({detector.name, detector.make()});
    }

    void cta_starts(Cta& cta) override { tell([&](Observer& o) { o.cta_starts(cta); }); }
    void cta_ends(Cta& cta) override { tell([&](Observer& o) { o.cta_ends(cta); }); }
    void accessed(Warp& warp, const Access& access) override { tell([&](Observer& o) { o.accessed(warp, access); }); }
    void barrier_arrived(Warp& w, LaneMask lanes, unsigned b) override { tell([&](Observer& o) { o.barrier_arrived(w, lanes, b); }); }
    void barrier_left(Warp& w, LaneMask lanes, unsigned b) override { tell([&](Observer& o) { o.barrier_left(w, lanes, b); }); }
    void warp_synchronised(Warp& w, LaneMask lanes) override { tell([&](Observer& o) { o.warp_synchronised(w, lanes); }); }
    void fenced(Warp& w, LaneMask lanes, Order order, Scope scope) override { tell([&](Observer& o) { o.fenced(w, lanes, order, scope); }); }
    void work_signals(Warp& w, uint64_t work, uint64_t m) override { tell([&](Observer& o) { o.work_signals(w, work, m); }); }
    void work_awaited(Warp& w, LaneMask lanes, uint64_t work) override { tell([&](Observer& o) { o.work_awaited(w, lanes, work); }); }
    void work_read(Warp& w, LaneMask lanes, uint64_t work) override { tell([&](Observer& o) { o.work_read(w, lanes, work); }); }
    void mbarrier_arrived(Warp& w, LaneMask lanes, uint64_t m) override { tell([&](Observer& o) { o.mbarrier_arrived(w, lanes, m); }); }
    void mbarrier_completed(Cta& cta, uint64_t m) override { tell([&](Observer& o) { o.mbarrier_completed(cta, m); }); }
    void mbarrier_passed(Warp& w, LaneMask lanes, uint64_t m) override { tell([&](Observer& o) { o.mbarrier_passed(w, lanes, m); }); }
    void proxy_fenced(Warp& w, LaneMask lanes) override { tell([&](Observer& o) { o.proxy_fenced(w, lanes); }); }

  private:
    template <class F>
    void tell(F event) {
        for (const auto& [name, member] : members_) {
            try {
                event(*member);
            } catch (const Fault&) {
                blame_ = name;
                throw;
            }
        }
    }

    std::string& blame_;
    std::vector<std::pair<const char*, std::unique_ptr<Observer>>> members_;
};

}  // namespace

MakeObserver patience() { return make_patience; }

MakeObserver all_detectors(std::string& blame) {
    return [&blame] { return std::make_unique<Panel>(blame); };
}

}  // namespace mutation
