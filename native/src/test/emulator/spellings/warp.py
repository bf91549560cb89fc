"""Warps, barriers, control."""
from forms import plain, register, spelled


def together():
    for mode in ("up", "down", "bfly", "idx", "sideways"):
        for type_name in ("b32", "u32", "b64"):
            for where in ("%r1|%p1", "%r1"):
                yield f"shfl.sync.{mode}.{type_name} {where}, %r2, %r3, 0x1f, 0xffffffff;"
        yield f"shfl.sync.{mode}.b32 %r1, %r2, 1, %r3, %r4;"
        yield f"shfl.{mode}.b32 %r1, %r2, %r3, 31;"
    for mode in ("all", "any", "uni", "none"):
        yield f"vote.sync.{mode}.pred %p1, %p2, %r1;"
        yield f"vote.sync.{mode}.pred %p1, !%p2, 0xffffffff;"
        yield f"vote.{mode}.pred %p1, %p2;"
    yield "vote.sync.ballot.b32 %r1, %p1, 0xffffffff;"
    yield "vote.sync.ballot.b32 %r1, !%p1, %r2;"
    yield "vote.ballot.b32 %r1, %p1;"
    for type_name in ("b32", "b64", "u32", "b16"):
        value = register(type_name, 2)
        yield f"match.sync.any.{type_name} %r1, {value}, 0xffffffff;"
        yield f"match.any.sync.{type_name} %r1, {value}, %r3;"
        yield f"match.sync.all.{type_name} %r1|%p1, {value}, %r3;"
        yield f"match.sync.all.{type_name} %r1, {value}, %r3;"
        yield f"match.sync.any.{type_name} %r1|%p1, {value}, %r3;"
    yield from spelled("redux.sync", [["add", "min", "max", "and", "or", "xor"], ["", "abs", "NaN", "abs.NaN"]],
                       ["u32", "s32", "b32", "f32", "u64"], lambda t: f"{register(t, 1)}, {register(t, 2)}, %r3")
    yield from ("activemask.b32 %r1;", "activemask.u32 %r1;", "elect.sync %r1|%p1, %r2;", "elect.sync _|%p1, 0xffffffff;",
                "elect.sync %r1, %r2;", "bar.warp.sync %r1;", "bar.warp.sync 0xffffffff;", "bar.warp.sync;")


def barriers():
    for name in ("bar", "barrier", "bar.cta", "barrier.cta"):
        for aligned in ("", ".aligned"):
            for operands in ("0", "%r1", "1, 64", "%r1, %r2", "16", "0, 0", "0, 33", ""):
                yield f"{name}.sync{aligned} {operands};".replace(" ;", ";")
                yield f"{name}.arrive{aligned} {operands};".replace(" ;", ";")
            for operands in ("0, %p2", "%r2, !%p2", "1, 64, %p2", "%r2, %r3, !%p2"):
                yield f"{name}.red.popc{aligned}.u32 %r1, {operands};"
                yield f"{name}.red.and{aligned}.pred %p1, {operands};"
                yield f"{name}.red.or{aligned}.pred %p1, {operands};"
                yield f"{name}.red.xor{aligned}.pred %p1, {operands};"
    yield "bar.sync.u32 0;"
    for aligned in ("", ".aligned"):
        for order in ("", ".release", ".relaxed", ".acquire"):
            yield f"barrier.cluster.arrive{order}{aligned};"
            yield f"barrier.cluster.wait{order}{aligned};"


def control():
    yield from ("brkpt;", "trap;", "exit;", "pmevent 1;", "pmevent 16;", "pmevent.mask 3;", "nanosleep.u32 10;", "nanosleep.u32 %r1;",
                "nanosleep.b32 %r1;", "setmaxnreg.inc.sync.aligned.u32 104;", "getctarank.u32 %r1, %d1;",
                "getctarank.shared::cluster.u32 %r1, %r2;", "mapa.u64 %d1, %d2, %r1;", "mapa.shared::cluster.u32 %r1, %r2, %r3;",
                "griddepcontrol.wait;", "griddepcontrol.launch_dependents;", "griddepcontrol.other;", "istypep.texref %p1, %d1;",
                "bra END; END:;".replace("END", "$end_a"), "bra.uni $end_b; $end_b:;", "@%p1 bra $end_c; $end_c:;", "@!%p1 exit;", "ret.uni;",
                "exit.uni;")
    for type_name in ("u16", "u32", "s32", "b32", "u64", "s64", "b64", "f32"):
        yield from plain(f"stacksave.{type_name}", register(type_name, 1))
        yield from plain(f"stackrestore.{type_name}", register(type_name, 1))
        for rest in ("16", register(type_name, 2), "16, 8", "16, 24", "16, 8388608", "16, 16777216", f"{register(type_name, 2)}, 1", "16, 0"):
            yield from plain(f"alloca.{type_name}", f"{register(type_name, 1)}, {rest}")


FAMILIES = {"across lanes": together, "barriers": barriers, "control": control}
