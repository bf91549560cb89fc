// Spellings of matrices, as NVIDIA's assembler takes them (test/emulator/spellings compares).
#include "decode/spelling.h"

namespace ridgepoint::emulator {
namespace {

const Spellings matrices(R"(
$shape = m16n16k16 m32n8k16 m8n32k16
$space = global shared shared::cta
$layout = row col
mma m8n8k4 *
mma (m16n8k4 m16n8k8 m16n8k16 m16n8k32) (f16 f32) (f16 bf16 tf32) *
mma (m8n8k16 m8n8k32 m8n8k128 m16n8k16 m16n8k32 m16n8k64 m16n8k128 m16n8k256) s32 *
@89 mma (m16n8k16 m16n8k32) (f16 f32) (e4m3 e5m2) *
@90 mma (m16n8k4 m16n8k8 m16n8k16) f64 *
@90 stmatrix *
wmma load (a b) sync aligned ($layout) ($shape) [$space] (f16 bf16 s8 u8)
wmma load (a b) sync aligned ($layout) m16n16k8 [$space] tf32
wmma load (a b) sync aligned ($layout) m8n8k4 [$space] f64
wmma load c sync aligned ($layout) ($shape) [$space] (f16 f32 s32)
wmma load c sync aligned ($layout) m16n16k8 [$space] f32
wmma load c sync aligned ($layout) m8n8k4 [$space] f64
wmma store d sync aligned ($layout) ($shape) [$space] (f16 f32 s32)
wmma store d sync aligned ($layout) m16n16k8 [$space] f32
wmma store d sync aligned ($layout) m8n8k4 [$space] f64
wmma load a sync aligned row m8n8k32 [$space] (s4 u4)
wmma load b sync aligned col m8n8k32 [$space] (s4 u4)
wmma load a sync aligned row m8n8k128 [$space] b1
wmma load b sync aligned col m8n8k128 [$space] b1
wmma load c sync aligned ($layout) (m8n8k32 m8n8k128) [$space] s32
wmma store d sync aligned ($layout) (m8n8k32 m8n8k128) [$space] s32
wmma mma ($shape) *
wmma mma m16n16k8 *
wmma mma sync aligned ($layout) ($layout) m8n8k4 [rn rz rm rp] f64 f64 f64 f64
wmma mma sync aligned row col m8n8k32 s32 s4 s4 s32 [satfinite]
wmma mma sync aligned row col m8n8k32 s32 u4 u4 s32 [satfinite]
wmma mma (xor and) popc sync aligned row col m8n8k128 s32 b1 b1 s32
)");

}  // namespace
}  // namespace ridgepoint::emulator
