// Ends a kernel where the watched warp gets to a line, and says what its registers hold.
#include <cstdio>

#include "inspect/inspect.h"
#include "inspect/values.h"
#include "exec/lanes.h"

namespace ridgepoint::emulator {
namespace {

class Stop : public Stepper {
  public:
    Stop(const Watched& watched, const Arrival& arrival, Show show)
        : watched_(watched), arrivals_(watched, arrival), show_(std::move(show)) {}

    void before(Warp& warp, LaneMask active) override {
        if (!arrivals_.now(warp)) return;
        try {
            warp.fault(FaultKind::LaunchFailed, active, "stopped here, as asked");
        } catch (Fault& fault) {
            fault.details = registers(warp, active);
            throw;
        }
    }

    void launch_ends(const LaunchState& launch) override {
        const std::string missed = arrivals_.missed(launch);
        if (!missed.empty()) show_(missed);
    }

  private:
    // Those that hold a value here: touched by an earlier instruction, and not yet taken by another register.
    std::string registers(const Warp& warp, LaneMask active) const {
        char here[96];
        std::snprintf(here, sizeof here, "  lanes %08x of warp %u are here, lanes %08x live; values of lanes %s\n", active,
                      warp.index(), warp.live(), shown(warp).c_str());
        std::string text = here;
        for (const RegisterSymbol& symbol : symbols_of(warp).registers) {
            if (symbol.first >= warp.pc() || symbol.last < warp.pc()) continue;
            text += "    " + register_text(warp, symbol, watched_.lanes & warp.started(), active) + "\n";
        }
        return text;
    }

    std::string shown(const Warp& warp) const {
        std::string list;
        for_active(watched_.lanes & warp.started(), [&](unsigned lane) { list += (list.empty() ? "" : " ") + std::to_string(lane); });
        return list;
    }

    const Watched watched_;
    Arrivals arrivals_;
    const Show show_;
};

}  // namespace

std::shared_ptr<Stepper> make_stop(const Watched& watched, const Arrival& arrival, Show show) {
    return std::make_shared<Stop>(watched, arrival, std::move(show));
}

}  // namespace ridgepoint::emulator
