-- The first key of each segment of the audit log, wrapped by the root key. Only who checks the log opens it.
create table audit_key (
  segment integer primary key,
  root_id varchar(250) not null,
  wrapped bytea not null,
  made_at timestamp with time zone not null,
  constraint audit_key_by_root foreign key (root_id) references root_key (id) on delete restrict
);
