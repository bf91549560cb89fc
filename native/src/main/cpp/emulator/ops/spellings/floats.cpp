// Spellings of arithmetic of floating-point numbers, as NVIDIA's assembler takes them (test/emulator/spellings compares).
#include "decode/spelling.h"

namespace ridgepoint::emulator {
namespace {

const Spellings floats(R"(
(add sub mul) [rn rz rm rp] [ftz] [sat] f32
(add sub mul) [rn rz rm rp] f64
(add sub mul) [rn] [ftz] [sat] (f16 f16x2)
@90 (add sub mul) [rn] (bf16 bf16x2)
@100 (add sub) [rn rz rm rp] [sat] f32 (f16 bf16)
@100 (add sub mul) [rn rz rm rp] [ftz] f32x2
@100 fma (rn rz rm rp) [sat] f32 (f16 bf16)
fma (rn rz rm rp) [ftz] [sat] f32
fma (rn rz rm rp) f64
@100 fma (rn rz rm rp) [ftz] f32x2
fma rn [ftz] [sat relu] (f16 f16x2)
fma (rn rz rm rp) [relu] (bf16 bf16x2)
@90 fma rn oob [relu] (f16 f16x2 bf16 bf16x2)
@90 fma (rz rm rp) oob [relu] (bf16 bf16x2)
mad (rn rz rm rp) [ftz] [sat] f32
mad (rn rz rm rp) f64
div (rn rz rm rp approx full) [ftz] f32
div (rn rz rm rp) f64
(abs neg) [ftz] (f16 f16x2 f32)
(abs neg) (f64 bf16 bf16x2)
(min max) [ftz] [NaN] f32
@86 (min max) [ftz] [NaN] xorsign abs f32
(min max) f64
(min max) [ftz] [NaN] (f16 f16x2)
(min max) [NaN] (bf16 bf16x2)
@86 (min max) [ftz] [NaN] xorsign abs (f16 f16x2)
@86 (min max) [NaN] xorsign abs (bf16 bf16x2)
@100 (min max) [ftz] [NaN] [xorsign] abs f32
(rcp sqrt) (rn rz rm rp approx) [ftz] f32
(rcp sqrt) (rn rz rm rp) f64
rcp (rn rz rm rp) ftz f64
rcp approx ftz f64
rsqrt approx [ftz] (f32 f64)
(sin cos lg2) approx [ftz] f32
ex2 approx [ftz] f32
ex2 approx (f16 f16x2)
@90 ex2 approx ftz (bf16 bf16x2)
tanh approx (f32 f16 f16x2)
@90 tanh approx (bf16 bf16x2)
copysign (f32 f64)
)");

}  // namespace
}  // namespace ridgepoint::emulator
