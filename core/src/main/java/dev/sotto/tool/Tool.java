package dev.sotto.tool;

import java.util.List;
import java.util.Map;

/** A function that a model may ask for. */
interface Tool {

  /** As definitions name it. */
  String name();

  /** What it does, for the model. */
  String description();

  List<Parameter> parameters();

  /** Whether it changes nothing and tells nothing that the model may not know. */
  boolean harmless();

  /** Does it; what is wrong with an argument is said in the result. */
  String call(Map<String, String> arguments);
}
