"""Matrix instructions."""
from forms import vector


def moves():
    for shape in ("m8n8", "m16n16", "m8n16", "m16n8"):
        for count in (1, 2, 4):
            for trans in ("", ".trans"):
                for space in ("", ".shared", ".shared::cta", ".global"):
                    for type_name in ("b16", "b8", "b8x16.b6x16_p32", "b8x16.b4x16_p64"):
                        parts = vector("b32", count * (2 if shape == "m16n16" else 1))
                        yield f"ldmatrix.sync.aligned.{shape}.x{count}{trans}{space}.{type_name} {parts}, [%d40];"
                        if not type_name.startswith("b8x"):
                            yield f"stmatrix.sync.aligned.{shape}.x{count}{trans}{space}.{type_name} [%d40], {vector('b32', count)};"
    yield "ldmatrix.sync.aligned.x1.m8n8.shared.b16 {%r1}, [%r40];"
    yield "movmatrix.sync.aligned.m8n8.trans.b16 %r1, %r2;"
    yield "movmatrix.sync.aligned.m8n8.b16 %r1, %r2;"


BITS = {"f16": 16, "bf16": 16, "tf32": 32, "f64": 64, "s8": 8, "u8": 8, "s4": 4, "u4": 4, "e4m3": 8, "e5m2": 8, "b1": 1, "f32": 32, "s32": 32,
        "e2m1": 8, "e3m2": 8, "e2m3": 8}


