package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.View;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is in the workspace. */
final class Team {
  static final String ID = "T0SANDBOX01";
  static final String NAME = "Acme Slack";
  static final String DOMAIN = "acme-sandbox";
  static final String APP = "A0SANDBOX01";
  static final String BOT = "U0SANDBOT01";
  static final String BOT_ID = "B0SANDBOT01";

  /** The one through whom Slack itself speaks. */
  static final View.Person SLACKBOT = new View.Person("USLACKBOT", "Slackbot", false, true);

  static final View.Person SOTTO = new View.Person(BOT, "sotto", false, true);

  static final List<View.Person> PEOPLE =
      List.of(
          new View.Person(SlackServer.MARIA, "maria", true, false),
          new View.Person(SlackServer.TOM, "tom", false, false),
          new View.Person(SlackServer.PRIYA, "priya", false, false));

  private Team() {}

  static Optional<View.Person> find(String id) {
    return Stream.concat(PEOPLE.stream(), Stream.of(SOTTO, SLACKBOT))
        .filter(person -> person.id().equals(id))
        .findFirst();
  }

  /** A person who can act. */
  static View.Person person(String id) {
    return PEOPLE.stream()
        .filter(person -> person.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new Refusal("user_not_found"));
  }

  /** The short form of a person in interactive payloads. */
  static ObjectNode mention(String id) {
    String name = person(id).name();
    return Json.object("id", id, "username", name, "name", name, "team_id", ID);
  }

  static ObjectNode brief() {
    return Json.object("id", ID, "domain", DOMAIN);
  }
}
