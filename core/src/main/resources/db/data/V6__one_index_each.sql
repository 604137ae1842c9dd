-- H2 makes an index of its own for a foreign key unless there is one on just its columns, and keeps it beside one that
-- is made later. The two tables that every turn writes are made anew with one index each: 6 and 6 in place of 9 and 7.
alter table inbox_event rename to inbox_event_before;
create table inbox_event (
  id uuid not null,
  place_id uuid not null,
  event bytea not null,
  message bytea,
  state varchar(16) not null,
  at timestamp with time zone not null,
  scope_id uuid,
  key_id integer,
  row_version integer not null,
  body bytea,
  constraint event_state check (state in ('RECEIVED', 'ANSWERED', 'DONE', 'GIVEN_UP')),
  constraint event_open_has_body check (state not in ('RECEIVED', 'ANSWERED') or body is not null)
);
insert into inbox_event (id, place_id, event, message, state, at, scope_id, key_id, row_version, body)
  select id, place_id, event, message, state, at, scope_id, key_id, row_version, body from inbox_event_before;
drop table inbox_event_before;
create index inbox_event_open on inbox_event (state, id);
create index inbox_event_place on inbox_event (place_id);
create index inbox_event_key on inbox_event (scope_id, key_id);
alter table inbox_event add constraint event_id primary key (id);
alter table inbox_event add constraint event_once unique (event);
alter table inbox_event add constraint event_message_once unique (message);
alter table inbox_event add constraint event_at_place foreign key (place_id) references place (id);
alter table inbox_event add constraint event_under_key
  foreign key (scope_id, key_id) references key_version (scope_id, key_id) on delete restrict;

alter table message rename to message_before;
create table message (
  id uuid not null,
  conversation_id uuid not null,
  seq bigint not null,
  role varchar(16) not null,
  source bytea,
  said_at timestamp with time zone not null,
  scope_id uuid not null,
  key_id integer not null,
  row_version integer not null,
  body bytea not null,
  expires_at timestamp with time zone not null,
  constraint message_role check (role in ('PERSON', 'ASSISTANT'))
);
insert into message
    (id, conversation_id, seq, role, source, said_at, scope_id, key_id, row_version, body, expires_at)
  select id, conversation_id, seq, role, source, said_at, scope_id, key_id, row_version, body, expires_at
  from message_before;
drop table message_before;
create index message_conversation on message (conversation_id);
create index message_source on message (source);
create index message_key on message (scope_id, key_id);
create index message_expires on message (expires_at);
alter table message add constraint message_id primary key (id);
alter table message add constraint message_order unique (conversation_id, seq);
alter table message add constraint message_in_conversation
  foreign key (conversation_id) references conversation (id) on delete cascade;
alter table message add constraint message_under_key
  foreign key (scope_id, key_id) references key_version (scope_id, key_id) on delete restrict;
