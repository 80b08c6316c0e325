import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { momentOf } from '../cti-bridge/acd/index.ts';
import type { AgentEvent, InteractionEvent } from '../cti-bridge/interactions/index.ts';
import { err, ok, type Result } from '../cti-bridge/kernel/index.ts';
import type { RecordedDay } from '../cti-bridge/simulation/index.ts';
import { databaseFile, openForReading } from '../cti-bridge/store/database.ts';
import { configurationReads } from '../cti-bridge/store/repositories/configuration-reads.ts';

/**
 * Reads one day from a bridge's data folder, which may be in use: the database is opened for reading only. With the configuration as it is
 * now; who was set up otherwise on that day is simulated as set up today.
 */
export async function readRecordedDay(folder: string, date: string): Promise<Result<RecordedDay, string>> {
  const file = join(folder, databaseFile);
  if (!existsSync(file)) return err(`${folder}: no bridge has kept its data here (${databaseFile} is missing)`);
  const { sqlite, db } = openForReading(file);
  try {
    const { configuration } = await configurationReads.readConfiguration(db);
    const { timeZone } = configuration.organisation;
    const startsAt = momentOf(timeZone, date, '00:00');
    const endsAt = momentOf(timeZone, date, '24:00');
    const queued = db
      .selectFrom('interaction_event')
      .select('interaction_id')
      .where('type', '=', 'workItem:queued')
      .where('at', '>=', startsAt)
      .where('at', '<', endsAt);
    const events = await db.selectFrom('interaction_event').selectAll().where('interaction_id', 'in', queued).orderBy('sequence').execute();
    if (events.length === 0) return err(`${folder}: nobody was queued on ${date} (${timeZone})`);
    const agentEvents = await db
      .selectFrom('agent_event')
      .selectAll()
      .where('at', '>=', startsAt - 86_400_000)
      .where('at', '<', endsAt)
      .orderBy('sequence')
      .execute();
    return ok({
      date,
      configuration,
      startsAt,
      endsAt,
      events: events.map(
        (row) => ({ ...JSON.parse(row.body), at: row.at, type: row.type, interactionId: row.interaction_id }) as InteractionEvent,
      ),
      agentEvents: agentEvents.map((row) => ({ ...JSON.parse(row.body), at: row.at, type: row.type, agentId: row.agent_id }) as AgentEvent),
    });
  } catch (error) {
    return err(`${folder}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    sqlite.close();
  }
}
