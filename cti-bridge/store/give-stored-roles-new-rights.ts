import type { Clock, Log } from '../kernel/index.ts';
import { type BuiltInRights, type ConfigurationRepository, diffConfigurations, giveNewRights } from '../organisation/index.ts';

/** Who the history says it was. */
const program = { userId: 'crosspoint', name: 'Crosspoint' };

/**
 * What an earlier version stored gets the rights that have come to the built-in roles since, once and as a revision that can be undone: what
 * is saved keeps with it which rights the roles had by default then.
 */
export async function giveStoredRolesNewRights(
  repository: ConfigurationRepository,
  savedWith: BuiltInRights,
  clock: Clock,
  log: Log,
): Promise<void> {
  const { revision, configuration } = await repository.read();
  const { configuration: given, withheld } = giveNewRights(configuration, savedWith);
  for (const { role, rights } of withheld) log.warn('configuration:newRightsWithheld', { role, rights: rights.join(' ') });
  const changes = diffConfigurations(configuration, given);
  if (changes.length === 0) return;
  const note = 'rights that came with this version';
  const saving = { configuration: given, changes, orderBefore: {}, at: clock.now(), by: program, note };
  await repository.save({ basedOn: revision, ...saving });
  log.info('configuration:newRightsGiven', { roles: changes.map(({ path }) => path).join(' ') });
}
