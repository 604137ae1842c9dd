package dev.sotto.sandbox.slack;

import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Upload;
import java.util.List;

/** What people do with messages. */
final class Writing {
  private static final int LONGEST = 1_100_000;

  private final Workspace workspace;
  private final Events events;

  Writing(Workspace workspace, Events events) {
    this.workspace = workspace;
    this.events = events;
  }

  String say(String person, Place place, String text) {
    return say(person, place, Content.of(typed(text)));
  }

  private String say(String person, Place place, Content content) {
    Room room = workspace.room(place.channel(), person);
    return events.posted(workspace.write(room, place.thread(), person, content)).ts();
  }

  private static String typed(String text) {
    if (text.isBlank() || text.length() > LONGEST) {
      throw new IllegalArgumentException("a message has between 1 and " + LONGEST + " characters");
    }
    return Mrkdwn.wire(text);
  }

  void edit(String person, String message, String text) {
    Post before = own(person, message);
    Content content = before.content().withText(typed(text));
    String now = workspace.ids().ts();
    events.changed(
        before,
        workspace.room(before.channel()).change(message, post -> post.rewritten(content, now)));
  }

  void delete(String person, String message) {
    events.deleted(own(person, message));
  }

  private Post own(String person, String message) {
    Post post = workspace.seen(person, message);
    if (!post.by(person)) {
      throw new Refusal("not your message");
    }
    return post;
  }

  void react(String person, String message, String emoji) {
    Post seen = workspace.seen(person, message);
    workspace
        .room(seen.channel())
        .change(message, post -> post.reacted(person, emoji, !post.reactedBy(person, emoji)));
    events.shown();
  }

  String upload(String person, Place place, String text, Upload file) {
    String id = workspace.ids().make("F");
    workspace.files().keep(id, person, file);
    return say(person, place, Content.of(Mrkdwn.wire(text), List.of(id)));
  }
}
