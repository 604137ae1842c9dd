package dev.sotto.bots;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the table of packages, and sees each of its rules fail on a violation planted for it. */
class ArchitectureTest {
  /** Who may use whom, in the order of the house: a package uses only those above it. */
  private static final Map<String, Set<String>> MAY_USE = table();

  /** Who alone may use a library. */
  private static final Map<String, Set<String>> AT_HOME =
      Map.ofEntries(
          Map.entry("com.google.crypto.tink", Set.of("crypto")),
          Map.entry("com.slack.api", Set.of("slack")),
          Map.entry("net.dv8tion.jda", Set.of("discord")),
          Map.entry("dev.langchain4j", Set.of("model")),
          Map.entry("org.apache.lucene", Set.of("knowledge")),
          Map.entry("java.net.http", Set.of("slack")),
          Map.entry("okhttp3", Set.of("model", "crypto", "slack", "discord")),
          Map.entry("software.amazon.awssdk", Set.of("crypto")),
          Map.entry("io.micrometer", Set.of("telemetry", "bots")),
          Map.entry("io.opentelemetry", Set.of("telemetry", "bots")),
          Map.entry("org.eclipse.jetty", Set.of("sandbox", "bots")));

  private static final JavaClasses SOTTO =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(
              location -> !location.contains("/$") && !location.contains("-tests.jar"))
          .importPackages("dev.sotto");

  @TempDir private Path planted;

  static Stream<String> packages() {
    return MAY_USE.keySet().stream();
  }

  static Stream<String> libraries() {
    return AT_HOME.keySet().stream();
  }

