// Spellings of arithmetic of integers, bits, as NVIDIA's assembler takes them (test/emulator/spellings compares).
#include "decode/spelling.h"

namespace ridgepoint::emulator {
namespace {

const Spellings integers(R"(
(add sub) (u16 s16 u32 s32 u64 s64)
(add sub) sat s32
(add sub) cc (u32 s32 u64 s64)
(addc subc) [cc] (u32 s32 u64 s64)
(addc subc) (u16 s16)
@90 add (u16x2 s16x2)
mul (lo hi) (u16 s16 u32 s32 u64 s64)
mul wide (u16 s16 u32 s32)
mad (lo hi) (u16 s16 u32 s32 u64 s64)
mad wide (u16 s16 u32 s32)
mad hi sat s32
mad (lo hi) cc (u32 s32 u64 s64)
madc (lo hi) [cc] (u32 s32 u64 s64)
madc (lo hi) (u16 s16)
madc hi sat s32
mul24 (lo hi) (u32 s32)
mad24 (lo hi) (u32 s32)
mad24 hi sat s32
(sad div rem) (u16 s16 u32 s32 u64 s64)
(abs neg) (s16 s32 s64)
(min max) (u16 s16 u32 s32 u64 s64)
@90 (min max) (u16x2 s16x2)
@90 (min max) relu (s32 s16x2)
(vabsdiff2 vabsdiff4) (u32 s32) (u32 s32) (u32 s32) [sat add]
dp4a (u32 s32) (u32 s32)
dp2a (lo hi) (u32 s32) (u32 s32)
(and or xor not) (b16 b32 b64 pred)
cnot (b16 b32 b64)
shl (b16 b32 b64)
shr (b16 b32 b64 u16 s16 u32 s32 u64 s64)
(popc clz brev) (b32 b64)
bfe (u32 s32 u64 s64)
bfi (b32 b64)
bfind [shiftamt] (u32 s32 u64 s64)
(szext) (clamp wrap) (u32 s32)
bmsk (clamp wrap) b32
)");

}  // namespace
}  // namespace ridgepoint::emulator
