package dev.sotto.memory;

import dev.sotto.assistant.Assistant;
import dev.sotto.chat.Address;
import dev.sotto.chat.Person;
import dev.sotto.crypto.BlindIndexes;
import dev.sotto.crypto.Domain;
import dev.sotto.crypto.Fingerprint;
import dev.sotto.crypto.Vault;
import java.util.List;

/**
 * What makes two turns belong to one conversation: the assistant, the workspace, and by the
 * assistant's memory scope the thread, the channel or the person.
 *
 * @param parts what tells conversations of one workspace apart, in an order that never changes
 */
public record ConversationKey(String workspace, List<String> parts) {
  public ConversationKey {
    parts = List.copyOf(parts);
  }

  /** The conversation that an assistant has with a person at an address. */
  public static ConversationKey of(Assistant assistant, Address address, Person person) {
    List<String> parts =
        switch (assistant.memory().scope()) {
          case THREAD ->
              List.of(assistant.id(), "thread", address.channel(), address.thread().orElse(""));
          case CHANNEL -> List.of(assistant.id(), "channel", address.channel());
          case PERSON -> List.of(assistant.id(), "person", person.id());
        };
    return new ConversationKey(address.workspace().key(), parts);
  }

  Fingerprint fingerprint(Vault vault) {
    return vault.fingerprint(workspace, Domain.CONVERSATION, parts.toArray(String[]::new));
  }

  BlindIndexes.Forms forms(Vault vault) {
    return vault.indexes().of(fingerprint(vault));
  }

  @Override
  public String toString() {
    return "ConversationKey";
  }
}
