-- The key store: a database of its own, so that its backups can be short-lived. Every key in it is wrapped.

-- One row: whose data this is, and a value that only the right root key opens.
create table installation (
  only_one boolean primary key,
  id uuid not null,
  root_id varchar(100) not null,
  proof bytea not null,
  created_at timestamp with time zone not null,
  constraint only_one check (only_one)
);

-- Whose keys: a workspace (parent: the installation) or something in a workspace (parent: the workspace).
-- The owner is a blind index of the platform's id, or zeros where there can be but one.
create table key_scope (
  id uuid primary key,
  parent_id uuid not null,
  kind varchar(16) not null,
  owner bytea not null,
  created_at timestamp with time zone not null,
  erased_at timestamp with time zone,
  constraint one_scope_each unique (parent_id, kind, owner),
  constraint known_kind check (kind in ('WORKSPACE', 'INDEX', 'PERSON', 'CONVERSATION', 'DATA', 'INSTALLATION')),
  constraint blind_owner check (octet_length(owner) = 16)
);

-- One wrapped key each: deleting the row, or emptying it, destroys the key. The key that wraps it is named, so that
-- it cannot be deleted before; where none is named the root key wraps.
create table key_version (
  scope_id uuid not null,
  key_id integer not null,
  state varchar(16) not null,
  previous_state varchar(16),
  active boolean,
  wrapped bytea,
  parent_id uuid,
  parent_key_id integer,
  root_id varchar(100),
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  primary key (scope_id, key_id),
  constraint of_a_scope foreign key (scope_id) references key_scope (id) on delete restrict,
  constraint wrapped_by foreign key (parent_id, parent_key_id)
    references key_version (scope_id, key_id) on delete restrict,
  constraint one_wrapper check ((parent_id is null) = (parent_key_id is null) and (parent_id is null) = (root_id is not null)),
  constraint one_active unique (scope_id, active),
  constraint active_is_marked check ((state = 'ACTIVE') = (active is not null) and (active is null or active)),
  constraint destroyed_is_empty check ((state = 'DESTROYED') = (wrapped is null)),
  constraint legal_move check (
    (previous_state is null and state in ('PRE_ACTIVE', 'ACTIVE'))
    or (previous_state = 'PRE_ACTIVE' and state in ('ACTIVE', 'COMPROMISED', 'DESTROYED'))
    or (previous_state = 'ACTIVE' and state in ('DECRYPT_ONLY', 'COMPROMISED', 'DESTROYED'))
    or (previous_state = 'DECRYPT_ONLY' and state in ('COMPROMISED', 'DESTROYED'))
    or (previous_state = 'COMPROMISED' and state = 'DESTROYED'))
);

create index key_version_by_wrapper on key_version (parent_id, parent_key_id);
create index key_version_by_state on key_version (state, scope_id);

-- Rotations, so that one that was cut off goes on where it stood.
create table key_rotation (
  id uuid primary key,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone
);
