// Spellings of warps, fences, launches, as NVIDIA's assembler takes them (test/emulator/spellings compares).
#include "decode/spelling.h"

namespace ridgepoint::emulator {
namespace {

const Spellings warps(R"(
membar (cta gl sys)
membar.proxy alias
fence [sc acq_rel acquire release] (cta gpu sys)
@90 fence [sc acq_rel acquire release] cluster
match sync (any all) (b32 b64)
@90 elect sync
exit
alloca (u32 u64)
stacksave (u32 u64)
stackrestore (u32 u64)
@90 griddepcontrol (wait launch_dependents)
fence.proxy alias
@90 fence.proxy async [global shared::cta shared::cluster]
@90 fence.proxy tensormap::generic *
@90 fence.proxy async::generic *
@90 fence.mbarrier_init release cluster
@90 fence (acquire release) sync_restrict::shared::cta cluster
@90 fence (acquire release) sync_restrict::shared::cluster cluster
)");

}  // namespace
}  // namespace ridgepoint::emulator
