// What sixteen lanes are worth: attention. All else is v3's.
#include "tasks.h"

namespace ridgepoint::v4 {

const Library& library() {
    static const Library all = [] {
        Library some = v3::library();
        some.instruction_set = RIDGEPOINT_NAME(RIDGEPOINT_ISA);
        some.attention = attention;
        return some;
    }();
    return all;
}

}  // namespace ridgepoint::v4
