-- The highest version that was seen of a conversation or of a choice of assistant, by its fingerprint: what stands in
-- the data database with a lower one was brought back. The proof is a keyed fingerprint of subject and version.
create table anchor (
  subject bytea primary key,
  workspace_id uuid not null,
  version bigint not null,
  proof bytea not null,
  constraint blind_subject check (octet_length(subject) = 16)
);
