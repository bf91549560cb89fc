#include "onednn.h"

#ifdef RIDGEPOINT_ONEDNN
#include <cmath>
#include <memory>
#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>
#include <vector>

namespace bench {
namespace {

typedef dnnl::memory::desc Desc;
typedef dnnl::memory::data_type Type;

const dnnl::engine& engine() {
    static const dnnl::engine cpu = [] {
        dnnl::set_max_cpu_isa(dnnl::cpu_isa::avx512_core);
        return dnnl::engine(dnnl::engine::kind::cpu, 0);
    }();
    return cpu;
}

const char* name(dnnl::cpu_isa isa) {
    switch (isa) {
        case dnnl::cpu_isa::sse41: return "sse41";
        case dnnl::cpu_isa::avx: return "avx";
        case dnnl::cpu_isa::avx2: return "avx2";
        case dnnl::cpu_isa::avx2_vnni: return "avx2_vnni";
        case dnnl::cpu_isa::avx2_vnni_2: return "avx2_vnni_2";
        case dnnl::cpu_isa::avx512_core: return "avx512_core";
        default: return "another";
    }
}

// Small numbers of both signs, the same in every run.
dnnl::memory filled(const Desc& shape) {
    const dnnl::memory plain({shape.get_dims(), Type::f32, shape.get_strides()}, engine());
    float* const values = static_cast<float*>(plain.get_data_handle());
    for (size_t i = 0; i < shape.get_size() / dnnl::memory::data_type_size(shape.get_data_type()); i++) values[i] = (float)((int)(i * 37 % 200) - 100) / 100;
    if (shape.get_data_type() == Type::f32) return plain;
    dnnl::memory wanted(shape, engine());
    dnnl::stream stream(engine());
    dnnl::memory source = plain;
    dnnl::reorder(source, wanted).execute(stream, source, wanted);
    stream.wait();
    return wanted;
}

// Primitives with what they read and write, run in order.
class Sequence {
  public:
    void add(const dnnl::primitive& primitive, std::unordered_map<int, dnnl::memory> arguments) {
        steps_.push_back({primitive, std::move(arguments)});
    }
    void run() {
        for (Step& step : steps_) step.primitive.execute(stream_, step.arguments);
        stream_.wait();
    }

  private:
    struct Step {
        dnnl::primitive primitive;
        std::unordered_map<int, dnnl::memory> arguments;
    };
    dnnl::stream stream_{engine()};
    std::vector<Step> steps_;
};

std::shared_ptr<Sequence> attention(int heads, int length, int depth, Type type) {
    const Desc query({heads, length, depth}, type, {(long)length * depth, depth, 1});
    const Desc key({heads, depth, length}, type, {(long)length * depth, 1, depth});
    const Desc scores({heads, length, length}, Type::f32, dnnl::memory::format_tag::abc);
    const Desc weights({heads, length, length}, type, dnnl::memory::format_tag::abc);
    const Desc out({heads, length, depth}, Type::f32, dnnl::memory::format_tag::abc);
    dnnl::post_ops scale;
    scale.append_eltwise(dnnl::algorithm::eltwise_linear, 1.0f / std::sqrt((float)depth), 0.0f);
    dnnl::primitive_attr scaled;
    scaled.set_post_ops(scale);
    const dnnl::memory s(scores, engine()), p(weights, engine()), o(out, engine());
    auto all = std::make_shared<Sequence>();
    all->add(dnnl::matmul({engine(), query, key, scores, scaled}),
             {{DNNL_ARG_SRC, filled(query)}, {DNNL_ARG_WEIGHTS, filled(key)}, {DNNL_ARG_DST, s}});
    all->add(dnnl::softmax_forward({engine(), dnnl::prop_kind::forward_inference, dnnl::algorithm::softmax_accurate, scores, weights, 2}),
             {{DNNL_ARG_SRC, s}, {DNNL_ARG_DST, p}});
    all->add(dnnl::matmul({engine(), weights, query, out}), {{DNNL_ARG_SRC, p}, {DNNL_ARG_WEIGHTS, filled(query)}, {DNNL_ARG_DST, o}});
    return all;
}

}  // namespace

std::string onednn_version() {
    engine();
    const dnnl_version_t* version = dnnl::version();
    return std::to_string(version->major) + "." + std::to_string(version->minor) + "." + std::to_string(version->patch) +
           ", limited to avx512_core, runs as " + name(dnnl::get_effective_cpu_isa());
}

Rival onednn_matmul(int n) {
    const Desc square({n, n}, Type::f32, dnnl::memory::format_tag::ab);
    auto all = std::make_shared<Sequence>();
    all->add(dnnl::matmul({engine(), square, square, square}),
             {{DNNL_ARG_SRC, filled(square)}, {DNNL_ARG_WEIGHTS, filled(square)}, {DNNL_ARG_DST, dnnl::memory(square, engine())}});
    return {"fp32 matmul", [all] { all->run(); }};
}

Rival onednn_attention(int heads, int length, int depth) {
    try {
        const auto all = attention(heads, length, depth, Type::bf16);
        return {"bf16 product + softmax + product", [all] { all->run(); }};
    } catch (const dnnl::error& error) {
        if (error.status != dnnl_unimplemented) throw;
    }
    const auto all = attention(heads, length, depth, Type::f32);
    return {"fp32 product + softmax + product, for it has none in bf16 here", [all] { all->run(); }};
}

}  // namespace bench

#else
namespace bench {
std::string onednn_version() { return "left out: built without RIDGEPOINT_ONEDNN"; }
Rival onednn_matmul(int) { return {}; }
Rival onednn_attention(int, int, int) { return {}; }
}  // namespace bench
#endif