def product(shape, kinds, d, a, b, c, extra="", after=""):
    """mma with as many registers as its shape takes."""
    m, n, k = shape

    def fragment(rows, columns, type_name, first):
        bank = {"f32": "f32", "f64": "f64"}.get(type_name, "b32")
        width = BITS[type_name]
        count = max(rows * columns * width // 32 // max(width, 32), 1)
        return vector(bank, count, first)
    name = f"mma.sync.aligned.m{m}n{n}k{k}.{kinds}{extra}.{d}.{a}.{b}.{c}{after}"
    return f"{name} {fragment(m, n, d, 1)}, {fragment(m, k, a, 10)}, {fragment(k, n, b, 20)}, {fragment(m, n, c, 30)};"


SHAPES = [(8, 8, 4), (16, 8, 4), (16, 8, 8), (16, 8, 16), (16, 8, 32), (8, 8, 16), (8, 8, 32), (16, 8, 64), (16, 8, 128), (16, 8, 256), (8, 8, 128)]


def products():
    for shape in SHAPES:
        for a, b in (("f16", "f16"), ("bf16", "bf16"), ("tf32", "tf32"), ("f64", "f64"), ("e4m3", "e4m3"), ("e4m3", "e5m2"), ("e5m2", "e5m2"),
                     ("f16", "bf16"), ("s8", "s8"), ("u8", "s8"), ("s4", "s4"), ("u4", "s4"), ("s4", "s8")):
            for d, c in (("f32", "f32"), ("f16", "f16"), ("f32", "f16"), ("s32", "s32"), ("f64", "f64"), ("bf16", "bf16")):
                yield product(shape, "row.col", d, a, b, c)
                if d == "s32":
                    yield product(shape, "row.col", d, a, b, c, extra=".satfinite")
                if d == "f64":
                    yield product(shape, "row.col.rz", d, a, b, c)
        for operation in (".xor.popc", ".and.popc"):
            yield product(shape, "row.col", "s32", "b1", "b1", "s32", after=operation)
    for rows in ("row", "col"):
        for columns in ("row", "col"):
            for d in ("f16", "f32"):
                for c in ("f16", "f32"):
                    n = {"f16": ("b32", 4), "f32": ("f32", 8)}
                    yield (f"mma.sync.aligned.m8n8k4.{rows}.{columns}.{d}.f16.f16.{c} {vector(*n[d])}, {vector('b32', 2, 10)}, "
                           f"{vector('b32', 2, 14)}, {vector(*n[c], 20)};")
                    yield product((16, 8, 16), f"{rows}.{columns}", d, "f16", "f16", c)
    for a in ("e4m3", "e5m2", "e2m1", "e3m2", "e2m3"):
        for c in ("f32", "f16"):
            yield product((16, 8, 32), "row.col.kind::f8f6f4", c, a, "e4m3", c)


def wmma():
    for m, n, k in ((16, 16, 16), (32, 8, 16), (8, 32, 16), (16, 16, 8), (8, 8, 4), (8, 8, 32), (8, 8, 128)):
        shape = f"m{m}n{n}k{k}"
        for layout in ("row", "col"):
            for space in ("", ".shared", ".global", ".local"):
                for type_name, count in (("f16", 8), ("bf16", 4), ("tf32", 4), ("s8", 2), ("u8", 2), ("s8", 1), ("s8", 4), ("bf16", 2), ("bf16", 8),
                                         ("f64", 1), ("s4", 1), ("u4", 1), ("b1", 1)):
                    bank = "f64" if type_name == "f64" else "b32"
                    yield f"wmma.load.a.sync.aligned.{layout}.{shape}{space}.{type_name} {vector(bank, count)}, [%d40], %r40;"
                    yield f"wmma.load.b.sync.aligned.{layout}.{shape}{space}.{type_name} {vector(bank, count)}, [%d40];"
                for type_name, count in (("f16", 4), ("f32", 8), ("s32", 8), ("f64", 2), ("s32", 2)):
                    bank = {"f16": "b32", "s32": "b32"}.get(type_name, type_name)
                    yield f"wmma.load.c.sync.aligned.{layout}.{shape}{space}.{type_name} {vector(bank, count)}, [%d40], %r40;"
                    yield f"wmma.store.d.sync.aligned.{layout}.{shape}{space}.{type_name} [%d40], {vector(bank, count)}, %r40;"
        for rows in ("row", "col"):
            for columns in ("row", "col"):
                for d, c in (("f32", "f32"), ("f16", "f16"), ("f16", "f32"), ("f32", "f16")):
                    n = {"f16": ("b32", 4), "f32": ("f32", 8)}
                    for satfinite in ("", ".satfinite"):
                        yield (f"wmma.mma.sync.aligned.{rows}.{columns}.{shape}.{d}.{c}{satfinite} {vector(*n[d])}, {vector('b32', 8, 10)}, "
                               f"{vector('b32', 8, 20)}, {vector(*n[c], 30)};")
                for type_name, parts in (("bf16", 4), ("tf32", 4)):
                    yield (f"wmma.mma.sync.aligned.{rows}.{columns}.{shape}.f32.{type_name}.{type_name}.f32 {vector('f32', 8)}, "
                           f"{vector('b32', parts, 10)}, {vector('b32', parts, 20)}, {vector('f32', 8, 30)};")
                for type_name, pair in (("s8", 2), ("u8", 2)):
                    for satfinite in ("", ".satfinite"):
                        yield (f"wmma.mma.sync.aligned.{rows}.{columns}.{shape}.s32.{type_name}.{type_name}.s32{satfinite} {vector('b32', 8)}, "
                               f"{vector('b32', pair, 10)}, {vector('b32', pair, 20)}, {vector('b32', 8, 30)};")
                for rounding in ("", ".rn", ".rz", ".rm", ".rp"):
                    yield (f"wmma.mma.sync.aligned.{rows}.{columns}.{shape}{rounding}.f64.f64.f64.f64 {vector('f64', 2)}, "
                           f"{vector('f64', 1, 10)}, {vector('f64', 1, 20)}, {vector('f64', 2, 30)};")
                if not shape.startswith("m8n8k"):
                    continue
                for operation, a, b, satfinite in (("", "s4", "s4", ""), ("", "u4", "u4", ".satfinite"), ("", "s4", "u4", ""), (".xor.popc", "b1", "b1", ""),
                                                   (".and.popc", "b1", "b1", ""), (".or.popc", "b1", "b1", ""), ("", "b1", "b1", "")):
                    yield (f"wmma.mma{operation}.sync.aligned.{rows}.{columns}.{shape}.s32.{a}.{b}.s32{satfinite} {vector('b32', 2)}, "
                           f"{vector('b32', 1, 10)}, {vector('b32', 1, 20)}, {vector('b32', 2, 30)};")


FAMILIES = {"matrices moved": moves, "mma": products, "wmma": wmma}
