package dev.sotto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sotto.chat.Secret;
import dev.sotto.crypto.SealedTexts.Use;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SealedTextsTest extends StoreContract {
  private static final String NAME = "sotto.slack.bot-token";
  private static final String VALUE = "xoxb-20417-brackenfold";

  @Test
  void opensUnderItsOwnNameAfterARestartAndShowsNothing() {
    String sealed = texts().seal(Use.PROPERTY, NAME, VALUE);

    restart();

    assertThat(sealed).startsWith("sealed:").hasLineCount(1).doesNotContain("brackenfold");
    assertThat(texts().open(Use.PROPERTY, NAME, sealed + "\n")).isEqualTo(VALUE);
    assertThat(texts().seal(Use.PROPERTY, NAME, VALUE)).isNotEqualTo(sealed);
  }

  @Test
  void opensUnderNoOtherNameAndForNoOtherUse() {
    String sealed = texts().seal(Use.PROPERTY, NAME, VALUE);

    assertThatThrownBy(() -> texts().open(Use.PROPERTY, "sotto.slack.app-token", sealed))
        .isInstanceOf(SealedTextException.class)
        .hasMessage("was altered, or sealed for another name; seal it again");
    assertThatThrownBy(() -> texts().open(Use.ASSISTANT, NAME, sealed))
        .isInstanceOf(SealedTextException.class);
  }

  @Test
  void wouldOpenUnderAnotherNameIfItWereNotBoundToItsOwn() {
    try (SealedStore twin = twin(Twins.BINDS_NOTHING)) {
      SealedTexts texts = twin.bean(SealedTexts.class);

      String sealed = texts.seal(Use.PROPERTY, NAME, VALUE);

      assertThat(texts.open(Use.PROPERTY, "sotto.slack.app-token", sealed)).isEqualTo(VALUE);
    }
  }

  @Test
  void doesNotOpenWithAnyBitTurned() {
    String sealed = texts().seal(Use.PROPERTY, NAME, VALUE);
    byte[] bytes = Base64.getUrlDecoder().decode(sealed.substring(SealedTexts.MARK.length()));

    for (int i = 0; i < bytes.length; i++) {
      byte[] altered = bytes.clone();
      altered[i] ^= 1;
      String line = SealedTexts.MARK + Base64.getUrlEncoder().encodeToString(altered);
      assertThatThrownBy(() -> texts().open(Use.PROPERTY, NAME, line))
          .as("byte " + i)
          .isInstanceOf(SealedTextException.class)
          .hasMessageEndingWith("seal it again");
    }
    for (int length = 0; length < sealed.length(); length++) {
      String line = sealed.substring(0, length);
      assertThatThrownBy(() -> texts().open(Use.PROPERTY, NAME, line))
          .as("length " + length)
          .isInstanceOf(SealedTextException.class);
    }
  }

  @Test
  void namesTheMendUnderAnotherRootKey() {
    String sealed = texts().seal(Use.PROPERTY, NAME, VALUE);

    try (SealedStore other = twin("another root key")) {
      assertThatThrownBy(() -> other.bean(SealedTexts.class).open(Use.PROPERTY, NAME, sealed))
          .isInstanceOf(SealedTextException.class)
          .hasMessageStartingWith("was sealed under another root key")
          .hasMessageEndingWith("seal it again");
    }
  }

  @Test
  void hidesTheLengthOfAShortText() throws IOException {
    assertThat(sizeUnderItsKey(texts().seal(Use.PROPERTY, NAME, "a")))
        .isEqualTo(sizeUnderItsKey(texts().seal(Use.PROPERTY, NAME, "a".repeat(60))));
  }

  /** Without the wrapped key before it, whose length varies with the key's number. */
  private static int sizeUnderItsKey(String sealed) throws IOException {
    byte[] bytes = Base64.getUrlDecoder().decode(sealed.substring(SealedTexts.MARK.length()));
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      in.readByte();
      in.skipNBytes(in.readUnsignedShort());
      in.skipNBytes(in.readUnsignedShort());
      return in.available();
    }
  }

  @Test
  void aSecretIsPrintedAndSerialisedByNobody() {
    Secret secret = Secret.of(" " + VALUE + "\n");

    assertThat(secret).hasToString("[REDACTED]");
    assertThat("" + secret).doesNotContain(VALUE);
    assertThat(secret.reveal()).isEqualTo(VALUE);
    assertThat(secret).isNotEqualTo(Secret.of(VALUE));
    assertThatThrownBy(() -> new JsonMapper().writeValueAsString(secret))
        .isInstanceOf(InvalidDefinitionException.class);
    assertThatThrownBy(
            () -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(secret))
        .isInstanceOf(NotSerializableException.class);
  }

  private SealedTexts texts() {
    return store.bean(SealedTexts.class);
  }
}
