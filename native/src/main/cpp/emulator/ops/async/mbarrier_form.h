// Modifiers that the mbarrier instructions share.
#pragma once

#include "decode/decoder.h"

namespace ridgepoint::emulator {

// .release.cta and the like: every mbarrier operation here is at least as strong as any of them asks.
inline void take_mbarrier_order(Decoder& d) {
    for (const char* order : {"release", "acquire", "relaxed"}) d.take(order);
    for (const char* scope : {"cta", "cluster"}) d.take(scope);
}

// Whether the address is generic. Those of other blocks come with clusters.
inline bool take_mbarrier_space(Decoder& d) {
    if (d.take("shared::cluster")) d.refuse("mbarriers of other blocks come with the Hopper instructions");
    return !d.take("shared") && !d.take("shared::cta");
}

}  // namespace ridgepoint::emulator
