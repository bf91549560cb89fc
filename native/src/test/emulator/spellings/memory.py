"""Loads, stores, hints, atomics, fences."""
from forms import plain, register, spelled, vector

SPACES = ["", "global", "shared", "shared::cta", "shared::cluster", "local", "const", "param"]
TYPES = ["b8", "u8", "s8", "b16", "u16", "s16", "b32", "u32", "s32", "b64", "u64", "s64", "f16", "f32", "f64", "b128", "f16x2"]
VECTORS = {"": 1, "v2": 2, "v4": 4, "v8": 8}
ORDERS = ["weak", "volatile", "relaxed", "relaxed.cta", "relaxed.gpu", "relaxed.sys", "relaxed.cluster", "mmio.relaxed.sys", "mmio.relaxed.gpu"]
EVICTIONS = ["L1::evict_normal", "L1::evict_unchanged", "L1::evict_first", "L1::evict_last", "L1::no_allocate"]
LEVEL2 = ["L2::evict_first", "L2::evict_last", "L2::evict_normal"]
PREFETCHES = ["L2::64B", "L2::128B", "L2::256B"]


def values(type_name, vector_name):
    count = VECTORS[vector_name]
    return register(type_name, 1) if count == 1 else vector(type_name, count)


def access(opcode, modifiers, vector_name, type_name, policy=False):
    name = ".".join(part for part in (opcode, *modifiers, vector_name, type_name) if part)
    first, second = values(type_name, vector_name), "[%d40]"
    if opcode == "st":
        first, second = second, first
    return f"{name} {first}, {second}{', %d41' if policy else ''};"


def loads():
    for space in SPACES:
        for hint in ["", "ca", "cg", "cs", "lu", "cv", "wb", "wt", "nc", *ORDERS, "acquire", "acquire.cta", "acquire.gpu", "acquire.sys",
                     "release.gpu", *EVICTIONS, *LEVEL2, *PREFETCHES]:
            yield access("ld", (hint, space), "", "u32")
        for vector_name in VECTORS:
            for type_name in TYPES:
                yield access("ld", (space,), vector_name, type_name)
        for order in ORDERS + ["acquire.gpu"]:
            for vector_name, type_name in (("v2", "u32"), ("v4", "f32"), ("", "u8"), ("", "b128"), ("v2", "b64")):
                yield access("ld", (order, space), vector_name, type_name)
    for nc in ("nc", "nc.ca", "nc.cg", "nc.cs", "nc.cv", "nc.lu"):
        for eviction in ["", *EVICTIONS]:
            for prefetch in ["", *PREFETCHES]:
                for vector_name in ("", "v2", "v4"):
                    yield access("ld", ("global", nc, eviction, prefetch), vector_name, "f32")
    for order in ["", "relaxed.gpu", "acquire.gpu", "volatile", "cg", "nc"]:
        for hint in ("L1::evict_last", "L2::128B", "L1::no_allocate.L2::256B", "L2::evict_last", "L1::evict_first.L2::evict_last"):
            yield access("ld", ("global", order, hint), "", "b32")
            yield access("ld", (order, hint, "L2::cache_hint"), "", "b32", True)
            yield access("ld", ("global", order, hint, "L2::cache_hint"), "v4", "b32", True)
            yield access("ld", ("shared", order, hint, "L2::cache_hint"), "", "b32", True)
            for vector_name, type_name in (("v8", "b32"), ("v8", "f32"), ("v4", "b64"), ("v4", "f64"), ("v4", "u64")):
                yield access("ld", ("global", order, hint), vector_name, type_name)
    for vector_name, type_name in (("v8", "b32"), ("v8", "f32"), ("v4", "b64"), ("v4", "u64"), ("v4", "f64")):
        for order in ("nc", "relaxed.gpu", "ca", "volatile", "weak"):
            yield access("ld", ("global", order), vector_name, type_name)
    yield from spelled("ldu", [["", "global", "shared", "const"], ["", "v2", "v4"]], ["u32"], "%r1, [%d40]")
    for type_name in TYPES:
        yield f"ldu.global.{type_name} {register(type_name, 1)}, [%d40];"
        yield f"ldu.global.v2.{type_name} {vector(type_name, 2)}, [%d40];"


def stores():
    for space in SPACES:
        for hint in ["", "ca", "wb", "cg", "cs", "wt", "cv", "lu", "nc", *ORDERS, "release", "release.cta", "release.gpu", "release.sys",
                     "acquire.gpu", *EVICTIONS, *LEVEL2, *PREFETCHES]:
            yield access("st", (hint, space), "", "u32")
        for vector_name in VECTORS:
            for type_name in TYPES:
                yield access("st", (space,), vector_name, type_name)
        for order in ORDERS + ["release.gpu"]:
            for vector_name, type_name in (("v2", "u32"), ("v4", "f32"), ("", "u8"), ("", "b128")):
                yield access("st", (order, space), vector_name, type_name)
    for order in ["", "relaxed.gpu", "release.gpu", "volatile", "cg", "weak"]:
        for hint in ("L1::evict_last", "L1::no_allocate", "L2::evict_last", "L1::evict_first.L2::evict_last"):
            yield access("st", ("global", order, hint), "", "b32")
            yield access("st", ("global", order, hint, "L2::cache_hint"), "v4", "b32", True)
            for vector_name, type_name in (("v8", "b32"), ("v4", "b64"), ("v4", "f64")):
                yield access("st", ("global", order, hint), vector_name, type_name)
    for vector_name, type_name in (("v8", "b32"), ("v8", "f32"), ("v4", "b64"), ("v4", "u64"), ("v4", "f64")):
        for order in ("", "relaxed.gpu", "wb", "volatile", "weak"):
            yield access("st", ("global", order), vector_name, type_name)


