-- Functions that run with their owner's rights. A search path that doesn't name pg_temp searches it
-- first for types, so whoever calls them could put a type `jsonb` of their own in the place of the
-- real one, whose check then ran with the owner's rights: as the scores' owner it could read them all.
do $$
declare
  item record;
begin
  for item in
    select p.oid::regprocedure as name from pg_catalog.pg_proc p
    join pg_catalog.pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('app', 'audit', 'jobs', 'sealed') and p.proconfig @> array['search_path=pg_catalog']
  loop
    execute format('alter function %s set search_path = pg_catalog, pg_temp', item.name);
  end loop;
  -- Nothing here makes temporary objects.
  execute format('revoke temporary on database %I from public', current_database());
end
$$;
