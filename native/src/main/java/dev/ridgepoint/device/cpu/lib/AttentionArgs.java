package dev.ridgepoint.device.cpu.lib;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.MemberSetter;
import org.bytedeco.javacpp.annotation.Namespace;
import org.bytedeco.javacpp.annotation.Platform;

/** The struct of {@code attention_args.h}, field by field; pointers are set by their addresses. */
@Platform(include = "ridgepoint_cpu.h", library = "ridgepointcpu")
@Namespace("ridgepoint")
public final class AttentionArgs extends Pointer {
    private static final long serialVersionUID = 1;

    public AttentionArgs() {
        super((Pointer) null);
        allocate();
        Pointer.memset(this, 0, sizeof());
    }

    private native void allocate();

    @MemberSetter
    public native AttentionArgs sequences(@Cast("int64_t") long value);

    @MemberSetter
    public native AttentionArgs q_heads(@Cast("int64_t") long value);

    @MemberSetter
    public native AttentionArgs kv_heads(@Cast("int64_t") long value);

    @MemberSetter
    public native AttentionArgs head_dim(@Cast("int64_t") long value);

    @MemberSetter
    public native AttentionArgs value_dim(@Cast("int64_t") long value);

    @MemberSetter
    public native AttentionArgs window(@Cast("int64_t") long value);

    @MemberSetter
    public native AttentionArgs page_size(@Cast("int64_t") long value);

    @MemberSetter
    public native AttentionArgs pages_a_row(@Cast("int64_t") long value);

    @MemberSetter
    public native AttentionArgs longest_q(@Cast("int64_t") long value);

    @MemberSetter
    public native AttentionArgs longest_kv(@Cast("int64_t") long value);

    @MemberSetter
    public native AttentionArgs kv_shared(@Cast("bool") boolean value);

    @MemberSetter
    public native AttentionArgs q_offsets(@Cast("const int32_t*") long address);

    @MemberSetter
    public native AttentionArgs kv_offsets(@Cast("const int32_t*") long address);

    @MemberSetter
    public native AttentionArgs q(@Cast("const void*") long address);

    @MemberSetter
    public native AttentionArgs k(@Cast("const void*") long address);

    @MemberSetter
    public native AttentionArgs v(@Cast("const void*") long address);

    @MemberSetter
    public native AttentionArgs q_scale(@Cast("const float*") long address);

    @MemberSetter
    public native AttentionArgs k_scales(@Cast("const float*") long address);

    @MemberSetter
    public native AttentionArgs v_scales(@Cast("const float*") long address);

    @MemberSetter
    public native AttentionArgs one_scale(@Cast("bool") boolean value);

    @MemberSetter
    public native AttentionArgs block_table(@Cast("const int32_t*") long address);

    @MemberSetter
    public native AttentionArgs tree_parents(@Cast("const int32_t*") long address);

    @MemberSetter
    public native AttentionArgs o(@Cast("void*") long address);
}
