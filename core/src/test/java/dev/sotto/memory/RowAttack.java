package dev.sotto.memory;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What somebody who can write to the data database does to the conversation in the hall. */
enum RowAttack {
  DELETE_IN_THE_MIDDLE(Undefended.PROVES_NOTHING) {
    @Override
    void act(Mind mind) {
      mind.sql("delete from message where conversation_id = ? and seq = 3", hall(mind));
    }
  },
  DELETE_THE_TAIL(Undefended.PROVES_NOTHING) {
    @Override
    void act(Mind mind) {
      mind.sql("delete from message where conversation_id = ? and seq >= 6", hall(mind));
    }
  },
  DELETE_THE_FRONT(Undefended.PROVES_NOTHING) {
    @Override
    void act(Mind mind) {
      mind.sql("delete from message where conversation_id = ? and seq = 0", hall(mind));
    }
  },
  DELETE_ALL(Undefended.PROVES_NOTHING) {
    @Override
    void act(Mind mind) {
      mind.sql("delete from message where conversation_id = ?", hall(mind));
    }
  },
  REORDER(Undefended.PROVES_NOTHING) {
    @Override
    void act(Mind mind) {
      swap(mind, 2, 4);
    }
  },
  REORDER_THE_NEWEST(Undefended.PROVES_NOTHING) {
    @Override
    void act(Mind mind) {
      swap(mind, 5, 7);
    }
  },
  CHANGE_A_ROLE(Undefended.PROVES_NOTHING) {
    @Override
    void act(Mind mind) {
      mind.sql(
          "update message set role = 'ASSISTANT' where conversation_id = ? and seq = 4",
          hall(mind));
    }
  },
  CHANGE_A_TIME(Undefended.PROVES_NOTHING) {
    @Override
    void act(Mind mind) {
      mind.sql(
          "update message set said_at = said_at + interval '1' day where conversation_id = ? and seq = 4",
          hall(mind));
    }
  },
  PROLONG_A_TIME(Undefended.PROVES_NOTHING) {
    @Override
    void act(Mind mind) {
      mind.sql(
          "update message set expires_at = expires_at + interval '9' day where conversation_id = ? and seq = 4",
          hall(mind));
    }
  },
  CHANGE_A_SOURCE(Undefended.PROVES_NOTHING) {
    @Override
    void act(Mind mind) {
      mind.sql(
          "update message set source = null where conversation_id = ? and seq = 4", hall(mind));
    }
  },
  CUT_A_LINK(Undefended.PROVES_NOTHING) {
    @Override
    void act(Mind mind) {
      mind.sql("update message set link = null where conversation_id = ? and seq = 4", hall(mind));
    }
  },
  MOVE_TO_ANOTHER_CONVERSATION(Undefended.PROVES_NOTHING) {
    @Override
    void act(Mind mind) {
      mind.sql(
          "update message set conversation_id = ?, seq = 90 where conversation_id = ? and seq = 7",
          mind.id(Mind.YARD),
          hall(mind));
    }
  },
  TAKE_FROM_ANOTHER_CONVERSATION(Undefended.PROVES_NOTHING) {
    @Override
    void act(Mind mind) {
      mind.sql(
          "update message set conversation_id = ?, seq = 8 where conversation_id = ? and seq = 0",
          hall(mind),
          mind.id(Mind.YARD));
    }
  },
  INSERT_A_COPY(Undefended.PROVES_NOTHING, "binds-nothing") {
    @Override
    void act(Mind mind) {
      Mind.Row row = message(mind, 6);
      mind.insert("message", row.with("id", UUID.randomUUID()).with("seq", 8L));
    }
  },
  SWAP_ROWS_OF_A_PERSON("binds-nothing") {
    @Override
    void act(Mind mind) {
      give(mind, 0, 4, "body");
    }
  },
  SWAP_PERSONS(Undefended.PROVES_NOTHING, "binds-nothing") {
    @Override
    void act(Mind mind) {
      give(mind, 0, 2, "body, scope_id, key_id");
    }
  },
  CHANGE_A_BYTE("seals-nothing") {
    @Override
    void act(Mind mind) {
      Mind.Row row = message(mind, 4);
      byte[] body = row.bytes("body").clone();
      body[5] ^= 1;
      mind.sql("update message set body = ? where id = ?", body, row.get("id"));
    }
  },
  STORE_PLAINTEXT("seals-nothing") {
    @Override
    void act(Mind mind) {
      byte[] sealed = message(mind, 4).bytes("body");
      byte[] forged = new byte[5 + 64];
      System.arraycopy(sealed, 0, forged, 0, 5);
      System.arraycopy("forged".getBytes(StandardCharsets.UTF_8), 0, forged, 5, 6);
      forged[11] = (byte) 0x80;
      mind.sql(
          "update message set body = ? where conversation_id = ? and seq = 4", forged, hall(mind));
    }
  },
  BRING_BACK_A_HEAD(Undefended.PROVES_NOTHING, Undefended.ANCHORS_NOTHING) {
    @Override
    void act(Mind mind) {
      Mind.Row head = head(mind);
      mind.turn(Mind.HALL, Mind.ADA, 5);
      put(mind, head);
    }
  },
  BRING_BACK_ROWS_AND_HEAD(Undefended.ANCHORS_NOTHING) {
    @Override
    void act(Mind mind) {
      Mind.Row head = head(mind);
      mind.turn(Mind.HALL, Mind.ADA, 5);
      mind.sql("delete from message where conversation_id = ? and seq >= 8", hall(mind));
      put(mind, head);
    }
  },
  BRING_BACK_WHAT_WAS_FORGOTTEN(Undefended.ANCHORS_NOTHING) {
    @Override
    void act(Mind mind) {
      var copy = mind.copy();
      mind.forgetTurn(1);
      mind.paste(copy);
    }
  },
  BRING_BACK_OLD_WORDS(Undefended.PROVES_NOTHING) {
    @Override
    void act(Mind mind) {
      Mind.Row row = message(mind, 4);
      mind.reword(3, "other words");
      mind.sql(
          "update message set row_version = ?, body = ?, link = ? where id = ?",
          row.get("row_version"),
          row.get("body"),
          row.get("link"),
          row.get("id"));
    }
  },
  DELETE_THE_CONVERSATION(Undefended.ANCHORS_NOTHING) {
    @Override
    void act(Mind mind) {
      mind.sql("delete from conversation where id = ?", hall(mind));
    }
  },
  SWAP_CONVERSATIONS(Undefended.BELIEVES_HEADS) {
    @Override
    void act(Mind mind) {
      UUID hall = hall(mind);
      UUID yard = mind.id(Mind.YARD);
      Object first = head(mind).get("fingerprint");
      Object second =
          mind.rows("select fingerprint from conversation where id = ?", yard)
              .getFirst()
              .get("fingerprint");
      mind.sql("update conversation set fingerprint = ? where id = ?", new byte[16], hall);
      mind.sql("update conversation set fingerprint = ? where id = ?", first, yard);
      mind.sql("update conversation set fingerprint = ? where id = ?", second, hall);
    }
  },
  CLAIM_TO_BE_OLD(Undefended.CHAINS_AGAIN) {
    @Override
    void act(Mind mind) {
      UUID hall = hall(mind);
      mind.sql("delete from message where conversation_id = ? and seq = 3", hall);
      mind.sql("update message set link = null where conversation_id = ?", hall);
      mind.sql(
          "update conversation set body = null, scope_id = null, key_id = null, row_version = 0, first_seq = 0, next_seq = 8 where id = ?",
          hall);
    }
  };

