/** A bridge reduced to its administrators: saves one configuration after the other, each with its number in every name. Ended by a kill. */
import { writeSync } from 'node:fs';
import { silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import { openStore } from '../../../cti-bridge/store/index.ts';

const store = await openStore({ path: process.argv[2] ?? '', clock: systemClock, log: silentLog, seed: 'demo' });

for (let number = 1; ; number++) {
  const { revision, configuration } = await store.configuration.read();
  const name = { en: `number ${number}`, zh: `number ${number}` };
  const saved = await store.configuration.save({
    basedOn: revision,
    configuration: {
      ...configuration,
      organisation: { ...configuration.organisation, name },
      queues: configuration.queues.map((queue) => ({ ...queue, name })),
      users: configuration.users.map((user) => ({ ...user, name: name.en, username: `${user.id}-${number}`.toLowerCase() })),
    },
    changes: [{ kind: 'changed', path: 'organisation/name', before: null, after: JSON.stringify(name) }],
    orderBefore: {},
    at: number,
    by: { userId: 'system', name: 'System' },
    note: name.en,
  });
  if (!saved.saved) throw new Error('nobody else saves here');
  writeSync(1, `${saved.revision}\n`);
}
