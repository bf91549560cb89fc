"""Copies that complete later, and mbarriers."""
from forms import plain


def element_copies():
    for cache in ("ca", "cg", ""):
        for where in ("shared", "shared::cta", "shared::cluster"):
            for prefetch in ("", "L2::64B", "L2::128B", "L2::256B", "L2::cache_hint", "L2::cache_hint.L2::128B"):
                policy = ", %d41" if "hint" in prefetch else ""
                for size in ("4", "8", "16", "2", "%r5"):
                    name = [cache], [f"{where}.global"], [prefetch]
                    yield from plain("cp.async", f"[%r40], [%d40], {size}{policy}", *name)
                    yield from plain("cp.async", f"[%r40], [%d40], {size}, %r1{policy}", *name)
                    yield from plain("cp.async", f"[%r40], [%d40], {size}, %p1{policy}", *name)
                    yield from plain("cp.async", f"[%r40], [%d40], {size}, 0{policy}", *name)
    yield from ("cp.async.commit_group;", "cp.async.wait_group 0;", "cp.async.wait_group 7;", "cp.async.wait_group %r1;", "cp.async.wait_all;")
    for space in ("", ".shared", ".shared::cta", ".shared::cluster", ".global"):
        for noinc in ("", ".noinc"):
            yield f"cp.async.mbarrier.arrive{noinc}{space}.b64 [%r40];"


def bulk_copies():
    yield from ("cp.async.bulk.commit_group;", "cp.async.bulk.wait_group 0;", "cp.async.bulk.wait_group.read 1;", "cp.async.bulk.wait_group %r1;")
    tail = "mbarrier::complete_tx::bytes"
    for to in ("shared::cluster", "shared::cta"):
        yield f"cp.async.bulk.{to}.global.{tail} [%r40], [%d40], %r1, [%r41];"
        yield f"cp.async.bulk.{to}.global.{tail}.L2::cache_hint [%r40], [%d40], %r1, [%r41], %d41;"
        yield f"cp.async.bulk.{to}.global.{tail}.multicast::cluster [%r40], [%d40], %r1, [%r41], %h1;"
        yield f"cp.async.bulk.{to}.shared::cta.{tail} [%r40], [%r42], %r1, [%r41];"
    yield "cp.async.bulk.global.shared::cta.bulk_group [%d40], [%r40], %r1;"
    yield "cp.async.bulk.global.shared::cta.bulk_group.L2::cache_hint [%d40], [%r40], %r1, %d41;"
    yield "cp.async.bulk.global.shared::cta.bulk_group.cp_mask [%d40], [%r40], %r1, %h1;"
    yield "cp.async.bulk.prefetch.L2.global [%d40], %r1;"
    yield "cp.async.bulk.prefetch.L2.global.L2::cache_hint [%d40], %r1, %d41;"
    for operation in ("add", "min", "max", "inc", "and", "add.noftz"):
        for type_name in ("u32", "s32", "u64", "f16", "bf16", "f32", "f64", "b32"):
            yield f"cp.reduce.async.bulk.global.shared::cta.bulk_group.{operation}.{type_name} [%d40], [%r40], %r1;"


def mbarriers():
    for space in ("", ".shared", ".shared::cta", ".shared::cluster", ".global"):
        yield from mbarriers_in(space, "[%r40]" if "shared" in space else "[%d40]")
    yield "mbarrier.pending_count.b64 %r1, %d1;"


def mbarriers_in(space, at):
    """`at` is the mbarrier's address: 64 bits where it is generic."""
    yield f"mbarrier.init{space}.b64 {at}, 1;"
    yield f"mbarrier.init{space}.b64 {at}, %r1;"
    yield f"mbarrier.init{space}.b32 {at}, %r1;"
    yield f"mbarrier.inval{space}.b64 {at};"
    for order in ("", ".release.cta", ".release.cluster", ".relaxed.cta", ".relaxed.cluster", ".release.gpu", ".release"):
        for arrive in ("arrive", "arrive_drop"):
            for to in ("%d1", "_"):
                yield f"mbarrier.{arrive}{order}{space}.b64 {to}, {at};"
                yield f"mbarrier.{arrive}{order}{space}.b64 {to}, {at}, %r1;"
                yield f"mbarrier.{arrive}.expect_tx{order}{space}.b64 {to}, {at}, %r1;"
                yield f"mbarrier.{arrive}.noComplete{order}{space}.b64 {to}, {at}, 1;"
    for order in ("", ".acquire.cta", ".acquire.cluster", ".relaxed.cta", ".acquire.gpu"):
        for wait in ("test_wait", "try_wait"):
            yield f"mbarrier.{wait}{order}{space}.b64 %p1, {at}, %d1;"
            yield f"mbarrier.{wait}.parity{order}{space}.b64 %p1, {at}, %r1;"
            yield f"mbarrier.{wait}{order}{space}.b64 %p1, {at}, %d1, %r2;"
            yield f"mbarrier.{wait}.parity{order}{space}.b64 %p1, {at}, %r1, %r2;"
    for kind in ("expect_tx", "complete_tx"):
        for order in ("", ".relaxed.cta", ".relaxed.cluster", ".release.cta"):
            yield f"mbarrier.{kind}{order}{space}.b64 {at}, %r1;"


FAMILIES = {"cp.async": element_copies, "bulk copies": bulk_copies, "mbarriers": mbarriers}
