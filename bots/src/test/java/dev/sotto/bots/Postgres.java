package dev.sotto.bots;

import static org.awaitility.Awaitility.await;

import dev.sotto.model.PrivateAuthority;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;

/** A real PostgreSQL that speaks TLS, with a certificate of an authority of its own. */
public final class Postgres implements AutoCloseable {
  private static final String USER = "postgres";

  private final EmbeddedPostgres server;
  private final Path authority;
  private final Path data;

  private Postgres(EmbeddedPostgres server, Path authority) throws SQLException {
    this.server = server;
    this.authority = authority;
    this.data = Path.of(queried(plain("postgres"), "show data_directory"));
  }

  public static Postgres start(Path folder)
      throws IOException, GeneralSecurityException, SQLException {
    PrivateAuthority ours = new PrivateAuthority();
    ours.writeServer(folder);
    Postgres postgres = new Postgres(durable().start(), ours.pem(folder));
    postgres.execute("alter system set ssl_cert_file = '" + folder.resolve("server.crt") + "'");
    postgres.execute("alter system set ssl_key_file = '" + folder.resolve("server.key") + "'");
    postgres.configure("ssl", "on");
    return postgres;
  }

  /** A commit is in the log when it is acknowledged, as everywhere but in this library. */
  private static EmbeddedPostgres.Builder durable() {
    return EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on");
  }

  /** Another one in a folder: from now on every commit here waits until it has it, too. */
  Postgres standby(Path folder) throws IOException, SQLException {
    try (Connection connection = DriverManager.getConnection(plain("postgres"), USER, "");
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_backup_start('standby', true)");
      copy(data, folder);
      try (ResultSet label =
          statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
        label.next();
        Files.writeString(folder.resolve("backup_label"), label.getString(1));
      }
    }
    Files.createFile(folder.resolve("standby.signal"));
    Files.writeString(
        folder.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=%d user=%s'%n".formatted(port(), USER),
        StandardOpenOption.APPEND);
    Postgres standby =
        new Postgres(
            durable().setDataDirectory(folder).setCleanDataDirectory(false).start(), authority);
    configure("synchronous_standby_names", "*");
    await()
        .until(() ->
            queried(
                    plain("postgres"),
                    "select count(*) from pg_stat_replication where sync_state = 'sync'")
                .equals("1"));
    return standby;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.filter(it -> !isOfTheRunning(it)).toList()) {
        Path copy = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(path, copy);
        }
      }
    }
    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
  }

  private static boolean isOfTheRunning(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.startsWith("postmaster.") || name.startsWith("epg-");
  }

  /** SIGKILL, as if its machine had gone. */
  void kill() throws IOException {
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    server.destroyForcibly();
    server.onExit().join();
  }

  /** A standby becomes what it stood by for. */
  void promote() throws SQLException {
    execute("select pg_promote()");
  }

  /** The certificate that vouches for it. */
  Path authority() {
    return authority;
  }

  /** Where a database is to be appended. */
  String address(String host) {
    return "jdbc:postgresql://" + host + ":" + server.getPort() + "/";
  }

  /** What an operator sets for a program that keeps everything in two new databases here. */
  public Map<String, String> environment() throws SQLException {
    return environment(server.getPort(), "");
  }

  /** The same by way of another port. */
  Map<String, String> environment(int port, String further) throws SQLException {
    execute("create database sotto");
    execute("create database keys");
    String address = "jdbc:postgresql://127.0.0.1:" + port + "/%s?sslrootcert=" + authority;
    return Map.of(
        "DATASOURCES_DEFAULT_URL",
        address.formatted("sotto") + further,
        "DATASOURCES_DEFAULT_USERNAME",
        USER,
        "DATASOURCES_KEYS_URL",
        address.formatted("keys") + further,
        "DATASOURCES_KEYS_USERNAME",
        USER);
  }

  int port() {
    return server.getPort();
  }

  /** Returns when new connections see it. */
  void configure(String name, String value) throws SQLException {
    execute("alter system set " + name + " = '" + value + "'");
    execute("select pg_reload_conf()");
    await().until(() -> queried(plain("postgres"), "show " + name).equals(value));
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(plain("postgres"), USER, "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The one value of a query in a database. */
  String queried(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, USER, "");
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return String.valueOf(found.getString(1));
    }
  }

  /** An address at which nothing is secured. */
  String plain(String database) {
    return address("127.0.0.1") + database + "?sslmode=disable";
  }

  /** Looks into all of its files, its log among them, before they go. */
  @Override
  public void close() {
    try (server) {
      Dialogue.isUnreadIn(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
