package dev.sotto.crypto.root;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;

/** One key that a service keeps, asked once by each call. */
interface Kms {
  URI address();

  /**
   * Wraps, with the associated data bound.
   *
   * @throws RefusedException the service said no
   */
  byte[] encrypt(byte[] plain, byte[] associatedData)
      throws IOException, GeneralSecurityException, RefusedException;

  /**
   * Unwraps.
   *
   * @throws GeneralSecurityException it was not wrapped by this key, or not with this data
   * @throws RefusedException the service said no
   */
  byte[] decrypt(byte[] wrapped, byte[] associatedData)
      throws IOException, GeneralSecurityException, RefusedException;
}
