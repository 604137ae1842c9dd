package dev.sotto.crypto;

import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The keys of a chain of links, such as the audit log's. The first key of a segment lies in the key
 * store, wrapped directly by the root key and bound to installation and segment; nobody needs it
 * but who checks the chain. Where the chain stands is sealed as any text is. Thread-safe.
 */
@Singleton
public class ChainKeys implements RootWrapped {
  private static final int PARTS = 4;

  private final Installation installation;
  private final ChainKeyRows rows;
  private final ChainStore store;
  private final Binding binding;
  private final Vault vault;

  ChainKeys(
      Installation installation,
      ChainKeyRows rows,
      ChainStore store,
      Binding binding,
      Vault vault) {
    this.installation = installation;
    this.rows = rows;
    this.store = store;
    this.binding = binding;
    this.vault = vault;
  }

  /**
   * Makes the first key of a segment and keeps it, for good when this returns. Call it while nobody
   * else can begin the same segment.
   */
  public ChainKey begin(int segment) {
    ChainKey first = ChainKey.random();
    RootKey root = installation.root();
    Ciphertext wrapped = new Ciphertext(root.wrap(first.secret(), place(segment)));
    store.keep(segment, root.id(), wrapped);
    return first;
  }

  /**
   * The first key of a segment, to check the chain with.
   *
   * @throws IntegrityException it was not made for this segment here
   */
  public Optional<ChainKey> first(int segment) {
    return rows.findBySegment(segment).map(it -> unwrap(installation.root(), it));
  }

  /** Seals where a chain stands. */
  public Ciphertext seal(Cell cell, ChainState state) {
    return vault.seal(
        cell,
        "%d %d %s %s"
            .formatted(
                state.segment(),
                state.seq(),
                state.last().hex(),
                HexFormat.of().formatHex(state.key().secret())));
  }

  /**
   * Opens where a chain stands.
   *
   * @throws IntegrityException it was not sealed for this cell
   */
  public ChainState open(Cell cell, Ciphertext sealed) {
    String[] parts = vault.open(cell, sealed).split(" ", -1);
    Optional<ChainMac> last = parts.length == PARTS ? ChainMac.ofHex(parts[2]) : Optional.empty();
    return last.map(it ->
            new ChainState(
                Integer.parseInt(parts[0]),
                Long.parseLong(parts[1]),
                it,
                new ChainKey(HexFormat.of().parseHex(parts[PARTS - 1]))))
        .orElseThrow(() -> IntegrityException.at(cell, "does not say where a chain stands"));
  }

  @Override
  public int rewrap(RootKey from, RootKey to) {
    int sum = 0;
    for (ChainKeyRow row : rows.notUnder(to.id())) {
      byte[] again = to.wrap(unwrap(from, row).secret(), place(row.segment()));
      sum += rows.replace(row.segment(), to.id(), row.wrapped(), new Ciphertext(again));
    }
    return sum;
  }

  private ChainKey unwrap(RootKey root, ChainKeyRow row) {
    try {
      return new ChainKey(root.unwrap(row.wrapped().bytes(), place(row.segment())));
    } catch (GeneralSecurityException e) {
      throw new IntegrityException(
          "integrity: the first key of segment " + row.segment() + " does not verify");
    }
  }

  private byte[] place(int segment) {
    return binding.ofChain(installation.id(), segment);
  }
}
