package dev.sotto.crypto;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receipt proves what was erased to who has nothing but it and the public key. */
class ReceiptTest {
  private static final String TEAM = "slack:TEAM-ONE";

  @TempDir private Path folder;
  private ApplicationContext context;
  private Shredder shredder;

  @BeforeEach
  void open() {
    context = ApplicationContext.run();
    shredder = context.getBean(Shredder.class);
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void isGenuineAndSaysNothingButNumbersAndOurOwnIds() {
    Receipt receipt = erase("PERSON-ONE");

    assertThat(Receipt.verify(receipt.json(), shredder.publicKey())).isTrue();
    assertThat(Receipt.verify(receipt.json() + "\n", shredder.publicKey())).isTrue();
    assertThat(receipt.json())
        .contains("\"kind\":\"person\"", "\"keys\":1", "\"rows\":0")
        .doesNotContain("PERSON-ONE", "TEAM-ONE", "slack");
    assertThat(shredder.receipts()).containsExactly(receipt);
  }

  @Test
  void isRefusedWithAnyByteFlippedCutOffOrAdded() {
    String json = erase("PERSON-ONE").json() + "\n";
    String key = shredder.publicKey();

    byte[] bytes = json.getBytes(ISO_8859_1);
    for (int i = 0; i < bytes.length; i++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        byte[] flipped = bytes.clone();
        flipped[i] ^= (byte) (1 << bit);
        assertThat(Receipt.verify(new String(flipped, ISO_8859_1), key)).as("byte %d", i).isFalse();
      }
    }
    for (int i = 0; i < bytes.length - 1; i++) {
      assertThat(Receipt.verify(json.substring(0, i), key)).isFalse();
    }
    assertThat(Receipt.verify(json + "\n", key)).isFalse();
    assertThat(Receipt.verify(" " + json, key)).isFalse();
  }

  @Test
  void isRefusedUnderAnotherKeyAndAKeyThatIsNoneIsNamed() {
    String json = erase("PERSON-ONE").json();
    try (ApplicationContext other = ApplicationContext.run()) {
      String another = other.getBean(Shredder.class).publicKey();

      assertThat(Receipt.verify(json, another)).isFalse();
    }
    assertThatThrownBy(() -> Receipt.verify(json, "no key"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("public key");
    String broken = shredder.publicKey().replace("MCow", "AAAA");
    assertThatThrownBy(() -> Receipt.verify(json, broken))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** As docs/erasure.md tells an operator to. */
  @Test
  void isVerifiedByOpensslAloneAndRefusedWhenAltered() throws Exception {
    String json = erase("PERSON-ONE").json() + "\n";
    assumeTrue(hasOpenssl(), "openssl is not installed");
    Files.writeString(folder.resolve("key.pem"), shredder.publicKey());
    Files.writeString(folder.resolve("genuine.json"), json);
    Files.writeString(folder.resolve("altered.json"), json.replace("\"rows\":0", "\"rows\":9"));

    assertThat(openssl("genuine.json")).isZero();
    assertThat(openssl("altered.json")).isNotZero();
  }

  @Test
  void isSignedByAKeyThatARotationLeaves() {
    Receipt receipt = erase("PERSON-ONE");
    String key = shredder.publicKey();

    context.getBean(Keys.class).rotate((_, _) -> {});

    assertThat(shredder.publicKey()).isEqualTo(key);
    assertThat(shredder.receipts()).containsExactly(receipt);
  }

  private int openssl(String receipt) throws IOException, InterruptedException {
    String script =
        """
        sed 's/,"signature":"[^"]*"//' %1$s | tr -d '\\n' > said
        sed 's/.*"signature":"\\([^"]*\\)".*/\\1/' %1$s | openssl base64 -d -A > signature
        openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in said -sigfile signature
        """
            .formatted(receipt);
    Process process = start(List.of("sh", "-c", script));
    return process.waitFor();
  }

  private boolean hasOpenssl() throws InterruptedException {
    try {
      Process process = start(List.of("openssl", "version"));
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out").toFile())
        .start();
  }

  private Receipt erase(String person) {
    context.getBean(Vault.class).person(TEAM, person);
    Erased erased = shredder.person(TEAM, person).orElseThrow();
    shredder.counted(erased, shredder.count(List.of(erased.scope())));
    assertThat(shredder.release(erased.scope())).isTrue();
    return shredder.finish(erased);
  }
}
