import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { momentOf } from '../../acd/index.ts';
import type { FlowHouse, HouseAt } from '../../ivr/index.ts';
import { factOfHours } from '../ivr/current-facts.ts';

/**
 * What the house knows at a moment that is only thought of, such as `2026-11-22T09:30` on the clock of the organisation: which hours are open.
 * How full queues would be then nobody knows; a test says it.
 */
export function houseAt({ hours, organisation }: Pick<Configuration, 'hours' | 'organisation'>): HouseAt {
  return (moment) => {
    const [date = '', time = ''] = moment.split('T');
    const at = momentOf(organisation.timeZone, date, time);
    return {
      fact(name) {
        const [kind, ...rest] = name.split('.');
        const what = rest.pop();
        return kind === 'hours' && what !== undefined ? factOfHours(hours, rest.join('.'), what, at) : undefined;
      },
    };
  };
}

/** What a flow may name of what an administrator set up. */
export function houseOf(configuration: Configuration): Omit<FlowHouse, 'flows' | 'prompt'> {
  const { queues, hours, skills } = configuration;
  const idsOf = (list: readonly { readonly id: string }[]) => new Set(list.map(({ id }) => id));
  return { queueIds: idsOf(queues), hoursIds: idsOf(hours), skillIds: idsOf(skills), factsAt: houseAt(configuration) };
}