  private final String twins;

  RowAttack(String... twins) {
    this.twins = String.join(",", twins);
  }

  /** The defences without which it goes unseen. */
  String[] twins() {
    return twins.split(",", -1);
  }

  abstract void act(Mind mind);

  private static UUID hall(Mind mind) {
    return mind.id(Mind.HALL);
  }

  private static Mind.Row head(Mind mind) {
    return mind.rows("select * from conversation where id = ?", hall(mind)).getFirst();
  }

  private static void put(Mind mind, Mind.Row head) {
    mind.sql(
        "update conversation set key_id = ?, row_version = ?, body = ? where id = ?",
        head.get("key_id"),
        head.get("row_version"),
        head.get("body"),
        head.get("id"));
  }

  private static Mind.Row message(Mind mind, long seq) {
    return mind.rows("select * from message where conversation_id = ? and seq = ?", hall(mind), seq)
        .getFirst();
  }

  private static void swap(Mind mind, long one, long other) {
    String sql = "update message set seq = ? where conversation_id = ? and seq = ?";
    mind.sql(sql, 99, hall(mind), one);
    mind.sql(sql, one, hall(mind), other);
    mind.sql(sql, other, hall(mind), 99);
  }

  /** Puts what one row holds into another. */
  private static void give(Mind mind, long from, long to, String columns) {
    String sql =
        "update message set (%1$s) = (select %1$s from message where id = ?) where id = ?"
            .formatted(columns);
    mind.sql(
        columns.contains(",") ? sql : sql.replace("(body) =", "body ="),
        message(mind, from).get("id"),
        message(mind, to).get("id"));
  }
}
