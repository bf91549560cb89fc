// What every kernel of attention is told of a problem, beside where its tokens lie.
#pragma once

#include "attention/visible.cuh"

struct AttentionShape {
    int heads, kv_heads;
    // Softmax scale times log2(e): exponentials are taken to base 2.
    float scale;
    Mask mask;
    int window;
    const int* tree_parents;
    // How many blocks share the keys of a row.
    int shares;
};
