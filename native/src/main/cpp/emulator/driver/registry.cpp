#include "driver/registry.h"

namespace ridgepoint::emulator::driver {

// Never destroyed: programs call until the process ends.
Registry& registry() {
    static Registry& registry = *new Registry;
    return registry;
}

}  // namespace ridgepoint::emulator::driver
