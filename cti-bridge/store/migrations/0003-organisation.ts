import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

export const organisation: Migration = {
  up: (db) =>
    runStatements(db, [
      'create table organisation (organisation_id integer primary key check (organisation_id = 1), name_en text not null, name_zh text not null, home_country text not null)',
      'create table org_unit (org_unit_id text primary key, parent_id text references org_unit, level text not null, name_en text not null, name_zh text not null)',
      'create table queue (queue_id text primary key, position integer not null, name_en text not null, name_zh text not null, settings text not null)',
      'create table flow (flow_id text not null, version integer not null, body text not null, primary key (flow_id, version))',
      'create table dnis_entry (dnis text primary key, flow_id text not null)',
      'create table disposition (code text primary key, position integer not null, label_en text not null, label_zh text not null, parent text references disposition)',
      `create table login (
        user_id text primary key, username text not null unique, name text not null, role text not null, locale text not null,
        agent_id text unique, extension text unique, password_hash text not null, is_demo integer not null, org_unit_id text references org_unit)`,
      'create table agent_skill (agent_id text not null, skill text not null, level integer not null, primary key (agent_id, skill))',
      'create table store_fact (key text primary key, value text not null)',
    ]),
};
