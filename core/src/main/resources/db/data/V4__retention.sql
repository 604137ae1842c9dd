-- Until when a message is kept, by what its assistant said when it was written.
alter table message add column expires_at timestamp with time zone;
update message set expires_at = said_at + interval '90' day;
alter table message alter column expires_at set not null;
create index message_expires on message (expires_at);
create index used_since on used (since);
