#include "library.h"

#include "tasks.h"

#define RIDGEPOINT_TEXT(name) #name
#define RIDGEPOINT_NAME(name) RIDGEPOINT_TEXT(name)

namespace ridgepoint::RIDGEPOINT_ISA {

const Library& library() {
    static const Library all = {RIDGEPOINT_NAME(RIDGEPOINT_ISA), quantize, dequantize, convert, attention, repack_int4, gemm_int8, copy_mix};
    return all;
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
