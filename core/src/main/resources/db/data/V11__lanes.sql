-- The programs that run on this database. One that has not said for the time of a lease that it runs is taken for dead.
create table replica (
  id uuid primary key,
  until timestamp with time zone not null
);

-- Who works what: a lane in which something waits is held by one replica. Whoever takes it from a dead one gives it a
-- fence of its own, and what is still written under the fence before is refused. It goes when nothing waits in it.
create table lane (
  id uuid primary key,
  replica_id uuid not null,
  fence uuid not null
);

-- An event that waits stands in a lane: that of its place, or one of its own when it takes long. Claims are how often
-- somebody began with it whose predecessor had died.
alter table inbox_event add column lane_id uuid;
alter table inbox_event add column claims integer default 0 not null;
update inbox_event set lane_id = place_id where state in ('RECEIVED', 'ANSWERED');
insert into lane (id, replica_id, fence)
  select distinct lane_id, cast('00000000-0000-0000-0000-000000000000' as uuid),
    cast('00000000-0000-0000-0000-000000000000' as uuid) from inbox_event where lane_id is not null;
alter table inbox_event add constraint event_open_in_lane
  check ((state in ('RECEIVED', 'ANSWERED')) = (lane_id is not null));
drop index inbox_event_open;
create index inbox_event_lane on inbox_event (lane_id, at, id);
