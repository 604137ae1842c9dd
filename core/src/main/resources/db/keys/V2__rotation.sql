-- A rotation knows whose keys it replaces, and how far it is. The target is all zeros where it is everything.
alter table key_rotation add column aim varchar(16) default 'ALL' not null;
alter table key_rotation add column target uuid default '00000000-0000-0000-0000-000000000000' not null;
alter table key_rotation add column urgent boolean default false not null;
alter table key_rotation add column done bigint default 0 not null;
alter table key_rotation add column total bigint default 0 not null;
alter table key_rotation add column busy_millis bigint default 0 not null;
alter table key_rotation add column seen_at timestamp with time zone;
alter table key_rotation add constraint known_aim check (aim in ('ALL', 'WORKSPACE', 'SCOPE', 'WORKSPACE_KEYS'));

-- How many keys were wrapped anew since this one was replaced: for its certificate.
alter table key_version add column rewrapped bigint default 0 not null;

-- A destroyed key leaves its name, so that it cannot come back. The tombstone needs no wrapper, and keeps none alive.
alter table key_version drop constraint one_wrapper;
alter table key_version add constraint one_wrapper check (
  (state = 'DESTROYED' and parent_id is null and parent_key_id is null and root_id is null)
  or ((parent_id is null) = (parent_key_id is null) and (parent_id is null) = (root_id is not null)));
