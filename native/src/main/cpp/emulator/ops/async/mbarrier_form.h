// Modifiers that the mbarrier instructions share.
#pragma once

#include "decode/decoder.h"

namespace ridgepoint::emulator {

// .release.cta and the like; whether it orders other accesses, as it does unless it is .relaxed.
inline bool take_mbarrier_order(Decoder& d) {
    for (const char* order : {"release", "acquire"}) d.take(order);
    const bool relaxed = d.take("relaxed");
    for (const char* scope : {"cta", "cluster"}) d.take(scope);
    return !relaxed;
}

// Whether the address is generic. Those of other blocks come with clusters.
inline bool take_mbarrier_space(Decoder& d) {
    if (d.take("shared::cluster")) d.refuse("mbarriers of other blocks come with the Hopper instructions");
    return !d.take("shared") && !d.take("shared::cta");
}

}  // namespace ridgepoint::emulator
