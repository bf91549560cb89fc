"""Arithmetic, logic, bits, comparison, conversion, moves."""
from forms import BITS, FLOATS, FLUSH, INTEGERS, ROUNDINGS, TYPES, plain, register, registers, same, spelled

WIDE = {"u16": "u32", "s16": "s32", "u32": "u64", "s32": "s64"}


def integer():
    for opcode in ("add", "sub"):
        yield from spelled(opcode, [["", "cc", "sat", "cc.sat"]], INTEGERS + BITS + ["u16x2", "s16x2"], same(3))
        yield from spelled(opcode + "c", [["", "cc"]], INTEGERS + BITS, same(3))
    yield from spelled("mul", [["", "lo", "hi"], ["", "sat"]], INTEGERS + BITS, same(3))
    yield from spelled("mad", [["", "lo", "hi"], ["", "cc", "sat"]], INTEGERS + BITS, same(4))
    yield from spelled("madc", [["", "lo", "hi"], ["", "cc", "sat"]], INTEGERS + BITS, same(4))
    for of, result in WIDE.items():
        yield f"mul.wide.{of} {register(result, 1)}, {registers(of, 2, 2)};"
        yield f"mad.wide.{of} {register(result, 1)}, {registers(of, 2, 2)}, {register(result, 4)};"
        yield f"mad.wide.cc.{of} {register(result, 1)}, {registers(of, 2, 2)}, {register(result, 4)};"
    yield from spelled("mul24", [["", "lo", "hi"]], INTEGERS + BITS, same(3))
    yield from spelled("mad24", [["", "lo", "hi"], ["", "sat"]], INTEGERS + BITS, same(4))
    yield from spelled("sad", [[""]], TYPES, same(4))
    yield from spelled("div", [[""]], INTEGERS + BITS, same(3))
    yield from spelled("rem", [[""]], TYPES, same(3))
    yield from spelled("abs", [["", "sat"]], INTEGERS + BITS, same(2))
    yield from spelled("neg", [["", "sat"]], INTEGERS + BITS, same(2))
    for opcode in ("min", "max"):
        yield from spelled(opcode, [["", "relu"]], INTEGERS + BITS + ["u16x2", "s16x2"], same(3))
    dots = [f"{a}.{b}" for a in ("u32", "s32") for b in ("u32", "s32", "b32")]
    yield from spelled("dp4a", [["", "lo"]], dots, registers("u32", 4))
    yield from spelled("dp2a", [["", "lo", "hi"]], dots, registers("u32", 4))


def bits():
    for opcode in ("and", "or", "xor"):
        yield from spelled(opcode, [[""]], TYPES, same(3))
    for opcode in ("not", "cnot"):
        yield from spelled(opcode, [[""]], TYPES, same(2))
    for opcode in ("shl", "shr"):
        yield from spelled(opcode, [[""]], TYPES, lambda t: f"{registers(t, 2)}, %r3")
    yield from spelled("shf", [["", "l", "r"], ["", "clamp", "wrap"]], ["b32", "u32", "b64"], registers("u32", 4))
    for opcode in ("popc", "clz"):
        yield from spelled(opcode, [[""]], TYPES, lambda t: f"%r1, {register(t, 2)}")
    yield from spelled("brev", [[""]], TYPES, same(2))
    yield from spelled("bfind", [["", "shiftamt"]], TYPES, lambda t: f"%r1, {register(t, 2)}")
    yield from spelled("fns", [[""]], ["b32", "u32", "b64"], registers("u32", 4))
    yield from spelled("bfe", [[""]], TYPES, lambda t: f"{registers(t, 2)}, %r3, %r4")
    yield from spelled("bfi", [[""]], TYPES, lambda t: f"{registers(t, 3)}, %r3, %r4")
    yield from spelled("szext", [["", "clamp", "wrap"]], ["u32", "s32", "b32"], registers("u32", 3))
    yield from spelled("bmsk", [["", "clamp", "wrap"]], ["b32", "u32", "s32"], registers("u32", 3))
    yield from spelled("prmt", [[""]], ["b32", "u32", "b64"], registers("u32", 4))
    yield from spelled("prmt", [["b32"]], ["f4e", "b4e", "rc8", "ecl", "ecr", "rc16", "x"], registers("u32", 4))
    for table in ("0x3f", "256", "-1", "%r5"):
        yield f"lop3.b32 {registers('b32', 4)}, {table};"
    yield "lop3.b64 %d1, %d2, %d3, %d4, 3;"
    yield "lop3.u32 %r1, %r2, %r3, %r4, 3;"
    for join in ("or", "and", "xor"):
        yield f"lop3.{join}.b32 %r1|%p1, %r2, %r3, %r4, 0x3f, %p2;"
        yield f"lop3.{join}.b32 _|%p1, %r2, %r3, %r4, 0x3f, %p2;"


