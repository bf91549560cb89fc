// Several observers as one.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "exec/observer.h"

namespace ridgepoint::emulator {

typedef std::function<std::unique_ptr<Observer>()> MakeObserver;

// Makes observers that tell all that they hear to one of each kind, in this order.
MakeObserver all_of(std::vector<MakeObserver> kinds);

}  // namespace ridgepoint::emulator
