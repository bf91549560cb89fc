package dev.ridgepoint.device.cuda.jcuda;

import jcuda.Pointer;

/** Memory of host or device by its number: JCuda hands it on as it is, where it would look into a buffer each time. */
final class Address extends Pointer {
    Address(long number) {
        super(number);
    }
}