def floating():
    for opcode in ("add", "sub", "mul"):
        yield from spelled(opcode, [ROUNDINGS, FLUSH, ["", "sat", "relu"]], FLOATS, same(3))
    for opcode in ("add", "sub"):
        for of in ("f16", "bf16"):
            yield from spelled(opcode, [ROUNDINGS, FLUSH, ["", "sat"], ["f32"]], [of], lambda t: f"%f1, {register(t, 2)}, %f3")
    for of in ("f16", "bf16"):
        yield from spelled("fma", [ROUNDINGS, ["", "sat"], ["f32"]], [of], lambda t: f"%f1, {registers(t, 2, 2)}, %f4")
    yield from spelled("fma", [ROUNDINGS, FLUSH, ["", "sat", "relu", "oob", "oob.relu"]], FLOATS, same(4))
    yield from spelled("mad", [ROUNDINGS, FLUSH, ["", "sat"]], FLOATS, same(4))
    yield from spelled("div", [ROUNDINGS + ["full", "approx"], FLUSH], FLOATS, same(3))
    for opcode in ("abs", "neg"):
        yield from spelled(opcode, [FLUSH], FLOATS, same(2))
    for opcode in ("min", "max"):
        yield from spelled(opcode, [FLUSH, ["", "NaN"], ["", "xorsign.abs", "abs"], ["", "relu"]], FLOATS, same(3))
        yield from spelled(opcode, [FLUSH, ["", "NaN"], ["", "abs", "xorsign.abs"]], ["f32", "f64", "f16"], same(4))
    for opcode in ("rcp", "sqrt"):
        yield from spelled(opcode, [ROUNDINGS + ["approx"], FLUSH], FLOATS, same(2))
    for opcode in ("rsqrt", "sin", "cos", "lg2", "ex2", "tanh"):
        yield from spelled(opcode, [["", "approx", "rn"], FLUSH], FLOATS, same(2))
    yield from spelled("testp", [["", "finite", "infinite", "number", "notanumber", "normal", "subnormal"]], FLOATS,
                       lambda t: f"%p1, {register(t, 2)}")
    yield from spelled("copysign", [FLUSH], FLOATS, same(3))


COMPARISONS = ["eq", "ne", "lt", "le", "gt", "ge", "lo", "ls", "hi", "hs", "equ", "neu", "ltu", "leu", "gtu", "geu", "num", "nan"]


def comparison():
    yield from spelled("setp", [["", *COMPARISONS], FLUSH], TYPES, lambda t: f"%p1, {registers(t, 2)}")
    yield from spelled("setp", [["eq"], ["and", "or", "xor"]], TYPES, lambda t: f"%p1|%p2, {registers(t, 2)}, %p3")
    yield from spelled("setp", [["eq"], ["", "and"]], ["f16x2", "bf16x2", "f32"], lambda t: f"%p1|%p2, {registers(t, 2)}" )
    yield from spelled("setp", [["eq"], ["and"]], ["f16x2", "bf16x2"], lambda t: f"%p1, {registers(t, 2)}, !%p3")
    for result in TYPES:
        yield from spelled("set", [["eq", "ls", "ltu"], FLUSH, [result]], TYPES, lambda t: f"{register(result, 1)}, {registers(t, 2, 2)}")
    yield from spelled("set", [["eq"], ["and", "or", "xor"], ["u32", "f32", "bf16x2"]], ["s32", "f16x2", "f64"],
                       lambda t: f"%r1, {registers(t, 2, 2)}, %p1")
    yield from spelled("selp", [[""]], TYPES, lambda t: f"{registers(t, 3)}, %p1")
    for by in ("s32", "f32", "u32", "f64"):
        yield from spelled("slct", [FLUSH], [f"{t}.{by}" for t in INTEGERS + BITS + FLOATS],
                           lambda t: f"{registers(t.split('.')[0], 3)}, {register(by, 4)}")


def conversion():
    """Between numbers. Each modifier alone and in pairs; unit/convert_spellings_test.cpp tries all of them."""
    numbers = ["u8", "s8", "u16", "s16", "u32", "s32", "u64", "s64", "f16", "bf16", "f32", "f64"]
    for to in numbers:
        yield from spelled("cvt", [["", "rn", "rz", "rna", "rni", "rmi"], FLUSH, ["", "sat", "satfinite", "relu"], [to]], numbers,
                           lambda t: f"{register(to, 1)}, {register(t, 2)}")
    narrow = ["e4m3x2", "e5m2x2"]
    for to in ("f16x2", "bf16x2", *narrow):
        yield from spelled("cvt", [["", "rn", "rz", "rs"], ["", "satfinite", "relu", "satfinite.relu"], [to]], ["f32"],
                           f"{register(to, 1)}, %f2, %f3")
        yield from spelled("cvt", [["", "rn", "rz"], ["", "satfinite", "relu"], [to]], ["f16x2", "bf16x2", *narrow],
                           lambda t: f"{register(to, 1)}, {register(t, 2)}")
        yield from plain("cvt", f"{register(to, 1)}, %f2, %f3, %r4", ["rs"], ["", "satfinite", "relu"], [to + ".f32"])
    yield from plain("cvt", "%r1, %f2", ["", "rn", "rz", "rna"], ["", "satfinite", "relu", "relu.satfinite"], ["tf32.f32"])
    for small in ("e2m1x2", "e2m3x2", "e3m2x2", "ue8m0x2"):
        yield from plain("cvt", "%h1, %f2, %f3", ["rn", "rz", "rp"], ["", "satfinite", "satfinite.relu"], [small + ".f32"])
    packs = ["u16.s32", "s16.s32", "u16.u32", "u8.s32", "s8.s32"]
    yield from spelled("cvt.pack", [["", "sat"]], packs, registers("b32", 3))
    yield from spelled("cvt.pack", [["", "sat"]], [p + ".b32" for p in packs + ["u4.s32", "s4.s32", "u2.s32", "s2.s32"]], registers("b32", 4))


