package dev.sotto.chat;

import java.util.UUID;

/**
 * The right to be connected for one shard of a platform's bot, until it is given back or the
 * program that holds it is taken for dead.
 *
 * @param shard from 0
 * @param total how many shards there are
 * @param replica which program holds it
 * @param fence another for each claim of the same shard
 */
public record ShardLease(Platform platform, int shard, int total, UUID replica, UUID fence) {}
