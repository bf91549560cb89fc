// Instructions that are known but not done yet, refused by name when a module loads.
#include <string>

#include "decode/decoder.h"
#include "decode/opcode.h"

namespace ridgepoint::emulator {
namespace {

void with_hopper(Decoder& d) { d.refuse("comes with the Hopper instructions (wgmma, tensor copies, clusters)"); }
void blackwell(Decoder& d) { d.refuse("the tensor memory of sm_100 and later is not supported"); }
void reduction(Decoder& d) { d.refuse("asynchronous reductions are not supported"); }

const Opcode wgmma("wgmma", with_hopper), setmaxnreg("setmaxnreg", with_hopper), mapa("mapa", with_hopper);
const Opcode tensor_copy("cp.async.bulk.tensor", with_hopper), tensor_prefetch("cp.async.bulk.prefetch.tensor", with_hopper);
const Opcode tensor_reduction("cp.reduce.async.bulk.tensor", with_hopper), tensormap("tensormap", with_hopper);
const Opcode cluster_barrier("barrier.cluster", with_hopper), remote_store("st.async", with_hopper), remote_reduction("red.async", with_hopper);
const Opcode getctarank("getctarank", with_hopper);
const Opcode bulk_reduction("cp.reduce.async.bulk", reduction);
const Opcode tcgen05("tcgen05", blackwell);

}  // namespace
}  // namespace ridgepoint::emulator
