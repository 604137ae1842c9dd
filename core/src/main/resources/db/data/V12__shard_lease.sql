-- The programs that serve a platform's bot, and so share its shards.
create table shard_seeker (
  platform varchar(16) not null,
  replica_id uuid not null,
  primary key (platform, replica_id)
);

-- Who is connected for which shard, as long as the replica lives. How many shards there are is part of the key: while a
-- bot goes from one number to another, the same events belong to shards of both.
create table shard_lease (
  platform varchar(16) not null,
  total integer not null,
  shard integer not null,
  replica_id uuid not null,
  fence uuid not null,
  primary key (platform, total, shard)
);

-- Platforms want some time between two beginnings of sessions in the same bucket: until when it is somebody's turn.
create table shard_start (
  platform varchar(16) not null,
  bucket integer not null,
  replica_id uuid not null,
  until timestamp with time zone not null,
  primary key (platform, bucket)
);
