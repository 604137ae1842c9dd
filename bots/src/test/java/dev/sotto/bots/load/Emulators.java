package dev.sotto.bots.load;

import dev.sotto.model.PrivateAuthority;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.discord.DiscordServer;
import dev.sotto.sandbox.discord.Rules;
import dev.sotto.sandbox.side.Call;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Side;
import dev.sotto.sandbox.side.View;
import dev.sotto.sandbox.slack.SlackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Both platforms and a model, and the people who talk there. */
final class Emulators implements AutoCloseable {
  private static final Pattern END = Pattern.compile("end-(\\d+)");
  private static final String ASSISTANT =
      """
      id: load
      name: Load
      model: openai/stub
      instructions: You answer what you are asked, briefly and kindly.
      """;

  private final SlackServer slack = new SlackServer();
  private final DiscordServer discord =
      new DiscordServer(Rules.real().withRates(Rules.Rate.UNLIMITED, Rules.Rate.UNLIMITED));
  private final Sandbox sandbox = Sandbox.start(0, slack, discord);
  private final PrivateAuthority authority = new PrivateAuthority();
  private final ModelStub model;

  Emulators(Turns turns, ModelStub.Script script) throws IOException, GeneralSecurityException {
    model = new ModelStub(authority, script);
    slack.onAcknowledgement(turns::acknowledged);
    for (Side side : List.of(slack, discord)) {
      var _ = side.faults().onCall(call -> look(call, turns));
    }
  }

  private static void look(Call call, Turns turns) {
    for (String field : call.fields().values()) {
      Matcher end = END.matcher(field);
      while (end.find()) {
        turns.shown(Integer.parseInt(end.group(1)));
      }
    }
  }

  /** Where one conversation goes on. */
  record Talk(Side side, String person, Place place) {
    void say(int turn) {
      side.say(person, place, text(turn));
    }
  }

  /** Begins a conversation with a mention: even numbers on Slack, odd ones on Discord. */
  Talk begin(int number, int turn) {
    Side side = number % 2 == 0 ? slack : discord;
    String mention = number % 2 == 0 ? "<@" + slack.bot() + "> " : discord.mention() + " ";
    String person = side.people().get(number / 2 % side.people().size()).id();
    String channel = side.channel("general");
    String root = side.say(person, Place.in(channel), mention + text(turn));
    return new Talk(side, person, Place.in(channel, root));
  }

  private static String text(int turn) {
    return "turn-%06d: what would you advise?".formatted(turn);
  }

  /** How often each turn's last word stands on either platform now. */
  Map<Integer, Integer> lastWords() {
    Map<Integer, Integer> standing = new HashMap<>();
    Stream.of(slack, discord)
        .flatMap(side -> {
          String person = side.people().getFirst().id();
          return side.view(person).channel(side.channel("general")).all();
        })
        .filter(bubble -> bubble.author().bot())
        .map(View.Bubble::text)
        .forEach(text -> {
          Matcher end = END.matcher(text);
          while (end.find()) {
            standing.merge(Integer.valueOf(end.group(1)), 1, Integer::sum);
          }
        });
    return standing;
  }

  /** What the product needs to know, and a folder for all that it keeps. */
  Map<String, String> environment(Path folder) throws IOException, GeneralSecurityException {
    Path trusted = folder.resolve("trusted.pem");
    Files.writeString(
        trusted, sandbox.certificateAuthority() + Files.readString(authority.pem(folder)));
    Path assistants = Files.createDirectories(folder.resolve("assistants"));
    Files.writeString(assistants.resolve("load.yaml"), ASSISTANT);
    Map<String, String> environment = new HashMap<>();
    environment.put("SLACK_BOT_TOKEN", slack.botToken());
    environment.put("SLACK_APP_TOKEN", slack.appToken());
    environment.put("SLACK_API_URL", slack.apiUrl().toString());
    environment.put("DISCORD_TOKEN", discord.botToken());
    environment.put("DISCORD_API_URL", discord.apiUrl().toString());
    environment.put("OPENAI_API_KEY", "not-a-key");
    environment.put("OPENAI_BASE_URL", model.baseUrl());
    environment.put("SOTTO_TRUSTED_CERTIFICATES", trusted.toString());
    environment.put("SOTTO_ASSISTANTS_DIRECTORY", assistants.toString());
    environment.put("SOTTO_ROOT_KEY", "file:" + folder.resolve("keys/root.key"));
    return environment;
  }

  @Override
  public void close() {
    model.close();
    sandbox.close();
  }
}
