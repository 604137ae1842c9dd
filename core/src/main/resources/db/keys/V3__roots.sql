-- The root keys that wrap something: one, or two while one is being replaced by the other. What is wrapped names its
-- root key with a foreign key, so that one that is still needed cannot be let go of. None of this is secret.
create table root_key (
  id varchar(250) primary key
);

alter table installation alter column root_id set data type varchar(250);
alter table key_version alter column root_id set data type varchar(250);

insert into root_key (id) select root_id from installation;
insert into root_key (id) select distinct root_id from key_version
  where root_id is not null and root_id not in (select id from root_key);

create index key_version_by_root on key_version (root_id, scope_id);
alter table installation add constraint under_a_root foreign key (root_id) references root_key (id) on delete restrict;
alter table key_version add constraint wrapped_by_root foreign key (root_id) references root_key (id) on delete restrict;

-- A change of the root key that was begun. Each address is wrapped by the other key, so that nobody who writes here
-- can send us elsewhere.
create table root_change (
  only_one boolean primary key,
  root_id varchar(250) not null,
  next_proof bytea not null,
  source bytea not null,
  destination bytea not null,
  begun_at timestamp with time zone not null,
  constraint one_change check (only_one),
  constraint to_a_root foreign key (root_id) references root_key (id) on delete restrict
);

-- Root keys of the past, and for each where its successor is: wrapped by it, for whoever comes with it.
create table former_root (
  id varchar(250) primary key,
  destination bytea not null,
  left_at timestamp with time zone not null
);
