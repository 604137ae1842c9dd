package dev.sotto.crypto.root;

import java.util.List;
import java.util.Set;

/**
 * A place in which root keys lie, as one address names it. While a root key is being replaced by
 * another in the same place, both are there.
 */
public interface RootPlace {

  /** The address, as it would be configured. */
  String location();

  /** The keys that lie there, the newest last; never empty. */
  List<RootKey> keys();

  /**
   * Makes another key there, kept for good when this returns; the keys before it stay.
   *
   * @throws RootKeyException this place cannot
   */
  RootKey add();

  /** Lets go of keys, by their ids, for good; where others keep them, nothing is done. */
  void drop(Set<String> ids);
}
