package dev.sotto.assistant;

import static dev.sotto.assistant.Shape.Field.optional;
import static dev.sotto.assistant.Shape.Field.required;
import static dev.sotto.assistant.Shape.Field.with;

import dev.sotto.assistant.Shape.Entries;
import dev.sotto.assistant.Shape.Field;
import dev.sotto.assistant.Shape.Flag;
import dev.sotto.assistant.Shape.Form;
import dev.sotto.assistant.Shape.Headed;
import dev.sotto.assistant.Shape.Items;
import dev.sotto.assistant.Shape.OneOf;
import dev.sotto.assistant.Shape.Pace;
import dev.sotto.assistant.Shape.Span;
import dev.sotto.assistant.Shape.Table;
import dev.sotto.assistant.Shape.Text;
import dev.sotto.assistant.Shape.Whole;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Every field of a definition: its name, what it may be, what it stands for when absent, and a
 * sentence about it. The limits of what people see are the narrower of the two platforms': a Slack
 * button holds 75 characters, a Discord row five buttons, and Slack proposes four prompts.
 */
final class AssistantFields {
  static final Table ASSISTANT =
      new Table(
          List.of(
              required(
                  "id",
                  matching(
                      32,
                      "[a-z][a-z0-9-]*",
                      "a short name such as helpdesk, of a-z, 0-9 and '-', beginning with a"
                          + " letter"),
                  "The short name in commands; one assistant alone has it."),
              required("name", text(80), "The name that people see."),
              optional("description", text(300), "One sentence on what it is for."),
              with(
                  "kind",
                  "chat",
                  oneOf(Assistant.Kind.values()),
                  "chat answers freely; quiz and form lead through their questions."),
              with(
                  "model",
                  "demo/handbook",
                  new Items(
                      new Headed(
                          List.of(),
                          List.of("anthropic", "openai", "gemini", "ollama", "demo"),
                          "/",
                          "model"),
                      1,
                      8,
                      true),
                  "The language models, as provider/name; the first that answers. demo needs no"
                      + " key."),
              optional(
                  "temperature",
                  new Shape.Decimal(0, 2),
                  "How freely the model chooses its words; absent, as the model likes."),
              optional(
                  "instructions",
                  text(20_000),
                  "What the assistant is told to be and to do (the system prompt)."),
              optional("greeting", text(2_000), "What it says first."),
              with(
                  "prompts",
                  "[]",
                  new Items(text(75), 0, 4, false),
                  "Questions that it proposes, as buttons."),
              with("memory", "{}", memory(), "What it remembers, and for how long."),
              with(
                  "knowledge",
                  "[]",
                  new Items(knowledgeFile(), 0, 20, true),
                  "Documents beside this file that it may quote."),
              with("tools", "[]", new Items(tool(), 0, 32, false), "Functions it may ask for."),
              with("limits", "{}", limits(), "How much may be used."),
              with(
                  "bindings",
                  "[]",
                  new Items(binding(), 0, 100, false),
                  "The channels in which it answers."),
              with("guard", "{}", guard(), "What must not get in or out."),
              with("access", "{}", access(), "Who may use it, and who may change it."),
              with(
                  "questions",
                  "[]",
                  new Entries(question(), 200, "question", "answers"),
                  "The questions of a quiz or a form; for short, a mapping of question: [answers].")));

  private AssistantFields() {}

  private static Table memory() {
    return table(
        with("scope", "thread", oneOf(Assistant.Scope.values()), "Whose conversation it is."),
        with("window", "40", new Whole(1, 500), "Latest turns that the model is shown."),
        with("summary", "false", new Flag(), "Keep older turns as a summary."),
        with("facts", "never", oneOf(Assistant.Facts.values()), "Note lasting facts on people."),
        with(
            "retention",
            "90d",
            new Span(Duration.ofHours(1), Duration.ofDays(3650)),
            "How long a message is kept."));
  }

  private static Table tool() {
    return table(
        required("name", matching(64, "[a-z][a-z0-9_.-]*", "a tool such as jira.create"), "Which."),
        with(
            "approval",
            "auto",
            oneOf(Assistant.Approval.values()),
            "Whether a person must agree to each call; auto leaves it to the tool."));
  }

  private static Table limits() {
    return table(
        optional("messages-per-person", new Pace(1_000_000), "Messages of one person."),
        optional("tokens", new Pace(1_000_000_000_000L), "Tokens of everybody."));
  }

  private static Table binding() {
    Text channel = matching(100, "#?[^#\\s,]+", "a channel's name or id");
    return table(
        optional("slack", channel, "A Slack channel: \"#it-help\"."),
        optional("discord", channel, "A Discord channel: help."),
        optional("guild", text(100), "The Discord server's name or id; absent, any."));
  }

  private static Table guard() {
    Text host =
        matching(253, "(?:[a-z0-9-]{1,63}\\.)*[a-z0-9-]{1,63}", "a host name such as example.com");
    return table(
        with(
            "redact",
            "[]",
            new Items(oneOf(Assistant.Redaction.values()), 0, 16, false),
            "Personal data that is hidden from the model."),
        with("links", "[]", new Items(host, 0, 100, false), "Hosts to which answers may link."));
  }

  private static Table access() {
    Headed who =
        new Headed(
            List.of("everyone", "admins"), List.of("role", "slack", "discord"), ":", "person");
    Items people = new Items(who, 1, 100, true);
    return table(
        with("use", "everyone", people, "Who may talk to it."),
        with("edit", "admins", people, "Who may change it."));
  }

  private static Table question() {
    return table(
        required("question", text(1_000), "What is asked."),
        optional("choices", new Items(text(75), 2, 5, false), "Answers to choose from."),
        optional("correct", new Items(text(75), 1, 5, true), "The right ones of the choices."),
        optional("answers", new Items(text(200), 1, 20, true), "What is right, without choices."),
        optional("explanation", text(1_000), "Told after the answer."));
  }

  /** No part of a path begins with a dot; written for the regular expressions of all editors. */
  private static Text knowledgeFile() {
    String part = "[^./\\\\:\\s][^/\\\\:\\x00-\\x1f]*";
    return matching(
        200,
        "(?:" + part + "/)*" + part + "\\.(?:md|txt)",
        "the name of a .md or .txt file beside this one, such as handbook.md");
  }

  private static Table table(Field... fields) {
    return new Table(List.of(fields));
  }

  private static Text text(int most) {
    return new Text(most, Optional.empty());
  }

  private static Text matching(int most, String pattern, String words) {
    return new Text(most, Optional.of(new Form(Pattern.compile(pattern), words)));
  }

  private static OneOf oneOf(Enum<?>... constants) {
    return new OneOf(
        Arrays.stream(constants)
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList());
  }
}
