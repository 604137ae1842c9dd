package dev.sotto.sandbox.page;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.Trust;
import dev.sotto.sandbox.discord.DiscordServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocket;

/** The bot on the Discord side: offers {@code /sotto}, completes it, and answers privately. */
final class DiscordBot {
  private static final String COMMANDS =
      """
      [{"name":"sotto","type":1,"description":"Sotto","contexts":[0,1],"options":[
        {"type":1,"name":"help","description":"What there is"},
        {"type":2,"name":"assistant","description":"Assistants","options":[
          {"type":1,"name":"list","description":"All"},
          {"type":1,"name":"use","description":"Use one here","options":[
            {"type":3,"name":"id","description":"Which","required":true,"autocomplete":true}]}]}]}]
      """;
  private static final int COMMAND = 2;
  private static final int AUTOCOMPLETE = 4;

  private final DiscordServer discord;
  private final Wire wire;

  DiscordBot(Sandbox sandbox, DiscordServer discord) {
    this.discord = discord;
    wire = new Wire(Trust.client(sandbox));
    call("PUT", "applications/" + discord.applicationId() + "/commands", COMMANDS);
    wire.connect(discord.gatewayUrl() + "?v=10&encoding=json", this::hear);
    await().until(() -> discord.sockets().open() > 0);
  }

  private void hear(WebSocket socket, JsonNode message) {
    if (message.path("op").asInt() == 10) {
      String token = Wire.quoted(discord.botToken());
      String properties = "{\"os\":\"t\",\"browser\":\"t\",\"device\":\"t\"}";
      socket
          .sendText(
              "{\"op\":2,\"d\":{\"intents\":512,\"token\":"
                  + token
                  + ",\"properties\":"
                  + properties
                  + "}}",
              true)
          .join();
    }
    if (message.path("t").asText().equals("INTERACTION_CREATE")) {
      answer(message.path("d"));
    }
  }

  private void answer(JsonNode interaction) {
    String back =
        switch (interaction.path("type").asInt()) {
          case AUTOCOMPLETE ->
              "{\"type\":8,\"data\":{\"choices\":[{\"name\":\"quiz\",\"value\":\"quiz\"},"
                  + "{\"name\":\"adviser\",\"value\":\"adviser\"}]}}";
          case COMMAND -> "{\"type\":4,\"data\":{\"content\":\"**Done**, quietly.\",\"flags\":64}}";
          default -> "{\"type\":6}";
        };
    String id = interaction.path("id").asText();
    call(
        "POST",
        "interactions/" + id + "/" + interaction.path("token").asText() + "/callback",
        back);
  }

  JsonNode say(String channel, String text) {
    return call(
        "POST", "channels/" + channel + "/messages", "{\"content\":" + Wire.quoted(text) + "}");
  }

  JsonNode call(String method, String path, String body) {
    return wire.send(
        HttpRequest.newBuilder(URI.create(discord.apiUrl() + path))
            .header("Authorization", "Bot " + discord.botToken())
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }
}