def video():
    for opcode in ("vadd", "vsub", "vabsdiff", "vmin", "vmax"):
        yield from spelled(opcode, [["u32", "s32"], ["u32"], ["s32"], ["", "sat"]], [""], registers("u32", 3))
        yield f"{opcode}.u32.u32.u32.add %r1, %r2.b0, %r3.h1, %r4;"
        yield f"{opcode}.u32.u32.u32 %r1.b2, %r2, %r3, %r4;"
        for lanes in ("2", "4"):
            yield from spelled(opcode + lanes, [["u32", "s32"], ["u32", "s32"], ["s32", "u32"], ["", "sat", "add"]], [""], registers("u32", 4))
    for opcode in ("vshl", "vshr"):
        yield from spelled(opcode, [["u32", "s32"], ["u32"], ["u32"], ["clamp", "wrap"]], [""], registers("u32", 3))
    yield from spelled("vmad", [["u32", "s32"], ["u32"], ["u32"], ["", "sat", "shr7", "shr15"]], [""], registers("u32", 4))
    yield "vset.u32.u32.lt %r1, %r2, %r3;"
    yield "vavrg2.u32.u32.u32 %r1, %r2, %r3, %r4;"
    yield "vset4.u32.u32.ne %r1, %r2, %r3, %r4;"


SPECIAL = """tid.x tid.w ntid.y ctaid.z nctaid.x laneid warpid nwarpid smid nsmid lanemask_eq lanemask_lt lanemask_le lanemask_gt lanemask_ge
clock clock_hi globaltimer_lo globaltimer_hi total_smem_size dynamic_smem_size aggr_smem_size reserved_smem_offset_begin
reserved_smem_offset_end reserved_smem_offset_cap reserved_smem_offset_0 reserved_smem_offset_1 pm0 pm7 envreg0 envreg1 envreg31
cluster_ctaid.x cluster_nctaid.x clusterid.x nclusterid.x cluster_ctarank cluster_nctarank""".split()


def moves():
    yield from spelled("mov", [[""]], TYPES, same(2))
    for name in SPECIAL:
        yield f"mov.u32 %r1, %{name};"
    for name in ("clock64", "globaltimer", "gridid", "current_graph_exec", "pm0_64"):
        yield f"mov.u64 %d1, %{name};"
    yield "mov.u32 %r1, WARP_SZ;"
    yield "mov.pred %p1, %is_explicit_cluster;"
    for whole, type_name, part, count in (("%d1", "b64", "b32", 2), ("%d1", "b64", "b16", 4), ("%r1", "b32", "b16", 2),
                                          ("%q1", "b128", "b64", 2), ("%q1", "b128", "b32", 4), ("%d1", "f64", "f32", 2),
                                          ("%r1", "b32", "b8", 4), ("%h1", "b16", "b8", 2), ("%d1", "u64", "b32", 2)):
        parts = vector_of(part, count)
        yield f"mov.{type_name} {whole}, {parts};"
        yield f"mov.{type_name} {parts}, {whole};"
    yield "mov.b64 {_, %r2}, %d1;"
    yield "mov.b64 {%r1, _}, %d1;"
    for space in ("", "global", "shared", "shared::cta", "shared::cluster", "local", "const", "param", "param::entry"):
        for width, bank in (("u64", "%d"), ("u32", "%r")):
            yield from plain("cvta", f"{bank}1, {bank}2", [space], [width])
            yield from plain("cvta.to", f"{bank}1, {bank}2", [space], [width])
        yield from plain("isspacep", "%p1, %d2", [space])


def vector_of(type_name, count):
    return "{" + registers(type_name, count, 4) + "}"


FAMILIES = {"integer arithmetic": integer, "logic, shifts, bit fields": bits, "floating-point arithmetic": floating,
            "comparison and selection": comparison, "conversion": conversion, "video": video, "moves and special registers": moves}
