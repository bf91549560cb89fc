// Which bytes of global memory a CTA touches, where sectors are counted whole.
#pragma once

#include <memory>

#include "exec/observer.h"

namespace ridgepoint::emulator {

// Counts as "uniqueBytes" the bytes that each CTA loads at least once and those it stores at least once, as the unique sectors of
// GlobalTraffic are counted. Bulk copies are not looked at.
std::unique_ptr<Observer> make_coverage();

}  // namespace ridgepoint::emulator
