"""How spellings are written down: an opcode, modifiers to choose from, types, and the operands that a type asks for."""
import itertools
import re

INTEGERS = ["u16", "s16", "u32", "s32", "u64", "s64"]
BITS = ["b16", "b32", "b64"]
FLOATS = ["f16", "f16x2", "bf16", "bf16x2", "f32", "f64", "f32x2"]
TYPES = INTEGERS + BITS + FLOATS + ["pred", "u8", "s8", "b8", "u16x2", "s16x2", "b128"]

ROUNDINGS = ["", "rn", "rz", "rm", "rp"]
FLUSH = ["", "ftz"]

# The registers that every generated kernel declares. Widths in bits.
DECLARATIONS = """\
.reg .pred %p<32>;
.reg .b16 %h<64>;
.reg .b32 %r<64>;
.reg .b64 %d<64>;
.reg .f32 %f<64>;
.reg .f64 %g<64>;
.reg .b128 %q<16>;
"""
BANK_OF_WIDTH = {8: "%h", 16: "%h", 32: "%r", 64: "%d", 128: "%q"}
BANK = {"pred": "%p", "f32": "%f", "f64": "%g", "f16x2": "%r", "bf16x2": "%r", "u16x2": "%r", "s16x2": "%r", "f32x2": "%d",
        "tf32": "%r", "e4m3x2": "%h", "e5m2x2": "%h"}


def register(type_name, number):
    """The register `number` of the bank that holds values of a type."""
    bank = BANK.get(type_name) or BANK_OF_WIDTH[int(re.search(r"\d+$", type_name).group())]
    return f"{bank}{number}"


def registers(type_name, count, first=1):
    """`count` registers in a row, with commas between."""
    return ", ".join(register(type_name, first + i) for i in range(count))


def vector(type_name, count, first=1):
    return "{" + registers(type_name, count, first) + "}"


def same(count):
    """Operands that are all of the instruction's type."""
    return lambda type_name: registers(type_name, count)


def spelled(opcode, modifiers, types, operands):
    """Every choice of one modifier from each list, with every type: `opcode.mod.mod.type operands;`.

    "" in a list stands for leaving the modifier out. `operands` makes the operands of a type, or is their text.
    """
    for chosen in itertools.product(*modifiers):
        for type_name in types:
            name = ".".join(part for part in (opcode, *chosen, type_name) if part)
            yield f"{name} {operands(type_name) if callable(operands) else operands};".replace(" ;", ";")


def plain(opcode, operands, *choices):
    """The same with no type of its own: `choices` are lists of whatever stands between the dots."""
    return spelled(opcode, choices, [""], operands)