def hints():
    for space in ("", "global", "local", "shared", "const", "param"):
        for level in ("L1", "L2", "L1D", "L2::evict_last", "L2::evict_normal", "L2::evict_first"):
            yield from plain("prefetch", "[%d40]", [space], [level])
    yield from plain("prefetchu", "[%d40]", ["L1", "L2"])
    yield "prefetch.tensormap [%d40];"
    yield "prefetch.param.tensormap [%d40];"
    for opcode in ("applypriority", "discard"):
        for space in ("", "global", "shared"):
            for level in ("L2", "L2::evict_normal", "L1", "L2::evict_last"):
                yield from plain(opcode, "[%d40], 128", [space], [level])
                yield from plain(opcode, "[%d40], 64", [space], [level])
    for first in ("L2::evict_last", "L2::evict_normal", "L2::evict_first", "L2::evict_unchanged"):
        yield f"createpolicy.fractional.{first}.b64 %d1, 1.0;"
        yield f"createpolicy.fractional.{first}.b64 %d1;"
        yield f"createpolicy.fractional.{first}.b64 %d1, %f1;"
        for second in ("L2::evict_first", "L2::evict_unchanged", "L2::evict_last"):
            yield f"createpolicy.fractional.{first}.{second}.b64 %d1, 0.5;"
            yield f"createpolicy.range.global.{first}.{second}.b64 %d1, [%d40], %r1, %r2;"
            yield f"createpolicy.range.{first}.{second}.b64 %d1, [%d40], 0x100000, 0x200000;"
        yield f"createpolicy.range.global.{first}.b64 %d1, [%d40], %r1, %r2;"
    yield "createpolicy.cvt.L2.b64 %d1, 0x100;"
    yield "createpolicy.cvt.L2.b64 %d1, %d2;"


OPERATIONS = ["and", "or", "xor", "cas", "exch", "add", "inc", "dec", "min", "max"]
ATOMIC_TYPES = ["u16", "u32", "s32", "u64", "s64", "b16", "b32", "b64", "b128", "f16", "f16x2", "bf16", "bf16x2", "f32", "f64"]
SEMANTICS = ["", "relaxed", "acquire", "release", "acq_rel", "volatile", "weak"]


def atomics():
    def both(qualifiers, operation, type_name, policy=""):
        name = ".".join(part for part in (*qualifiers, operation, type_name) if part)
        plus = f", {register(type_name, 3)}" if operation.startswith("cas") else ""
        yield f"atom.{name} {register(type_name, 1)}, [%d40], {register(type_name, 2)}{plus}{policy};"
        yield f"red.{name} [%d40], {register(type_name, 2)}{plus}{policy};"

    for operation in OPERATIONS + ["add.noftz", "min.noftz", "max.noftz"]:
        for type_name in ATOMIC_TYPES:
            for space in ("", "global", "shared", "shared::cta", "shared::cluster", "local", "const"):
                yield from both((space,), operation, type_name)
    for semantics in SEMANTICS:
        for scope in ("", "cta", "cluster", "gpu", "sys"):
            for space in ("", "global", "shared"):
                for operation, type_name in (("add", "u32"), ("cas", "b64"), ("add.noftz", "f16x2"), ("exch", "b128")):
                    yield from both((semantics, scope, space), operation, type_name)
    for space in ("", "global", "shared"):
        yield from both((space,), "add.L2::cache_hint", "u32", ", %d41")
        yield from both((space, "relaxed", "gpu"), "add.L2::cache_hint", "f32", ", %d41")
    for type_name, counts in (("f32", ("v2", "v4", "v8")), ("f16", ("v2", "v4", "v8")), ("bf16", ("v2", "v4", "v8")),
                              ("f16x2", ("v2", "v4")), ("bf16x2", ("v2", "v4")), ("u32", ("v2",)), ("f64", ("v2",))):
        for count in counts:
            for operation in ("add", "min", "max", "add.noftz", "min.noftz", "max.noftz"):
                for space in ("", "global", "shared"):
                    for order in ("", "relaxed.gpu", "acq_rel.sys"):
                        n = VECTORS[count]
                        name = ".".join(part for part in (order, space, operation, count, type_name) if part)
                        yield f"atom.{name} {vector(type_name, n)}, [%d40], {vector(type_name, n, 11)};"
                        yield f"red.{name} [%d40], {vector(type_name, n, 11)};"


def fences():
    yield from plain("membar", "", ["", "cta", "gl", "sys", "gpu", "proxy.alias"])
    yield from plain("fence", "", ["", "sc", "acq_rel", "acquire", "release"], ["", "cta", "cluster", "gpu", "sys"])
    for kind in ("alias", "async", "async.global", "async.shared::cta", "async.shared::cluster", "async.local"):
        yield f"fence.proxy.{kind};"
    for order in ("acquire", "release"):
        for where in ("shared::cta", "shared::cluster"):
            yield f"fence.proxy.async::generic.{order}.sync_restrict::{where}.cluster;"
            yield f"fence.{order}.sync_restrict::{where}.cluster;"
    yield "fence.mbarrier_init.release.cluster;"
    yield "fence.mbarrier_init.release.cta;"
    yield "fence.proxy.tensormap::generic.release.gpu;"
    yield "fence.proxy.tensormap::generic.acquire.gpu [%d40], 128;"


FAMILIES = {"loads": loads, "stores": stores, "cache hints": hints, "atomics": atomics, "fences": fences}
