// Spellings of atom and red, as NVIDIA's assembler takes them (test/emulator/spellings compares).
#include "decode/spelling.h"

namespace ridgepoint::emulator {
namespace {

const Spellings atomics(R"(
$space = global shared shared::cta
$far = global shared shared::cta shared::cluster
$order = relaxed acquire release acq_rel
$scope = cta gpu sys
$wide = cta gpu sys cluster
$late = relaxed release
atom [$order] [$scope] [$space] (and or xor exch) (b32 b64)
atom [$order] [$scope] [global] (and or xor exch) (b32 b64) L2::cache_hint
atom [$order] [$scope] [$space] cas (b16 b32 b64)
atom [$order] [$scope] [global] cas (b16 b32 b64) L2::cache_hint
atom [$order] [$scope] [$space] add (u32 s32 u64 f32 f64)
atom [$order] [$scope] [global] add (u32 s32 u64 f32 f64) L2::cache_hint
atom [$order] [$scope] [$space] add noftz (f16 f16x2)
atom [$order] [$scope] [global] add noftz (f16 f16x2) L2::cache_hint
atom [$order] [$scope] [$space] (inc dec) u32
atom [$order] [$scope] [global] (inc dec) u32 L2::cache_hint
atom [$order] [$scope] [$space] (min max) (u32 s32 u64 s64)
atom [$order] [$scope] [global] (min max) (u32 s32 u64 s64) L2::cache_hint
@90 atom [$order] [$wide] [$far] (and or xor exch) (b32 b64)
@90 atom [$order] [$wide] [global] (and or xor exch) (b32 b64) L2::cache_hint
@90 atom [$order] [$wide] [$far] cas (b16 b32 b64)
@90 atom [$order] [$wide] [global] cas (b16 b32 b64) L2::cache_hint
@90 atom [$order] [$wide] [$far] add (u32 s32 u64 f32 f64)
@90 atom [$order] [$wide] [global] add (u32 s32 u64 f32 f64) L2::cache_hint
@90 atom [$order] [$wide] [$far] add noftz (f16 f16x2 bf16 bf16x2)
@90 atom [$order] [$wide] [global] add noftz (f16 f16x2 bf16 bf16x2) L2::cache_hint
@90 atom [$order] [$wide] [$far] (inc dec) u32
@90 atom [$order] [$wide] [global] (inc dec) u32 L2::cache_hint
@90 atom [$order] [$wide] [$far] (min max) (u32 s32 u64 s64)
@90 atom [$order] [$wide] [global] (min max) (u32 s32 u64 s64) L2::cache_hint
@90 atom [$order] [$wide] [$far] (exch cas) b128
@90 atom [$order] [$wide] [global] (exch cas) b128 L2::cache_hint
@90 atom [$order] [$wide] [global] add [L2::cache_hint] (v2 v4) f32
@90 atom [$order] [$wide] [global] (add min max) noftz [L2::cache_hint] (v2 v4 v8) (f16 bf16)
@90 atom [$order] [$wide] [global] (add min max) noftz [L2::cache_hint] (v2 v4) (f16x2 bf16x2)
red [$late] [$scope] [$space] (and or xor) (b32 b64)
red [$late] [$scope] [global] (and or xor) (b32 b64) L2::cache_hint
red [$late] [$scope] [$space] add (u32 s32 u64 f32 f64)
red [$late] [$scope] [global] add (u32 s32 u64 f32 f64) L2::cache_hint
red [$late] [$scope] [$space] add noftz (f16 f16x2)
red [$late] [$scope] [global] add noftz (f16 f16x2) L2::cache_hint
red [$late] [$scope] [$space] (inc dec) u32
red [$late] [$scope] [global] (inc dec) u32 L2::cache_hint
red [$late] [$scope] [$space] (min max) (u32 s32 u64 s64)
red [$late] [$scope] [global] (min max) (u32 s32 u64 s64) L2::cache_hint
@90 red [$late] [$wide] [$far] (and or xor) (b32 b64)
@90 red [$late] [$wide] [global] (and or xor) (b32 b64) L2::cache_hint
@90 red [$late] [$wide] [$far] add (u32 s32 u64 f32 f64)
@90 red [$late] [$wide] [global] add (u32 s32 u64 f32 f64) L2::cache_hint
@90 red [$late] [$wide] [$far] add noftz (f16 f16x2 bf16 bf16x2)
@90 red [$late] [$wide] [global] add noftz (f16 f16x2 bf16 bf16x2) L2::cache_hint
@90 red [$late] [$wide] [$far] (inc dec) u32
@90 red [$late] [$wide] [global] (inc dec) u32 L2::cache_hint
@90 red [$late] [$wide] [$far] (min max) (u32 s32 u64 s64)
@90 red [$late] [$wide] [global] (min max) (u32 s32 u64 s64) L2::cache_hint
@90 red [$late] [$wide] [global] add [L2::cache_hint] (v2 v4) f32
@90 red [$late] [$wide] [global] (add min max) noftz [L2::cache_hint] (v2 v4 v8) (f16 bf16)
@90 red [$late] [$wide] [global] (add min max) noftz [L2::cache_hint] (v2 v4) (f16x2 bf16x2)
)");

}  // namespace
}  // namespace ridgepoint::emulator
