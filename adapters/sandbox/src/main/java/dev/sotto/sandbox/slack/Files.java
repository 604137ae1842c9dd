package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.Upload;
import dev.sotto.sandbox.side.View;
import java.net.URI;
import java.util.Optional;

/** The files of the workspace; the last 50 are kept, and 50 places for files that are to come. */
final class Files {
  private static final int MOST = 50;

  private final Recent<Stored> stored = new Recent<>(MOST);
  private final Recent<Expected> expected = new Recent<>(MOST);

  /** A file with its id. */
  record Stored(String id, String owner, Upload upload) {
    @Override
    public String toString() {
      return "Stored[" + upload.content().length + " bytes]";
    }
  }

  /** A name that a bot has asked an upload address for. */
  record Expected(String id, String name) {
    @Override
    public String toString() {
      return "Expected";
    }
  }

  void expect(String id, String name) {
    expected.put(id, new Expected(id, name));
  }

  /** Takes the bytes for a file that was announced. */
  boolean arrive(String id, byte[] content) {
    Optional<Expected> announced = expected.take(id);
    announced.ifPresent(
        file -> keep(id, Team.BOT, new Upload(file.name(), "application/octet-stream", content)));
    return announced.isPresent();
  }

  void keep(String id, String owner, Upload upload) {
    stored.put(id, new Stored(id, owner, upload));
  }

  Stored file(String id) {
    return stored.get(id).orElseThrow(() -> new Refusal("file_not_found"));
  }

  Optional<View.File> view(String id) {
    return stored
        .get(id)
        .map(file ->
            new View.File(
                id, file.upload().name(), file.upload().type(), file.upload().content().length));
  }

  ObjectNode json(String id, URI server) {
    Stored file = file(id);
    String name = file.upload().name();
    String path = server + "/files-pri/" + Team.ID + "-" + id;
    return Json.object(
        "id",
        id,
        "name",
        name,
        "title",
        name,
        "mimetype",
        file.upload().type(),
        "filetype",
        name.substring(name.lastIndexOf('.') + 1),
        "user",
        file.owner(),
        "size",
        file.upload().content().length,
        "mode",
        "hosted",
        "is_external",
        false,
        "file_access",
        "visible",
        "url_private",
        path,
        "url_private_download",
        path + "/download");
  }
}
