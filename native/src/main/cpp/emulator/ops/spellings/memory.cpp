// Spellings of loads, stores, cache hints, as NVIDIA's assembler takes them (test/emulator/spellings compares).
#include "decode/spelling.h"

namespace ridgepoint::emulator {
namespace {

const Spellings memory(R"(
$space = global shared shared::cta
$far = global shared shared::cta shared::cluster
$private = global shared shared::cta local const param param::entry param::func
$type = b8 u8 s8 b16 u16 s16 b32 u32 s32 b64 u64 s64 f32 f64 b128
$parts = v2 v4 v8
$level1 = L1::evict_normal L1::evict_unchanged L1::evict_first L1::evict_last L1::no_allocate
$ahead = L2::64B L2::128B L2::256B
$level2 = L2::evict_first L2::evict_last L2::evict_normal
$words = b32 u32 s32 f32
$doubles = b64 u64 s64 f64
ld [weak] [$private] [ca cg cs lu cv] [$parts] ($type)
@90 ld [weak] shared::cluster [ca cg cs lu cv] [$parts] ($type)
ld [weak] [global] [ca cg cs lu cv] [$ahead] [L2::cache_hint] [$parts] ($type)
ld [weak] [global] [$level1] [$ahead] [L2::cache_hint] [$parts] ($type)
ld volatile [$space] [$parts] ($type)
ld volatile [global] [$ahead] [L2::cache_hint] [$parts] ($type)
@90 ld volatile shared::cluster [$parts] ($type)
ld (relaxed acquire) (cta gpu sys) [$space] [$parts] ($type)
ld (relaxed acquire) (cta gpu sys) [global] [$level1] [$ahead] [L2::cache_hint] [$parts] ($type)
@90 ld (relaxed acquire) (cta gpu sys cluster) [$far] [$parts] ($type)
@90 ld (relaxed acquire) cluster [global] [$level1] [$ahead] [L2::cache_hint] [$parts] ($type)
ld mmio relaxed sys [global] ($type)
ld global nc [ca cg cs] [$ahead] [L2::cache_hint] [$parts] ($type)
ld global nc [$level1] [$ahead] [L2::cache_hint] [$parts] ($type)
@100 ld [weak volatile] [global] [ca cg cs lu cv] [$level2] [$ahead] [L2::cache_hint] v8 ($words)
@100 ld [weak volatile] [global] [ca cg cs lu cv] [$level2] [$ahead] [L2::cache_hint] v4 ($doubles)
@100 ld [weak] [global] [$level1] [$level2] [$ahead] [L2::cache_hint] v8 ($words)
@100 ld [weak] [global] [$level1] [$level2] [$ahead] [L2::cache_hint] v4 ($doubles)
@100 ld global nc [ca cg cs] [$level1] [$level2] [$ahead] [L2::cache_hint] v8 ($words)
@100 ld global nc [ca cg cs] [$level1] [$level2] [$ahead] [L2::cache_hint] v4 ($doubles)
@100 ld (relaxed acquire) (cta gpu sys cluster) [global] [$level1] [$level2] [$ahead] [L2::cache_hint] v8 ($words)
@100 ld (relaxed acquire) (cta gpu sys cluster) [global] [$level1] [$level2] [$ahead] [L2::cache_hint] v4 ($doubles)
ldu [global] [$parts] ($type)
st [weak] [global shared shared::cta local param param::func] [wb cg cs wt] [$parts] ($type)
@90 st [weak] shared::cluster [wb cg cs wt] [$parts] ($type)
st [weak] [global] [wb cg cs wt] [L2::cache_hint] [$parts] ($type)
st [weak] [global] [$level1] [L2::cache_hint] [$parts] ($type)
st volatile [$space] [$parts] ($type)
st volatile [global] [L2::cache_hint] [$parts] ($type)
@90 st volatile shared::cluster [$parts] ($type)
st (relaxed release) (cta gpu sys) [$space] [$parts] ($type)
st (relaxed release) (cta gpu sys) [global] [$level1] [L2::cache_hint] [$parts] ($type)
@90 st (relaxed release) (cta gpu sys cluster) [$far] [$parts] ($type)
@90 st (relaxed release) cluster [global] [$level1] [L2::cache_hint] [$parts] ($type)
st mmio relaxed sys [global] ($type)
@100 st [weak volatile] [global] [wb cg cs wt] [$level2] [L2::cache_hint] v8 ($words)
@100 st [weak volatile] [global] [wb cg cs wt] [$level2] [L2::cache_hint] v4 ($doubles)
@100 st [weak] [global] [$level1] [$level2] [L2::cache_hint] v8 ($words)
@100 st [weak] [global] [$level1] [$level2] [L2::cache_hint] v4 ($doubles)
@100 st (relaxed release) (cta gpu sys cluster) [global] [$level1] [$level2] [L2::cache_hint] v8 ($words)
@100 st (relaxed release) (cta gpu sys cluster) [global] [$level1] [$level2] [L2::cache_hint] v4 ($doubles)
prefetch [global local] (L1 L2)
prefetch [global] (L2::evict_last L2::evict_normal)
@90 prefetch [param const] tensormap
prefetchu L1
applypriority [global] L2::evict_normal
discard [global] L2
createpolicy fractional (L2::evict_last L2::evict_normal L2::evict_first L2::evict_unchanged) [L2::evict_first L2::evict_unchanged] b64
createpolicy range [global] (L2::evict_last L2::evict_normal L2::evict_first L2::evict_unchanged) [L2::evict_first L2::evict_unchanged] b64
createpolicy cvt L2 b64
)");

}  // namespace
}  // namespace ridgepoint::emulator
