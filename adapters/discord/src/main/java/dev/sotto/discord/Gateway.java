package dev.sotto.discord;

/**
 * What Discord says about its gateway.
 *
 * @param address where it is
 * @param shards how many it recommends
 * @param buckets how many sessions may begin side by side
 * @param starts how many sessions may begin before Discord counts anew
 */
record Gateway(String address, int shards, int buckets, int starts) {}
