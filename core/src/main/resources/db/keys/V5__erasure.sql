-- A signature key proves what was erased; it seals no rows.
alter table key_scope drop constraint known_kind;
alter table key_scope add constraint known_kind check (
  kind in ('WORKSPACE', 'INDEX', 'PERSON', 'CONVERSATION', 'DATA', 'INSTALLATION', 'SIGNING'));

-- One row: raised with every destruction of key rings, so that each process learns that it has to let go of what it
-- unwrapped. Of an embedded store also up to where the destroyed keys are gone from its file.
create table key_epoch (
  only_one boolean primary key,
  epoch bigint not null,
  compacted bigint not null,
  constraint only_one_epoch check (only_one)
);
insert into key_epoch (only_one, epoch, compacted) values (true, 0, 0);

-- Erasures, so that one that was cut off goes on. The scope is ours and opaque; of a conversation the subject is our id
-- of it. A receipt is made of a row that is finished, and of nothing else.
create table erasure (
  id uuid primary key,
  scope_id uuid not null unique,
  kind varchar(16) not null,
  subject uuid,
  begun_at timestamp with time zone not null,
  destroyed_at timestamp with time zone,
  finished_at timestamp with time zone,
  key_count bigint,
  row_count bigint,
  constraint erased_scope foreign key (scope_id) references key_scope (id) on delete restrict,
  constraint erasable check (kind in ('WORKSPACE', 'PERSON', 'CONVERSATION')),
  constraint in_order check (
    (destroyed_at is not null or finished_at is null)
    and (destroyed_at is null) = (key_count is null)
    and (finished_at is null or row_count is not null))
);
