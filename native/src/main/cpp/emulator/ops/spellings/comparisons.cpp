// Spellings of comparison, selection, conversion, moves, as NVIDIA's assembler takes them (test/emulator/spellings compares).
#include "decode/spelling.h"

namespace ridgepoint::emulator {
namespace {

const Spellings comparisons(R"(
$signed = eq ne lt le gt ge
$unsigned = eq ne lt le gt ge lo ls hi hs
$float = eq ne lt le gt ge equ neu ltu leu gtu geu num nan
$join = and or xor
$any = b16 b32 b64 u16 s16 u32 s32 u64 s64 f32 f64
testp [finite infinite number notanumber normal subnormal] (f32 f64)
setp (eq ne) [$join] (b16 b32 b64)
setp ($signed) [$join] (s16 s32 s64)
setp ($unsigned) [$join] (u16 u32 u64)
setp ($float) [ftz] [$join] (f16 f16x2 f32)
setp ($float) [$join] f64
@90 setp ($float) [$join] (bf16 bf16x2)
set (eq ne) [$join] (u32 s32 f32 f16) (b16 b32 b64)
set ($signed) [$join] (u32 s32 f32 f16) (s16 s32 s64)
set ($unsigned) [$join] (u32 s32 f32 f16) (u16 u32 u64)
set ($float) [$join] (u32 s32 f32 f16) (f32 f64)
set ($float) [$join] ftz (u32 s32 f32 f16) f32
set ($float) [$join] [ftz] (u16 s16 u32 s32 f16) f16
set ($float) [$join] [ftz] (u32 s32 f16x2) f16x2
@90 set (eq ne) [$join] bf16 (b16 b32 b64)
@90 set ($signed) [$join] bf16 (s16 s32 s64)
@90 set ($unsigned) [$join] bf16 (u16 u32 u64)
@90 set ($float) [$join] bf16 (f16 f32 f64)
@90 set ($float) [$join] (u16 s16 u32 s32 bf16) bf16
@90 set ($float) [$join] (u32 s32 bf16x2) bf16x2
selp ($any)
slct ($any) s32
slct [ftz] ($any) f32
mov (b16 b32 b64 u16 s16 u32 s32 u64 s64 f32 f64 pred)
mov b128
$number = u8 s8 u16 s16 u32 s32 u64 s64 f16 f32 f64
cvt ($number) ($number) *
cvt bf16 f32 *
cvt [rn rz rm rp] f32 bf16
@90 cvt ($number) bf16 *
@90 cvt bf16 ($number bf16) *
cvt (f16x2 bf16x2) f32 *
@89 cvt (e4m3x2 e5m2x2) *
@89 cvt f16x2 (e4m3x2 e5m2x2) *
cvt rna [satfinite] tf32 f32
@90 cvt tf32 *
cvt.pack *
)");

}  // namespace
}  // namespace ridgepoint::emulator
