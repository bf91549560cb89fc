// Adding to counters that have names, from operations that run often.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "exec/cta.h"
#include "exec/launch_state.h"
#include "exec/warp.h"

namespace ridgepoint::emulator {

// Remembers, for each warp, where the counters lie that it has used: a map is searched once for each.
class NamedCounts {
  public:
    // `name` must live as long as the code, as what Decoder::keep() holds does: it is known by its address.
    static void add(Warp& warp, const std::string& name, uint64_t amount) {
        *warp.extensions().get<NamedCounts>().find(warp, name) += amount;
    }

  private:
    uint64_t* find(Warp& warp, const std::string& name) {
        for (const auto& [known, counter] : counters_) {
            if (known == &name) return counter;
        }
        counters_.emplace_back(&name, &warp.cta().worker().counters.named[name]);
        return counters_.back().second;
    }
    std::vector<std::pair<const std::string*, uint64_t*>> counters_;
};

}  // namespace ridgepoint::emulator
