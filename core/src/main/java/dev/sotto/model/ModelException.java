package dev.sotto.model;

/**
 * A model gave no whole answer. The message is {@link #honestLine()}; neither it nor a cause holds
 * what was said, what the provider wrote back, an address or a key.
 */
public final class ModelException extends RuntimeException {
  private final Reason reason;
  private final int status;
  private final String text;

  private ModelException(Reason reason, int status, String line, String text) {
    super(line);
    this.reason = reason;
    this.status = status;
    this.text = text;
  }

  static ModelException notConfigured() {
    return new ModelException(
        Reason.NOT_CONFIGURED,
        0,
        "No language model is set up for this assistant: an operator has to set a key, such as"
            + " OPENAI_API_KEY or ANTHROPIC_API_KEY.",
        "");
  }

  /**
   * @param text what came before it failed
   */
  static ModelException of(Reason reason, String model, String text) {
    return new ModelException(reason, 0, "The language model " + model + reason.says, text);
  }

  static ModelException refused(int status, String model) {
    return new ModelException(
        Reason.REFUSED, status, "The language model " + model + refusal(status), "");
  }

  private static String refusal(int status) {
    String why =
        switch (status) {
          case 400, 413, 422 -> " did not take the question";
          case 401, 403 -> " did not accept our key";
          case 404 -> " is not known to its provider";
          case 408, 429 -> " is over its limit, please try again later";
          default -> status >= 500 ? " has a fault on its side" : " refused to answer";
        };
    return why + " (HTTP " + status + ").";
  }

  public Reason reason() {
    return reason;
  }

  /** The HTTP status of {@link Reason#REFUSED}, else 0. */
  public int status() {
    return status;
  }

  /** What the listener heard before it failed; often empty. */
  public String text() {
    return text;
  }

  /** One short line for people, without content and without addresses. */
  public String honestLine() {
    return String.valueOf(getMessage());
  }

  /** Why there is no answer. */
  public enum Reason {
    /** No model of the list has what it needs to be asked. */
    NOT_CONFIGURED(" is not set up."),
    UNREACHABLE(" cannot be reached."),
    /** Not TLS 1.3, or a certificate that nobody trusts; nothing was sent. */
    TLS(" failed its TLS 1.3 certificate check, so nothing was sent to it."),
    /** An HTTP status other than 200. */
    REFUSED(" refused to answer."),
    TIMED_OUT(" did not answer in time."),
    /** The stream ended without its end mark. */
    BROKEN_OFF(" broke off in the middle of its answer."),
    GARBAGE(" sent something that is no answer."),
    EMPTY(" gave an empty answer."),
    /** It asked for tools again and again, or others before it took up all calls. */
    TOO_MANY(" was stopped: this message had taken too many calls."),
    /** We are going down. */
    STOPPED(" was interrupted by a restart.");

    private final String says;

    Reason(String says) {
      this.says = says;
    }

    /** Whether a model may have worked on the question all the same. */
    boolean reached() {
      return switch (this) {
        case NOT_CONFIGURED, UNREACHABLE, TLS, REFUSED, TOO_MANY -> false;
        case TIMED_OUT, BROKEN_OFF, GARBAGE, EMPTY, STOPPED -> true;
      };
    }
  }
}
