package dev.sotto.crypto.root;

/** A root key in a file; where it may lie and who may read it: {@code RootKeyTest}. */
class KeyFileTest extends RootKeyContract {
  @Override
  String address() {
    return "file:" + folder.resolve("one/root.key");
  }

  @Override
  String anotherAddress() {
    return "file:" + folder.resolve("another/root.key");
  }
}
