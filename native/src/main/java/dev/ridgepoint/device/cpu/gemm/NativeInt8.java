package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.device.cpu.lib.NativeTask;

/** Our int8 product for CPUs without VNNI: codes widened to 16 bits, sums exact. */
record NativeInt8() implements Multiplier {
    @Override
    public void multiply(LaunchBuilder launch, Product p) {
        launch.then(NativeTask.gemmInt8(p.m(), p.n(), p.k(), p.a(), p.b(), p.c()));
    }

    @Override
    public boolean finishes() {
        return false;
    }
}
