package dev.sotto.chat;

/** A platform user, in one workspace; a subject in the sense of data protection. */
public record Person(Workspace workspace, String id) {
  @Override
  public String toString() {
    return "Person[" + workspace.platform().key() + "]";
  }
}