  @Test
  void everyPackageStandsInTheTable() {
    Set<String> packages = Set.copyOf(SOTTO.stream().map(ArchitectureTest::top).toList());

    assertThat(MAY_USE.keySet()).containsAll(packages);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void usesOnlyThoseAboveIt(String name) {
    onlyAbove("dev.sotto", name).allowEmptyShould(true).check(SOTTO);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPlantedUseOfOneBelowIsSeen(String name) throws IOException {
    String forbidden = name.equals("bots") ? "below" : "bots";

    JavaClasses classes =
        plant(
            Map.of(
                "planted.%s.Uses".formatted(name),
                "package planted.%s; class Uses { planted.%s.Used it; }".formatted(name, forbidden),
                "planted.%s.Used".formatted(forbidden),
                "package planted.%s; public class Used {}".formatted(forbidden)));

    assertThatThrownBy(() -> onlyAbove("planted", name).check(classes))
        .isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void aLibraryIsKnownInItsHomeOnly(String library) {
    atHome("dev.sotto", library).check(SOTTO);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void aLibraryElsewhereIsSeen(String library) throws IOException {
    JavaClasses classes =
        plant(
            Map.of(
                "planted.memory.Uses",
                "package planted.memory; class Uses { %s it; }".formatted(typeOf(library))));

    assertThatThrownBy(() -> atHome("planted", library).check(classes))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void databaseTypesStayInRows() {
    databaseInRows("dev.sotto").check(SOTTO);
  }

  @Test
  void aDatabaseTypeElsewhereIsSeen() throws IOException {
    JavaClasses classes =
        plant(
            Map.of(
                "planted.memory.Store",
                "package planted.memory; class Store { java.sql.Connection it; }"));

    assertThatThrownBy(() -> databaseInRows("planted").check(classes))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void noRowHoldsWhatAPersonWrote() {
    noText("dev.sotto").check(SOTTO);
  }

  @Test
  void aRowWithTextIsSeen() throws IOException {
    JavaClasses classes =
        plant(
            Map.of(
                "planted.memory.TextRow",
                "package planted.memory; record TextRow(String text) {}"));

    assertThatThrownBy(() -> noText("planted").check(classes)).isInstanceOf(AssertionError.class);
  }

  @Test
  void noPackagesFormACycle() {
    SlicesRuleDefinition.slices()
        .matching("dev.sotto.(*)..")
        .should()
        .beFreeOfCycles()
        .check(SOTTO);
  }

  private static ArchRule onlyAbove(String root, String name) {
    DescribedPredicate<JavaClass> forbidden =
        DescribedPredicate.describe(
            "packages that " + name + " may not use",
            it ->
                it.getPackageName().startsWith(root + ".")
                    && !top(it).equals(name)
                    && !MAY_USE.getOrDefault(name, Set.of()).contains(top(it)));
    return noClasses()
        .that()
        .resideInAPackage(root + "." + name + "..")
        .should()
        .dependOnClassesThat(forbidden);
  }

  private static ArchRule atHome(String root, String library) {
    String[] homes =
        AT_HOME.getOrDefault(library, Set.of()).stream()
            .map(it -> root + "." + it + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .resideOutsideOfPackages(homes)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library + "..");
  }

  private static ArchRule databaseInRows(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .haveNameNotMatching(
            ".*(Row|Rows|Converter|database\\.\\w+|crypto\\.Ciphertext|crypto\\.BlindIndex|crypto\\.ChainLink|crypto\\.ChainMac)(\\$.*)?")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages(
            "java.sql..",
            "javax.sql..",
            "io.micronaut.data.annotation..",
            "io.micronaut.data.jdbc..",
            "io.micronaut.data.model..",
            "io.micronaut.data.repository..");
  }

  private static ArchRule noText(String root) {
    return fields()
        .that()
        .areDeclaredInClassesThat()
        .haveNameMatching(root + ".*Row")
        .and()
        .doNotHaveName("rootId") // what the root key is called, by its own making
        .should()
        .haveRawType(
            DescribedPredicate.describe(
                "an id, a time, a number, an enum, a ciphertext or a blind index",
                it ->
                    !it.isEquivalentTo(String.class)
                        && !it.isEquivalentTo(CharSequence.class)
                        && !it.isEquivalentTo(Object.class)));
  }

  private JavaClasses plant(Map<String, String> sources) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", planted.toString()));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = planted.resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).isZero();
    return new ClassFileImporter().importPath(planted);
  }

  private static String typeOf(String library) {
    return switch (library) {
      case "com.google.crypto.tink" -> "com.google.crypto.tink.Aead";
      case "com.slack.api" -> "com.slack.api.Slack";
      case "net.dv8tion.jda" -> "net.dv8tion.jda.api.JDA";
      case "dev.langchain4j" -> "dev.langchain4j.model.chat.ChatModel";
      case "org.apache.lucene" -> "org.apache.lucene.index.IndexReader";
      case "java.net.http" -> "java.net.http.HttpClient";
      case "software.amazon.awssdk" -> "software.amazon.awssdk.http.SdkHttpRequest";
      case "io.micrometer" -> "io.micrometer.core.instrument.MeterRegistry";
      case "io.opentelemetry" -> "io.opentelemetry.api.trace.Span";
      case "okhttp3" -> "okhttp3.OkHttpClient";
      case "org.eclipse.jetty" -> "org.eclipse.jetty.server.Server";
      default -> throw new IllegalArgumentException(library);
    };
  }

  private static String top(JavaClass type) {
    String[] parts = type.getPackageName().split("\\.", -1);
    int root = parts[0].equals("planted") ? 1 : 2;
    return parts.length > root ? parts[root] : "";
  }

  private static Map<String, Set<String>> table() {
    Map<String, Set<String>> table = new LinkedHashMap<>();
    table.put("chat", Set.of());
    table.put("telemetry", Set.of());
    table.put("database", Set.of());
    table.put("crypto", Set.of("chat", "telemetry", "database")); // whom every hop trusts
    table.put("access", Set.of("chat"));
    table.put("guard", Set.of("chat"));
    table.put("backup", Set.of("crypto"));
    table.put("assistant", Set.of("chat", "crypto"));
    table.put("memory", Set.of("chat", "crypto", "assistant"));
    table.put("knowledge", Set.of("chat", "crypto"));
    table.put("model", Set.of("chat", "telemetry"));
    table.put("audit", Set.of("chat", "crypto", "database"));
    table.put("tool", Set.of("chat", "guard", "audit"));
    table.put("flow", Set.of("chat", "crypto", "assistant", "memory"));
    table.put("conversation", Set.copyOf(table.keySet()));
    table.put("command", without(table.keySet(), "conversation"));
    table.put("inbox", Set.copyOf(table.keySet()));
    table.put("slack", Set.of("chat"));
    table.put("discord", Set.of("chat"));
    table.put("sandbox", Set.of());
    table.put("bots", Set.copyOf(table.keySet()));
    return table;
  }

  private static Set<String> without(Set<String> all, String one) {
    return Set.copyOf(all.stream().filter(it -> !it.equals(one)).toList());
  }
}
