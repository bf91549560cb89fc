// Spellings of asynchronous copies, mbarriers, as NVIDIA's assembler takes them (test/emulator/spellings compares).
#include "decode/spelling.h"

namespace ridgepoint::emulator {
namespace {

const Spellings asynchronous(R"(
@90 cp.async.bulk *
@90 cp.reduce.async.bulk *
$own = shared shared::cta
$any = shared shared::cta shared::cluster
mbarrier (init inval) [$own] b64
mbarrier pending_count b64
mbarrier (arrive arrive_drop) [noComplete] [$own] b64
mbarrier (arrive arrive_drop) [noComplete] release cta [$own] b64
mbarrier test_wait [parity] [$own] b64
mbarrier test_wait [parity] acquire cta [$own] b64
@90 mbarrier (arrive arrive_drop) [expect_tx] [$any] b64
@90 mbarrier (arrive arrive_drop) [expect_tx] (release relaxed) (cta cluster) [$any] b64
@90 mbarrier (test_wait try_wait) [parity] [$own] b64
@90 mbarrier (test_wait try_wait) [parity] (acquire relaxed) (cta cluster) [$own] b64
@90 mbarrier (expect_tx complete_tx) [$any] b64
@90 mbarrier (expect_tx complete_tx) relaxed (cta cluster) [$any] b64
)");

}  // namespace
}  // namespace ridgepoint::emulator
