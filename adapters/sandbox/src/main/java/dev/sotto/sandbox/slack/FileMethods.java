package dev.sotto.sandbox.slack;

import static dev.sotto.sandbox.slack.Method.bot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code files.*}. The bytes themselves come and go by {@link SlackHttp}. */
final class FileMethods {
  private final Workspace workspace;
  private final Events events;

  FileMethods(Workspace workspace, Events events) {
    this.workspace = workspace;
    this.events = events;
  }

  Stream<Method> all() {
    return Stream.of(
        bot("files.info", "files:read", this::info),
        bot("files.getUploadURLExternal", "files:write", this::announce),
        bot("files.completeUploadExternal", "files:write", this::share));
  }

  private ObjectNode info(Args args) {
    return Json.ok("file", workspace.files().json(args.required("file"), workspace.server()));
  }

  private ObjectNode announce(Args args) {
    String name = args.required("filename");
    int length = args.number("length", 0);
    if (length <= 0 || length > Upload.LIMIT) {
      throw new Refusal("file_upload_size_restricted");
    }
    String id = workspace.ids().make("F");
    workspace.files().expect(id, name);
    return Json.ok("upload_url", workspace.server() + "/upload/v1/" + id, "file_id", id);
  }

  private ObjectNode share(Args args) {
    List<String> files = new ArrayList<>();
    for (JsonNode file : args.json("files").orElseThrow(() -> new Refusal("invalid_arguments"))) {
      files.add(workspace.files().file(file.path("id").asText()).id());
    }
    args.text("channel_id")
        .map(workspace::room)
        .ifPresent(room ->
            events.posted(
                workspace.write(
                    room,
                    args.text("thread_ts"),
                    Team.BOT,
                    Content.of(args.text("initial_comment").orElse(""), files))));
    return Json.ok(
        "files",
        Json.array(files.stream().map(id -> workspace.files().json(id, workspace.server()))));
  }
}
