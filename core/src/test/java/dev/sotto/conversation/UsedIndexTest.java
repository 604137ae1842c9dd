package dev.sotto.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.StoredContract;
import dev.sotto.assistant.Assistant.Period;
import dev.sotto.assistant.Assistant.Rate;
import dev.sotto.crypto.BlindIndexes;
import dev.sotto.crypto.Domain;
import dev.sotto.crypto.Fingerprint;
import dev.sotto.crypto.IndexSteps;
import dev.sotto.crypto.KeyTarget;
import dev.sotto.crypto.Keys;
import dev.sotto.crypto.Vault;
import io.micronaut.context.ApplicationContext;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

/** What was used of a limit while its name in the table changes. */
class UsedIndexTest extends StoredContract {
  private static final Rate DAILY = new Rate(100, Period.DAY);

  @Test
  void addsUpWhatIsCountedInEitherForm() {
    Fingerprint limited = bean(Vault.class).fingerprint(Domain.LIMIT, "tokens", "desk");
    bean(Used.class).add(limited, DAILY, 30);
    int key = IndexSteps.begin(bean(ApplicationContext.class));
    IndexSteps.activate(bean(ApplicationContext.class), key);
    BlindIndexes.Forms forms = bean(BlindIndexes.class).of(limited);
    Instant since = since();
    bean(UsedRows.class).create(bean(Vault.class).newId(), forms.written(), since);

    bean(Used.class).add(limited, DAILY, 50);

    assertThat(bean(UsedRows.class).count()).isEqualTo(2);
    assertThat(bean(UsedRows.class).sum(forms.all(), Instant.EPOCH)).isEqualTo(80);
    assertThat(bean(Used.class).up(limited, DAILY)).isFalse();

    bean(Keys.class).rotate(new KeyTarget.IndexKey(), (_, _) -> {});

    assertThat(bean(UsedRows.class).count()).isEqualTo(1);
    assertThat(bean(UsedRows.class).sum(bean(BlindIndexes.class).forms(limited), Instant.EPOCH))
        .isEqualTo(80);
    bean(Used.class).add(limited, DAILY, 20);
    assertThat(bean(Used.class).up(limited, DAILY)).isTrue();
    assertThat(bean(UsedRows.class).count()).isBetween(1L, 2L); // Two, if an hour began.
  }

  private Instant since() {
    Object since = query("default", "select since from used").getFirst().getFirst();
    return since instanceof OffsetDateTime it ? it.toInstant() : ((Timestamp) since).toInstant();
  }
}
