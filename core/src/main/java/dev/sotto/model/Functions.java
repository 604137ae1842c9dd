package dev.sotto.model;

import java.util.List;

/** What a model may ask for while it answers, and the one way to it. */
public interface Functions {
  /** Nothing may be asked for. */
  Functions NONE =
      new Functions() {
        @Override
        public List<Function> offered() {
          return List.of();
        }

        @Override
        public String call(String name, String arguments) {
          return "There is no such tool here.";
        }
      };

  /** What the model is told of, and nothing else. */
  List<Function> offered();

  /**
   * Does what the model asked for, or says in the result why not; never throws for what the model
   * wrote.
   *
   * @param name as the model wrote it: it may be none of those offered
   * @param arguments a JSON object, if the model kept to that
   */
  String call(String name, String arguments);

  /**
   * One function as a model is told of it.
   *
   * @param name of letters, digits, {@code _} and {@code -}
   */
  record Function(String name, String description, List<Parameter> parameters) {
    public Function {
      parameters = List.copyOf(parameters);
    }
  }

  /** A text that goes with a call. */
  record Parameter(String name, String description, boolean required) {}
}
