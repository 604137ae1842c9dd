package dev.sotto.crypto;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What is believed of a conversation, kept sealed: everything else about its rows is checked
 * against it.
 *
 * @param subject the fingerprint by which the conversation is found
 * @param base the link before the first row there is
 * @param floor the link before the first row from {@code firstSeq} on
 * @param last the link of the newest row, or {@code floor} if there is none
 * @param note the link of its summary, zeros if there is none
 * @param noteUntil when the summary has had its time, in milliseconds
 * @param broken whether something was found missing or changed since it began
 * @param loose whether rows before {@code firstSeq} cannot be checked any more
 */
public record ChainHead(
    Chain chain,
    Fingerprint subject,
    ChainLink base,
    ChainLink floor,
    ChainLink last,
    ChainLink note,
    long firstSeq,
    long nextSeq,
    long epoch,
    long noteUntil,
    boolean broken,
    boolean loose) {
  private static final byte KIND = 1;
  private static final int SEALED =
      2 + Chain.SIZE + Fingerprint.SIZE + 4 * ChainLink.SIZE + 4 * Long.BYTES;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final ChainLink NONE = ChainLink.none();

  /** Of a conversation whose rows from {@code seq} on are linked; those before it are not. */
  public static ChainHead fresh(
      BlindIndexes indexes, Fingerprint subject, long seq, long epoch, boolean broken) {
    ChainLink start = ChainLink.random(RANDOM);
    return new ChainHead(
        Chain.fresh(RANDOM, indexes),
        subject,
        start,
        start,
        start,
        NONE,
        seq,
        seq,
        epoch,
        0,
        broken,
        seq > 0);
  }

  /** Of no conversation: nothing is believed under it. */
  public static ChainHead nothing(BlindIndexes indexes) {
    return fresh(indexes, Fingerprint.none(), Long.MAX_VALUE, 0, true);
  }

  /** What a link is made of where nothing is before. */
  public static ChainLink none() {
    return NONE;
  }

  public boolean noted() {
    return !note.equals(NONE);
  }

  /** With another newest row. */
  public ChainHead grown(ChainLink newest, long next) {
    return new ChainHead(
        chain, subject, base, floor, newest, note, firstSeq, next, epoch, noteUntil, broken, loose);
  }

  /** Beginning at a row, whose link follows {@code floor}. */
  public ChainHead beginning(long first, ChainLink floor) {
    return new ChainHead(
        chain, subject, base, floor, last, note, first, nextSeq, epoch, noteUntil, broken, loose);
  }

  /** From now on it begins behind its newest row. */
  public ChainHead afresh() {
    boolean lost = broken || loose;
    return new ChainHead(
        chain,
        subject,
        lost ? last : base,
        last,
        last,
        NONE,
        nextSeq,
        nextSeq,
        epoch + 1,
        0,
        false,
        lost);
  }

  /** As {@link #afresh}, because what was before it cannot be believed. */
  public ChainHead abandoned() {
    return keeping(nextSeq, last);
  }

  /** Broken, and believing nothing before a row, whose link follows {@code floor}. */
  public ChainHead keeping(long first, ChainLink floor) {
    return new ChainHead(
        chain, subject, floor, floor, last, NONE, first, nextSeq, epoch + 1, 0, true, true);
  }

  /** With other ends, after rows were taken away. */
  public ChainHead between(ChainLink base, ChainLink floor, ChainLink last) {
    return new ChainHead(
        chain, subject, base, floor, last, note, firstSeq, nextSeq, epoch, noteUntil, broken,
        loose);
  }

  /** With a summary; {@link #none} for none. */
  public ChainHead noted(ChainLink note, long until) {
    return new ChainHead(
        chain, subject, base, floor, last, note, firstSeq, nextSeq, epoch, until, broken, loose);
  }

  /** Without a summary, and with none that is being made. */
  public ChainHead unnoted() {
    return new ChainHead(
        chain, subject, base, floor, last, NONE, firstSeq, nextSeq, epoch + 1, 0, broken, loose);
  }

  public Ciphertext seal(Vault vault, Cell cell) {
    ByteBuffer bytes = ByteBuffer.allocate(SEALED);
    bytes.put(KIND).put((byte) ((broken ? 1 : 0) | (loose ? 2 : 0))).put(chain.secret());
    bytes.put(subject.bytes());
    for (ChainLink it : new ChainLink[] {base, floor, last, note}) {
      bytes.put(it.bytes());
    }
    bytes.putLong(firstSeq).putLong(nextSeq).putLong(epoch).putLong(noteUntil);
    return vault.seal(cell, Base64.getEncoder().encodeToString(bytes.array()));
  }

  /**
   * Opens what {@link #seal} made for the cell.
   *
   * @throws IntegrityException it was not made for it
   * @throws ErasedException the keys of the scope were destroyed
   */
  public static ChainHead open(Vault vault, Cell cell, Ciphertext sealed) {
    String text = vault.open(cell, sealed);
    try {
      return read(ByteBuffer.wrap(Base64.getDecoder().decode(text)), vault.indexes());
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw IntegrityException.at(cell, "holds no head");
    }
  }

  private static ChainHead read(ByteBuffer bytes, BlindIndexes indexes) {
    if (bytes.get() != KIND) {
      throw new IllegalArgumentException("another kind");
    }
    int flags = bytes.get();
    byte[] secret = new byte[Chain.SIZE];
    bytes.get(secret);
    return new ChainHead(
        new Chain(secret, indexes),
        new Fingerprint(sixteen(bytes)),
        new ChainLink(sixteen(bytes)),
        new ChainLink(sixteen(bytes)),
        new ChainLink(sixteen(bytes)),
        new ChainLink(sixteen(bytes)),
        bytes.getLong(),
        bytes.getLong(),
        bytes.getLong(),
        bytes.getLong(),
        (flags & 1) != 0,
        (flags & 2) != 0);
  }

  private static byte[] sixteen(ByteBuffer bytes) {
    byte[] value = new byte[ChainLink.SIZE];
    bytes.get(value);
    return value;
  }

  @Override
  public String toString() {
    return "ChainHead";
  }
}
