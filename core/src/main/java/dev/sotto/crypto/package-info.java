/**
 * Seals text for a place and opens it there; keeps, rotates and destroys keys. The only package
 * that knows Tink. {@link dev.sotto.crypto.Vault} is its door for everyone who stores text, {@link
 * dev.sotto.crypto.Keys} for administrators, {@link dev.sotto.crypto.root.RootKey} the port to the
 * key that lies outside of our storage.
 *
 * <p>Hierarchy: root key, workspace key, keys of a person, a conversation, the workspace's data and
 * its index. The wrapped keys lie in a database of their own; the data database knows the key
 * versions by name only. Every sealed value and every wrapped key is bound to its place ({@link
 * dev.sotto.crypto.Binding}), so that nothing opens where it was not sealed.
 */
@NullMarked
package dev.sotto.crypto;

import org.jspecify.annotations.NullMarked;
