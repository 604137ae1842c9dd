package dev.sotto.model;

/** How each provider really streams an answer. */
public enum Dialect {
  OPENAI("/v1/chat/completions", "/v1") {
    @Override
    public String piece(String text) {
      return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
          + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
          + text
          + "\"},\"finish_reason\":null}]}\n\n";
    }

    @Override
    String call(int index, String zone) {
      return chunk(
              index,
              "\"id\":\"call_"
                  + index
                  + "\",\"type\":\"function\",\"function\":{\"name\":\"clock\",\"arguments\":\"\"}")
          + chunk(index, "\"function\":{\"arguments\":\"{\\\"zo\"}")
          + chunk(index, "\"function\":{\"arguments\":\"ne\\\":\\\"" + zone + "\\\"}\"}");
    }

    private String chunk(int index, String fields) {
      return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
          + "\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":"
          + index
          + ","
          + fields
          + "}]},\"finish_reason\":null}]}\n\n";
    }

    @Override
    String endOfCalls() {
      return end().replace("\"stop\"", "\"tool_calls\"");
    }

    @Override
    public String end() {
      return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
          + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
          + "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
          + "\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,"
          + "\"total_tokens\":10}}\n\ndata: [DONE]\n\n";
    }
  },
  ANTHROPIC("/v1/messages", "") {
    @Override
    public String begin() {
      return "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\","
          + "\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],"
          + "\"stop_reason\":null,\"stop_sequence\":null,"
          + "\"usage\":{\"input_tokens\":7,\"output_tokens\":1}}}\n\n"
          + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,"
          + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
          + "event: ping\ndata: {\"type\": \"ping\"}\n\n";
    }

    @Override
    public String piece(String text) {
      return "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
          + "\"delta\":{\"type\":\"text_delta\",\"text\":\""
          + text
          + "\"}}\n\n";
    }

    @Override
    String call(int index, String zone) {
      String at = "\"index\":" + (index + 1);
      return (index == 0 ? stop("\"index\":0") : "")
          + "event: content_block_start\ndata: {\"type\":\"content_block_start\","
          + at
          + ",\"content_block\":{\"type\":\"tool_use\",\"id\":\"toolu_"
          + index
          + "\",\"name\":\"clock\",\"input\":{}}}\n\n"
          + delta(at, "")
          + delta(at, "{\\\"zone\\\": \\\"")
          + delta(at, zone + "\\\"}")
          + stop(at);
    }

    private String delta(String at, String json) {
      return "event: content_block_delta\ndata: {\"type\":\"content_block_delta\","
          + at
          + ",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\""
          + json
          + "\"}}\n\n";
    }

    private String stop(String at) {
      return "event: content_block_stop\ndata: {\"type\":\"content_block_stop\"," + at + "}\n\n";
    }

    @Override
    String endOfCalls() {
      return end().substring(end().indexOf("event: message_delta")).replace("end_turn", "tool_use");
    }

    @Override
    public String end() {
      return "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
          + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":"
          + "{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
          + "\"usage\":{\"output_tokens\":3}}\n\n"
          + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    }
  },
  GEMINI("/v1beta/models/m:streamGenerateContent", "") {
    @Override
    public String piece(String text) {
      return "data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \""
          + text
          + "\"}],\"role\": \"model\"},\"index\": 0}],\"modelVersion\": \"m\"}\r\n\r\n";
    }

    @Override
    String call(int index, String zone) {
      return "data: {\"candidates\": [{\"content\": {\"parts\": [{\"functionCall\": {\"name\": \"clock\","
          + "\"args\": {\"zone\": \""
          + zone
          + "\"}},\"thoughtSignature\": \"c2lnbmVk\"}],\"role\": \"model\"},\"index\": 0}],"
          + "\"modelVersion\": \"m\"}\r\n\r\n";
    }

    @Override
    public String end() {
      return "data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"\"}],"
          + "\"role\": \"model\"},\"finishReason\": \"STOP\",\"index\": 0}],\"usageMetadata\": "
          + "{\"promptTokenCount\": 7,\"candidatesTokenCount\": 3,\"totalTokenCount\": 10},"
          + "\"modelVersion\": \"m\"}\r\n\r\n";
    }
  },
  OLLAMA("/api/chat", "") {
    @Override
    public String piece(String text) {
      return "{\"model\":\"m\",\"created_at\":\"2025-01-22T11:22:42.180546Z\",\"message\":"
          + "{\"role\":\"assistant\",\"content\":\""
          + text
          + "\"},\"done\":false}\n";
    }

    @Override
    String call(int index, String zone) {
      return "{\"model\":\"m\",\"created_at\":\"2025-01-22T11:22:42.180546Z\",\"message\":"
          + "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"call_"
          + index
          + "\",\"function\":{\"index\":"
          + index
          + ",\"name\":\"clock\",\"arguments\":{\"zone\":\""
          + zone
          + "\"}}}]},\"done\":false}\n";
    }

    @Override
    public String end() {
      return "{\"model\":\"m\",\"created_at\":\"2025-01-22T11:22:42.180546Z\",\"message\":"
          + "{\"role\":\"assistant\",\"content\":\"\"},\"done_reason\":\"stop\",\"done\":true,"
          + "\"total_duration\":1,\"load_duration\":1,\"prompt_eval_count\":7,"
          + "\"prompt_eval_duration\":1,\"eval_count\":3,\"eval_duration\":1}\n";
    }
  };

  private final String path;
  private final String basePath;

  Dialect(String path, String basePath) {
    this.path = path;
    this.basePath = basePath;
  }

  String path() {
    return path;
  }

  /** What stands in a base URL behind the port. */
  public String basePath() {
    return basePath;
  }

  String model() {
    return Provider.valueOf(name()).key() + "/m";
  }

  public String begin() {
    return "";
  }

  public abstract String piece(String text);

  public abstract String end();

  /** A call of {@code clock}, the only one or one of several, after whatever text. */
  abstract String call(int index, String zone);

  /** The end of an answer that waits for what it asked for. */
  String endOfCalls() {
    return end();
  }
}
