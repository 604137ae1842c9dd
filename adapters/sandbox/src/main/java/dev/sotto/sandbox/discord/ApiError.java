package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;

/** A request that Discord refuses, as the client reads it: status, code, message and details. */
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient ObjectNode body;

  /** The refusals this server knows; codes as Discord documents them. */
  enum Problem {
    UNAUTHORIZED(401, 0, "401: Unauthorized"),
    NOT_FOUND(404, 0, "404: Not Found"),
    METHOD_NOT_ALLOWED(405, 0, "405: Method Not Allowed"),
    UNKNOWN_CHANNEL(404, 10003, "Unknown Channel"),
    UNKNOWN_GUILD(404, 10004, "Unknown Guild"),
    UNKNOWN_MEMBER(404, 10007, "Unknown Member"),
    UNKNOWN_MESSAGE(404, 10008, "Unknown Message"),
    UNKNOWN_USER(404, 10013, "Unknown User"),
    UNKNOWN_WEBHOOK(404, 10015, "Unknown Webhook"),
    UNKNOWN_INTERACTION(404, 10062, "Unknown interaction"),
    UNKNOWN_COMMAND(404, 10063, "Unknown application command"),
    TOO_LARGE(413, 40005, "Request entity too large"),
    ALREADY_ACKNOWLEDGED(400, 40060, "Interaction has already been acknowledged."),
    MISSING_ACCESS(403, 50001, "Missing Access"),
    NOT_IN_DIRECT(403, 50003, "Cannot execute action on a DM channel"),
    NOT_THE_AUTHOR(403, 50005, "Cannot edit a message authored by another user"),
    EMPTY_MESSAGE(400, 50006, "Cannot send an empty message"),
    MISSING_PERMISSIONS(403, 50013, "Missing Permissions"),
    WRONG_KIND_OF_CHANNEL(400, 50024, "Cannot execute action on this channel type"),
    INVALID_WEBHOOK_TOKEN(401, 50027, "Invalid Webhook Token"),
    INVALID_FORM_BODY(400, 50035, "Invalid Form Body"),
    THREAD_ARCHIVED(400, 50083, "Thread is archived"),
    INVALID_JSON(400, 50109, "The request body contains invalid JSON."),
    TOO_MANY_THREADS(400, 160006, "Maximum number of active threads reached"),
    THREAD_EXISTS(400, 160004, "A thread has already been created for this message");

    private final int status;
    private final int code;
    private final String message;

    Problem(int status, int code, String message) {
      this.status = status;
      this.code = code;
      this.message = message;
    }
  }

  ApiError(Problem problem) {
    super(problem.name());
    this.status = problem.status;
    this.body =
        JsonNodeFactory.instance
            .objectNode()
            .put("message", problem.message)
            .put("code", problem.code);
  }

  /** {@link Problem#INVALID_FORM_BODY} for one field; the path is written with dots. */
  static ApiError invalid(String path, String code, String message) {
    var error = new ApiError(Problem.INVALID_FORM_BODY);
    var at = error.body.putObject("errors");
    for (var name : List.of(path.split("\\."))) {
      at = at.putObject(name);
    }
    at.putArray("_errors").addObject().put("code", code).put("message", message);
    return error;
  }

  /** The usual refusal of a text that is too short or too long. */
  static void requireLength(String path, String value, int least, int most) {
    int length = value.codePointCount(0, value.length());
    if (length < least || length > most) {
      throw invalid(
          path,
          "BASE_TYPE_BAD_LENGTH",
          "Must be between " + least + " and " + most + " in length.");
    }
  }

  /** The status that goes with one of Discord's codes. */
  static int status(String code) {
    return Arrays.stream(Problem.values())
        .filter(problem -> Integer.toString(problem.code).equals(code))
        .mapToInt(problem -> problem.status)
        .findFirst()
        .orElse(400);
  }

  int status() {
    return status;
  }

  ObjectNode body() {
    return body;
  }
}
