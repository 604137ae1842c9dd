package dev.sotto.sandbox.slack;

import dev.sotto.sandbox.side.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A channel or the direct messages of one person, with the last 20,000 messages. Thread-safe. */
final class Room {
  private static final int MOST = 20_000;

  private final String id;
  private final String name;
  private final Optional<String> person;
  private final TreeMap<String, Post> posts = new TreeMap<>();
  private final Map<String, TreeSet<String>> threads = new HashMap<>();
  private final Recent<Session> sessions = new Recent<>(MOST);
  private List<View.Prompt> prompts = List.of();
  private boolean joined = true;

  /**
   * @param person whose direct messages these are
   */
  Room(String id, String name, Optional<String> person) {
    this.id = id;
    this.name = name;
    this.person = person;
  }

  /**
   * What the bot has said about a thread, besides messages.
   *
   * @param working whether the platform itself shows the bot at work
   */
  record Session(Optional<String> title, Optional<String> status, boolean working) {
    static final Session NONE = new Session(Optional.empty(), Optional.empty(), false);

    Session titled(String other) {
      return new Session(Optional.of(other), status, working);
    }

    Session doing(Optional<String> other) {
      return new Session(title, other, working);
    }

    Session working(boolean other) {
      return new Session(title, status, other);
    }

    Optional<String> shown() {
      return status.or(() -> working ? Optional.of("is working…") : Optional.empty());
    }
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  boolean direct() {
    return person.isPresent();
  }

  Optional<String> person() {
    return person;
  }

  boolean visibleTo(String someone) {
    return person.isEmpty() || person.get().equals(someone);
  }

  /** Whether the bot is in it. */
  synchronized boolean joined() {
    return joined;
  }

  synchronized void join(boolean in) {
    joined = in;
  }

  synchronized void add(Post post) {
    posts.put(post.ts(), post);
    post.thread()
        .ifPresent(root -> threads.computeIfAbsent(root, _ -> new TreeSet<>()).add(post.ts()));
    if (posts.size() > MOST) {
      remove(posts.firstKey());
    }
  }

  synchronized Optional<Post> find(String ts) {
    return Optional.ofNullable(posts.get(ts));
  }

  Post post(String ts) {
    return find(ts).orElseThrow(() -> new Refusal("message_not_found"));
  }

  /** Replaces a message, and returns what it became. */
  synchronized Post change(String ts, UnaryOperator<Post> change) {
    Post changed = change.apply(post(ts));
    posts.put(ts, changed);
    return changed;
  }

  /** Deletes a message; the root of a thread leaves a tombstone. */
  synchronized void remove(String ts) {
    Post gone = post(ts);
    if (threads.containsKey(ts) && posts.size() <= MOST) {
      posts.put(ts, gone.as(Post.Stage.TOMBSTONE).saying(Content.of("This message was deleted.")));
      return;
    }
    posts.remove(ts);
    threads.remove(ts);
    gone.thread().ifPresent(root -> leave(root, ts));
  }

  private void leave(String root, String ts) {
    TreeSet<String> replies = threads.getOrDefault(root, new TreeSet<>());
    replies.remove(ts);
    if (replies.isEmpty()) {
      threads.remove(root);
    }
  }

  /** The messages outside threads, oldest first. */
  synchronized List<Post> top() {
    return posts.values().stream().filter(post -> post.thread().isEmpty()).toList();
  }

  /** The replies of a thread, oldest first. */
  synchronized List<Post> replies(String root) {
    return threads.getOrDefault(root, new TreeSet<>()).stream()
        .flatMap(ts -> find(ts).stream())
        .toList();
  }

  /** The roots of its threads, oldest first. */
  synchronized List<String> roots() {
    List<String> roots = new ArrayList<>(threads.keySet());
    roots.sort(null);
    return roots;
  }

  synchronized Session session(String thread) {
    return sessions.get(thread).orElse(Session.NONE);
  }

  /** A bot at work is shown in its thread before anything has been said there. */
  synchronized void session(String thread, UnaryOperator<Session> change) {
    Session changed = change.apply(session(thread));
    sessions.put(thread, changed);
    if (changed.shown().isPresent()) {
      threads.computeIfAbsent(thread, _ -> new TreeSet<>());
    }
  }

  synchronized List<View.Prompt> prompts() {
    return prompts;
  }

  synchronized void propose(List<View.Prompt> proposed) {
    prompts = List.copyOf(proposed);
  }
}
