// Approximations: rsqrt ex2 lg2 sin cos tanh. Each is computed in double and rounded once, which is nearer to the truth
// than hardware; results differ from a GPU's in the last places.
#include <cmath>

#include "decode/opcode.h"
#include "fp/bits.h"
#include "fp/half.h"
#include "ops/dispatch.h"

namespace ridgepoint::emulator {
namespace {

constexpr InstructionClass KIND = InstructionClass::Special;

// 2^x by a polynomial on [-1/2, 1/2], written to become vector code. Its error is below 1e-10.
__attribute__((always_inline)) inline double exp2_of(double x) {
    const double clamped = x < -1080 ? -1080 : x > 1080 ? 1080 : x;
    const double whole = __builtin_nearbyint(clamped);
    const double f = clamped - whole;
    double p = 7.0549116208011233e-09;  // ln(2)^k / k!
    p = p * f + 1.0178086009239699e-07;
    p = p * f + 1.3215486790144307e-06;
    p = p * f + 1.5252733804059841e-05;
    p = p * f + 1.5403530393381606e-04;
    p = p * f + 1.3333558146428443e-03;
    p = p * f + 9.6181291076284772e-03;
    p = p * f + 5.5504108664821580e-02;
    p = p * f + 2.4022650695910071e-01;
    p = p * f + 6.9314718055994531e-01;
    p = p * f + 1.0;
    // Two steps, so that neither power of two leaves the range of normal doubles.
    const double half = __builtin_nearbyint(whole * 0.5);
    const auto power = [](double n) { return double_of((uint64_t)(int64_t)((int32_t)n + 1023) << 52); };
    const double result = p * power(half) * power(whole - half);
    return x != x ? x : result;
}

struct Exp2 { double operator()(double x) const { return exp2_of(x); } };
struct Log2 { double operator()(double x) const { return std::log2(x); } };
struct Sine { double operator()(double x) const { return std::sin(x); } };
struct Cosine { double operator()(double x) const { return std::cos(x); } };
struct Tanh { double operator()(double x) const { return std::tanh(x); } };
struct InverseRoot { double operator()(double x) const { return 1 / std::sqrt(x); } };

template <class F, bool FTZ>
struct Single {
    float operator()(float a) const {
        const float result = (float)F()((double)(FTZ ? flushed(a) : a));
        return canonical(FTZ ? flushed(result) : result);
    }
};

template <class F, class Lane>
struct Half { uint16_t operator()(uint16_t a) const { return Lane::put((float)F()((double)Lane::get(a))); } };
template <class F>
struct Pair {
    uint32_t operator()(uint32_t a) const { return (uint32_t)F()((uint16_t)a) | (uint32_t)F()((uint16_t)(a >> 16)) << 16; }
};

template <class F>
Exec exec_of(const Decoder& d, Type type, bool flush) {
    switch (type) {
        case Type::F64: return elementwise<F, double, double>;
        case Type::F32: return flush ? (Exec)elementwise<Single<F, true>, float, float> : (Exec)elementwise<Single<F, false>, float, float>;
        case Type::F16: return elementwise<Half<F, F16Lane>, uint16_t, uint16_t>;
        case Type::BF16: return elementwise<Half<F, Bf16Lane>, uint16_t, uint16_t>;
        case Type::F16X2: return elementwise<Pair<Half<F, F16Lane>>, uint32_t, uint32_t>;
        case Type::BF16X2: return elementwise<Pair<Half<F, Bf16Lane>>, uint32_t, uint32_t>;
        default: d.refuse("needs a floating type");
    }
}

template <class F>
void decode_approx(Decoder& d) {
    d.require("approx");
    const bool flush = d.take("ftz");
    const Type type = d.type();
    emit_uniform(d, KIND, exec_of<F>(d, type, flush), type, 1);
}

const Opcode ex2("ex2", decode_approx<Exp2>);
const Opcode lg2("lg2", decode_approx<Log2>);
const Opcode sin("sin", decode_approx<Sine>);
const Opcode cos("cos", decode_approx<Cosine>);
const Opcode tanh("tanh", decode_approx<Tanh>);
const Opcode rsqrt("rsqrt", decode_approx<InverseRoot>);

}  // namespace
}  // namespace ridgepoint::emulator
