package dev.sotto.sandbox.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.side.Place;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandRoutesTest {
  private static final String TREE =
      """
      [{"name":"sotto","description":"Talks","options":[
        {"type":1,"name":"help","description":"Helps"},
        {"type":2,"name":"assistant","description":"Assistants","options":[
          {"type":1,"name":"list","description":"Lists"},
          {"type":1,"name":"use","description":"Uses","options":[
            {"type":3,"name":"name","description":"Which","required":true,"autocomplete":true},
            {"type":3,"name":"note","description":"Why"}]},
          {"type":1,"name":"give","description":"Gives","options":[
            {"type":6,"name":"user","description":"Whom","required":true},
            {"type":4,"name":"count","description":"How many"}]}]}]},
       {"name":"admin","description":"For few","default_member_permissions":"0"}]
      """;

  private final DiscordServer discord = new DiscordServer();
  private final Sandbox sandbox = Sandbox.start(0, discord);
  private final BotClient bot = new BotClient(sandbox, discord);
  private final String commands = "applications/" + discord.applicationId() + "/commands";
  private final String maria = discord.person("maria");
  private final String tom = discord.person("tom");
  private final Place place = Place.in(discord.channel("general"));

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private JsonNode data(String typed) {
    BotClient.Line line = bot.identified(1);
    discord.command(tom, place, typed);
    return line.event("INTERACTION_CREATE").path("data");
  }

  @Test
  void keepsIdsOfCommandsThatKeepTheirNames() {
    JsonNode first = bot.call("PUT", commands, TREE);
    JsonNode second = bot.call("PUT", commands, TREE);

    assertThat(second.findValuesAsText("id")).isEqualTo(first.findValuesAsText("id"));
    assertThat(bot.get(commands).findValuesAsText("application_id"))
        .containsOnly(discord.applicationId());
    assertThat(second.path(0).path("contexts")).hasSize(2);
  }

  @Test
  void changesAndRemovesSingleCommands() {
    String local =
        "applications/%s/guilds/%s/commands".formatted(discord.applicationId(), discord.guildId());
    JsonNode made = bot.call("POST", local, "{\"name\":\"here\",\"description\":\"Here\"}");
    String one = local + "/" + made.path("id").asText();

    bot.call("PATCH", one, "{\"description\":\"There\"}");
    assertThat(bot.get(one).path("description").asText()).isEqualTo("There");

    bot.call("DELETE", one, "");
    assertThat(bot.get(one).path("code").asInt()).isEqualTo(10063);
  }

  @Test
  void refusesNamesThatDiscordRefuses() {
    assertThat(
            bot.call("POST", commands, "{\"name\":\"Not Good\",\"description\":\"d\"}")
                .path("code")
                .asInt())
        .isEqualTo(50035);
    assertThat(bot.call("POST", commands, "{\"name\":\"good\"}").path("code").asInt())
        .isEqualTo(50035);
  }

  @Test
  void laysALineOverTheTree() {
    bot.call("PUT", commands, TREE);

    JsonNode use = data("/sotto assistant use helpdesk because it knows");

    assertThat(use.at("/options/0/name").asText()).isEqualTo("assistant");
    assertThat(use.at("/options/0/options/0/name").asText()).isEqualTo("use");
    JsonNode given = use.at("/options/0/options/0/options");
    assertThat(given.findValuesAsText("value")).containsExactly("helpdesk", "because it knows");
  }

  @Test
  void takesOptionsByNameAndResolvesPeople() {
    bot.call("PUT", commands, TREE);

    JsonNode give = data("/sotto assistant give count:3 user:@maria");

    JsonNode given = give.at("/options/0/options/0/options");
    assertThat(given.path(0).path("value").asText()).isEqualTo(maria);
    assertThat(given.path(1).path("value").isIntegralNumber()).isTrue();
    assertThat(give.at("/resolved/users/" + maria + "/username").asText()).isEqualTo("maria");
    assertThat(give.at("/resolved/members/" + maria).isObject()).isTrue();
  }

  @Test
  void refusesWhatTheInputWouldNotSend() {
    bot.call("PUT", commands, TREE);

    for (String line :
        List.of("/unknown", "/sotto", "/sotto assistant", "/sotto assistant use", "/admin")) {
      assertThatThrownBy(() -> discord.command(tom, place, line))
          .as(line)
          .isInstanceOf(IllegalArgumentException.class);
    }
    discord.command(maria, place, "/admin");
  }

  @Test
  void proposesNamesByItself() {
    bot.call("PUT", commands, TREE);

    assertThat(discord.complete(tom, place, "/")).containsExactly("/sotto");
    assertThat(discord.complete(maria, place, "/")).containsExactly("/sotto", "/admin");
    assertThat(discord.complete(tom, place, "/sotto as")).containsExactly("/sotto assistant");
    assertThat(discord.complete(tom, place, "/sotto assistant "))
        .containsExactly("/sotto assistant list", "/sotto assistant use", "/sotto assistant give");
  }

  @Test
  void proposesValuesThatTheBotKnows() {
    bot.call("PUT", commands, TREE);
    BotClient.Line line = bot.identified(1);

    CompletableFuture<List<String>> proposed =
        CompletableFuture.supplyAsync(
            () -> discord.complete(tom, place, "/sotto assistant use he"));
    JsonNode typing = line.event("INTERACTION_CREATE");
    assertThat(typing.path("type").asInt()).isEqualTo(4);
    JsonNode option = typing.at("/data/options/0/options/0/options/0");
    assertThat(option.path("focused").asBoolean()).isTrue();
    assertThat(option.path("value").asText()).isEqualTo("he");
    bot.call(
        "POST",
        "interactions/%s/%s/callback"
            .formatted(typing.path("id").asText(), typing.path("token").asText()),
        "{\"type\":8,\"data\":{\"choices\":[{\"name\":\"Help Desk\",\"value\":\"helpdesk\"}]}}");

    assertThat(proposed.join()).containsExactly("/sotto assistant use helpdesk");
  }
}
