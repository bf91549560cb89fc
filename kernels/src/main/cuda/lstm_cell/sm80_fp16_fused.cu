// An LSTM cell in fp16: x_gates and h_gates [batch, 4, hidden], bias [4, hidden] and c [batch, hidden] to h_next and c_next
// [batch, hidden].
// Launch: threads across hidden, 16 bytes each; blocks down the batch, striding.
#include "lstm_cell/cell.cuh"

extern "C" __global__ void __launch_bounds__(128)
    lstm_cell_sm80_fp16_fused(const Fp16* x_gates, const Fp16* h_gates, const Fp16* bias, const Fp16* c, Fp16* h_next,
                              Fp16* c_next, int batch, int hidden) {
    lstm_cell(x_gates, h_gates, bias, c, h_next, c_next, batch, hidden);
}
