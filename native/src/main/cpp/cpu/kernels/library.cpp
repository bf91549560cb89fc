#include "library.h"

#include "tasks.h"

namespace ridgepoint::RIDGEPOINT_ISA {

const Library& library() {
    static const Library all = {RIDGEPOINT_NAME(RIDGEPOINT_ISA), quantize, dequantize, convert, attention, repack_int4, gemm_int8, copy_mix};
    return all;
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
