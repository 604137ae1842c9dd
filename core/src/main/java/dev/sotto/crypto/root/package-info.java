/**
 * The key outside of our storage, and where it may lie: a file, a passphrase, or a service that
 * keeps it and wraps for us (AWS KMS, Google Cloud KMS, Vault or OpenBao transit). {@link
 * dev.sotto.crypto.root.RootKeys} finds the place that an address names; what is specific to a
 * service is loaded only when an address names that service.
 */
@NullMarked
package dev.sotto.crypto.root;

import org.jspecify.annotations.NullMarked;
