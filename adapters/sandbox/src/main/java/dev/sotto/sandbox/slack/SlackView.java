package dev.sotto.sandbox.slack;

import dev.sotto.sandbox.side.View;
import java.util.List;
import java.util.Optional;

/** Makes what one person sees, with the last 1,000 messages of each channel. */
final class SlackView {
  private static final int MOST = 1_000;

  private final Workspace workspace;
  private final Dialogs dialogs;

  SlackView(Workspace workspace, Dialogs dialogs) {
    this.workspace = workspace;
    this.dialogs = dialogs;
  }

  View of(String person) {
    return new View(
        Team.NAME,
        Team.person(person),
        Team.PEOPLE,
        workspace.rooms().stream()
            .filter(room -> room.visibleTo(person))
            .map(room -> channel(room, person))
            .toList(),
        dialogs.top(person).map(Forms::modal));
  }

  private View.Channel channel(Room room, String person) {
    List<Post> top = room.top();
    return new View.Channel(
        room.id(),
        room.name(),
        room.direct(),
        bubbles(top.subList(Math.max(0, top.size() - MOST), top.size()), person),
        room.roots().stream().map(root -> thread(room, root, person)).toList(),
        Optional.empty(),
        room.prompts());
  }

  private View.Replies thread(Room room, String root, String person) {
    Room.Session session = room.session(root);
    return new View.Replies(
        root, session.title(), bubbles(room.replies(root), person), session.shown());
  }

  private List<View.Bubble> bubbles(List<Post> posts, String person) {
    return posts.stream()
        .filter(post -> post.visibleTo(person))
        .map(post -> bubble(post, person))
        .toList();
  }

  private View.Bubble bubble(Post post, String person) {
    Content content = post.content();
    return new View.Bubble(
        post.ts(),
        Team.find(post.author()).orElse(Team.SLACKBOT),
        Ids.at(post.ts()),
        text(content),
        post.edited().isPresent(),
        post.stage() == Post.Stage.STREAMING,
        post.only().isPresent(),
        Blocks.buttons(content.blocks()),
        post.reactions().entrySet().stream()
            .map(entry ->
                new View.Reaction(
                    entry.getKey(), entry.getValue().size(), entry.getValue().contains(person)))
            .toList(),
        content.files().stream().flatMap(id -> workspace.files().view(id).stream()).toList());
  }

  /** Blocks stand for the text, as in Slack, except below a stream, which they follow. */
  private static String text(Content content) {
    String blocks = Blocks.text(content.blocks());
    if (content.markdown()) {
      return blocks.isEmpty() ? content.text() : content.text() + "\n\n" + blocks;
    }
    return Mrkdwn.shown(blocks.isEmpty() ? content.text() : blocks);
  }
}
