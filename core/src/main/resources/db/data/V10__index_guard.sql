-- What was written while index keys changed, in the form of the coming key: who writes the one form and who writes the
-- other hold the same row, so that nothing that is unique stands twice. Empty at any other time.
create table index_guard (
  form bytea primary key
);
