/** SHA-256 by the machine's OpenSSL, for commands that are over before the JVM's own code for it is compiled well. */
package dev.ridgepoint.device.digest;
