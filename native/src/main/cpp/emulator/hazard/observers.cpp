#include "hazard/observers.h"

namespace ridgepoint::emulator {
namespace {

class Observers : public Observer {
  public:
    explicit Observers(std::vector<std::unique_ptr<Observer>> all) : all_(std::move(all)) {}

    void cta_starts(Cta& cta) override { tell(&Observer::cta_starts, cta); }
    void cta_ends(Cta& cta) override { tell(&Observer::cta_ends, cta); }
    void exiting(Warp& warp, LaneMask lanes) override { tell(&Observer::exiting, warp, lanes); }
    void accessed(Warp& warp, const Access& access) override {
        for (const auto& one : all_) one->accessed(warp, access);
    }
    void local_accessed(Warp& warp, const Access& access) override {
        for (const auto& one : all_) one->local_accessed(warp, access);
    }
    void local_made(Warp& warp, LaneMask lanes, uint64_t address, uint64_t bytes) override { tell(&Observer::local_made, warp, lanes, address, bytes); }
    void local_copied(Warp& warp, LaneMask lanes, uint64_t to, uint64_t from, uint32_t bytes) override {
        tell(&Observer::local_copied, warp, lanes, to, from, bytes);
    }
    void barrier_arrived(Warp& warp, LaneMask lanes, unsigned barrier, bool everyone) override {
        tell(&Observer::barrier_arrived, warp, lanes, barrier, everyone);
    }
    void barrier_left(Warp& warp, LaneMask lanes, unsigned barrier) override { tell(&Observer::barrier_left, warp, lanes, barrier); }
    void warp_synchronised(Warp& warp, LaneMask lanes) override { tell(&Observer::warp_synchronised, warp, lanes); }
    void fenced(Warp& warp, LaneMask lanes, Order order, Scope scope) override { tell(&Observer::fenced, warp, lanes, order, scope); }
    void work_signals(Cta& cta, uint64_t work, uint64_t mbarrier) override { tell(&Observer::work_signals, cta, work, mbarrier); }
    void work_awaited(Warp& warp, LaneMask lanes, uint64_t work) override { tell(&Observer::work_awaited, warp, lanes, work); }
    void work_read(Warp& warp, LaneMask lanes, uint64_t work) override { tell(&Observer::work_read, warp, lanes, work); }
    void mbarrier_arrived(Warp& warp, LaneMask lanes, uint64_t mbarrier) override { tell(&Observer::mbarrier_arrived, warp, lanes, mbarrier); }
    void mbarrier_completed(Cta& cta, uint64_t mbarrier) override { tell(&Observer::mbarrier_completed, cta, mbarrier); }
    void mbarrier_passed(Warp& warp, LaneMask lanes, uint64_t mbarrier) override { tell(&Observer::mbarrier_passed, warp, lanes, mbarrier); }
    void proxy_fenced(Warp& warp, LaneMask lanes) override { tell(&Observer::proxy_fenced, warp, lanes); }

  private:
    template <class On, class... P>
    void tell(void (Observer::*event)(On&, P...), On& on, P... rest) {
        for (const auto& one : all_) (one.get()->*event)(on, rest...);
    }
    std::vector<std::unique_ptr<Observer>> all_;
};

}  // namespace

MakeObserver all_of(std::vector<MakeObserver> kinds) {
    if (kinds.empty()) return nullptr;
    if (kinds.size() == 1) return kinds.front();
    return [kinds = std::move(kinds)] {
        std::vector<std::unique_ptr<Observer>> all;
        for (const MakeObserver& make : kinds) all.push_back(make());
        return std::make_unique<Observers>(std::move(all));
    };
}

}  // namespace ridgepoint::emulator
