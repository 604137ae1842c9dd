-- Where a bot takes part. The body is the sealed address.
create table place (
  id uuid primary key,
  fingerprint bytea not null unique,
  platform varchar(16) not null,
  scope_id uuid not null,
  key_id integer not null,
  row_version integer not null,
  body bytea not null,
  foreign key (scope_id, key_id) references key_version (scope_id, key_id) on delete restrict
);
create index place_key on place (scope_id, key_id);

-- What came in and is to be answered. A row that is done keeps only what recognises a repeat.
create table inbox_event (
  id uuid primary key,
  place_id uuid not null references place (id),
  event bytea not null unique,
  message bytea unique,
  state varchar(16) not null check (state in ('RECEIVED', 'ANSWERED', 'DONE', 'GIVEN_UP')),
  at timestamp with time zone not null,
  scope_id uuid,
  key_id integer,
  row_version integer not null,
  body bytea,
  foreign key (scope_id, key_id) references key_version (scope_id, key_id) on delete restrict,
  check (state not in ('RECEIVED', 'ANSWERED') or body is not null)
);
create index inbox_event_open on inbox_event (state, id);
create index inbox_event_place on inbox_event (place_id, at);
create index inbox_event_key on inbox_event (scope_id, key_id);

-- What one assistant remembers of one place. What lies before first_seq is not recalled any more.
create table conversation (
  id uuid primary key,
  fingerprint bytea not null unique,
  first_seq bigint not null,
  next_seq bigint not null
);

create table message (
  id uuid primary key,
  conversation_id uuid not null references conversation (id) on delete cascade,
  seq bigint not null,
  role varchar(16) not null check (role in ('PERSON', 'ASSISTANT')),
  source bytea,
  said_at timestamp with time zone not null,
  scope_id uuid not null,
  key_id integer not null,
  row_version integer not null,
  body bytea not null,
  unique (conversation_id, seq),
  foreign key (scope_id, key_id) references key_version (scope_id, key_id) on delete restrict
);
create index message_source on message (source);
create index message_person on message (scope_id, said_at);
create index message_key on message (scope_id, key_id);

-- Which assistant was chosen for a place. The body is the sealed id of the assistant.
create table binding (
  id uuid primary key,
  fingerprint bytea not null unique,
  scope_id uuid not null,
  key_id integer not null,
  row_version integer not null,
  body bytea not null,
  foreign key (scope_id, key_id) references key_version (scope_id, key_id) on delete restrict
);
create index binding_key on binding (scope_id, key_id);
