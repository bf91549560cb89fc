package dev.ridgepoint.kernels.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisSweepTest {
    private static List<String> ids(String sweep) {
        return AxisSweep.parse(sweep).stream().map(w -> w.problem().id()).toList();
    }

    @Test
    void axesMultiplyAndTheLastRunsFastest() {
        assertEquals(
                List.of("gemm_m1_n8_k4_fp32", "gemm_m1_n8_k4_bf16", "gemm_m2_n8_k4_fp32", "gemm_m2_n8_k4_bf16"),
                ids("gemm:M=1,2;N=8;K=4;precision=fp32,bf16"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1..8         | 1 2 4 8
            1..9         | 1 2 4 8
            3..100x4     | 3 12 48
            128..512+128 | 128 256 384 512
            1,2,2..8,5   | 1 2 4 8 5
            7..7         | 7
            10..100x999999999999999999 | 10
            """)
    void rangesDoubleMultiplyOrStep(String values, String expected) {
        List<String> wanted = List.of(expected.split(" ")).stream()
                .map(m -> "gemm_m" + m + "_n1_k1_fp32")
                .toList();
        assertEquals(wanted, ids("gemm:M=" + values + ";N=1;K=1;precision=fp32"));
    }

    @Test
    void anAxisMayFollowAnother() {
        assertEquals(
                List.of("attn_causal_b1_q128_kv128_h8_kv2_d64_bf16", "attn_causal_b1_q256_kv256_h8_kv2_d64_bf16"),
                ids("attention:Hq=8;Hkv=2;Sq=128..256;Skv=Sq;D=64;mask=causal;precision=bf16"));
    }

    @Test
    void formatsSweepToo() {
        assertEquals(
                List.of("quantize_r4_c64_fp16_int8_row_int8_token", "quantize_r4_c64_fp16_int8_tensor_int8_tensor"),
                ids("quantize:rows=4;cols=64;src=fp16;precision=int8_token,int8_tensor"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gemm                                                | sweep: expected op:axis=values;...
            gemm:M=1;N=1;K=1                                    | sweep: precision: missing
            gemm:M;N=1;K=1;precision=fp32                       | sweep: expected axis=values, got 'M'
            gemm:M=1;M=2;N=1;K=1;precision=fp32                 | sweep: M: given twice
            gemm:M=8..1;N=1;K=1;precision=fp32                  | sweep: M: '8..1' goes nowhere
            gemm:M=1..8x1;N=1;K=1;precision=fp32                | sweep: M: '1..8x1' goes nowhere
            gemm:M=0..8;N=1;K=1;precision=fp32                  | sweep: M: '0..8' goes nowhere
            gemm:M=1..;N=1;K=1;precision=fp32                   | sweep: M: cannot read '1..'
            gemm:M=1,,2;N=1;K=1;precision=fp32                  | sweep: M: cannot read ''
            gemm:M=1..1000000000+1;N=1;K=1;precision=fp32       | sweep: M: '1..1000000000+1' has more than 10000 values
            gemm:M=1..200+1;N=1..200+1;K=1;precision=fp32       | sweep: 40000 combinations, at most 10000
            gemm:M=x;N=1;K=1;precision=fp32                     | sweep: shape/M: expected a whole number, got "x"
            gemm:M=1;N=1;precision=fp32                         | sweep: shape/K: missing
            gemm:M=1;N=1;K=1;Q=1;precision=fp32                 | sweep: shape/Q: unknown field
            gemm:M=1;N=1;K=1;precision=fp99                     | sweep: precision: unknown precision 'fp99'
            conv:M=1;N=1;K=1;precision=fp32                     | sweep: op: unknown 'conv'
            """)
    void aMistakeNamesItsAxis(String sweep, String message) {
        var error = assertThrows(IllegalArgumentException.class, () -> AxisSweep.parse(sweep));
        assertEquals(
                message,
                error.getMessage()
                        .substring(
                                0, Math.min(message.length(), error.getMessage().length())));
    }
}
