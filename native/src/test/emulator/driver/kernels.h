// Kernels of the tests, in PTX written by hand.
#pragma once

namespace kernels {

// to[i] = a[i] + b[i] for i < n; and a variable of each kind.
constexpr const char* ADD = R"(.version 8.0
.target sm_80
.address_size 64
.global .align 4 .u32 counted = 7;
.const .align 4 .u32 table[4] = {1, 2, 3, 4};
.visible .entry add(.param .u64 to, .param .u64 a, .param .u64 b, .param .u32 n)
{
    .reg .pred %p<2>;
    .reg .b32 %r<9>;
    .reg .b64 %rd<9>;
    ld.param.u64 %rd1, [to];
    ld.param.u64 %rd2, [a];
    ld.param.u64 %rd3, [b];
    ld.param.u32 %r1, [n];
    mov.u32 %r2, %ctaid.x;
    mov.u32 %r3, %ntid.x;
    mov.u32 %r4, %tid.x;
    mad.lo.s32 %r5, %r2, %r3, %r4;
    setp.ge.s32 %p1, %r5, %r1;
    @%p1 bra DONE;
    mul.wide.s32 %rd4, %r5, 4;
    add.s64 %rd5, %rd2, %rd4;
    add.s64 %rd6, %rd3, %rd4;
    add.s64 %rd7, %rd1, %rd4;
    ld.global.u32 %r6, [%rd5];
    ld.global.u32 %r7, [%rd6];
    add.s32 %r8, %r6, %r7;
    st.global.u32 [%rd7], %r8;
DONE:
    ret;
}
)";

// One thread: counts to `rounds`, then adds one to *to.
constexpr const char* SLOW = R"(.version 8.0
.target sm_80
.address_size 64
.visible .entry slow(.param .u64 to, .param .u32 rounds)
{
    .reg .pred %p<2>;
    .reg .b32 %r<5>;
    .reg .b64 %rd<2>;
    ld.param.u64 %rd1, [to];
    ld.param.u32 %r1, [rounds];
    mov.u32 %r2, 0;
LOOP:
    add.u32 %r2, %r2, 1;
    setp.lt.u32 %p1, %r2, %r1;
    @%p1 bra LOOP;
    ld.global.u32 %r3, [%rd1];
    add.u32 %r3, %r3, 1;
    st.global.u32 [%rd1], %r3;
    ret;
}
)";

// Each thread stores its number to to[i + offset].
constexpr const char* STORE = R"(.version 8.0
.target sm_80
.address_size 64
.visible .entry store(.param .u64 to, .param .u32 offset)
{
    .reg .b32 %r<4>;
    .reg .b64 %rd<4>;
    ld.param.u64 %rd1, [to];
    ld.param.u32 %r1, [offset];
    mov.u32 %r2, %tid.x;
    add.u32 %r3, %r1, %r2;
    mul.wide.u32 %rd2, %r3, 4;
    add.u64 %rd3, %rd1, %rd2;
    st.global.u32 [%rd3], %r2;
    ret;
}
)";

// Line 7 holds an instruction that does not exist.
constexpr const char* UNKNOWN_OPCODE = R"(.version 8.0
.target sm_80
.address_size 64
.visible .entry broken()
{
    .reg .b32 %r<2>;
    frobnicate.u32 %r1, 3;
    ret;
}
)";

}  // namespace kernels
