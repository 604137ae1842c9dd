-- What was used of a limit, by the fingerprint of what is limited: an amount for each hour, or for each minute where the
-- limit is one for minutes.
create table used (
  id uuid primary key,
  fingerprint bytea not null,
  since timestamp with time zone not null,
  amount bigint not null,
  unique (fingerprint, since)
);
