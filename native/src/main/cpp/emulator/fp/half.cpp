#include "fp/half.h"

#include "fp/format.h"

namespace ridgepoint::emulator {

#if !defined(__F16C__)
float f16_to_float(uint16_t bits) { return canonical((float)decode(format_of(Type::F16), bits)); }
uint16_t float_to_f16(float value) {
    return (uint16_t)encode(format_of(Type::F16), value, Rounding::Nearest, Overflow::ToInfinity);
}
#endif

}  // namespace ridgepoint::emulator
