package dev.sotto.crypto;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** How often key rings were destroyed, and up to where they are gone from an embedded file. */
@MappedEntity("key_epoch")
record EpochRow(@Id boolean onlyOne, long epoch, long compacted) {}
