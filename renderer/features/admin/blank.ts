import type { Configuration, SectionName } from '../../../shared/contracts/configuration.ts';
import type { Entry } from '../../stores/index.ts';

/** A new entry with what is usual; only what nobody can know is left open. */
export function blankEntry(section: SectionName, configuration: Configuration): Entry {
  const name = { en: '', zh: '' };
  const { organisation, orgUnits, capacities, roles, dispositions } = configuration;
  switch (section) {
    case 'orgUnits': {
      const above = orgUnits.find((unit) => unit.parent === null) ?? null;
      return { id: '', parent: above?.id ?? null, tier: above ? 'province' : 'headquarters', name };
    }
    case 'teams':
      return { id: '', name, orgUnit: orgUnits[0]?.id ?? null };
    case 'skills':
    case 'reasons':
      return { id: '', name };
    case 'dispositions':
      return { code: '', name, parent: null };
    case 'roles':
      return { id: '', name, rights: ['session:own'] };
    case 'capacities':
      return { id: '', name, channels: { voice: { max: 1, weight: 100, interrupts: ['email', 'sms', 'document'] } } };
    case 'hours': {
      const day = [{ from: '09:00', to: '18:00' }];
      return { id: '', name, timeZone: organisation.timeZone, weekly: { mon: day, tue: day, wed: day, thu: day, fri: day }, holidays: [] };
    }
    case 'queues':
      return {
        id: '',
        name,
        channel: 'voice',
        needs: '',
        rings: [],
        strategy: 'longestIdle',
        ringSeconds: 20,
        missesBeforeNotReady: 2,
        priority: 50,
        ageingSecondsPerPoint: null,
        serviceLevel: { targetPercent: 80, thresholdSeconds: 20 },
        hours: null,
        maxWaiting: null,
        maxWaitSeconds: null,
        overflow: null,
        whenClosed: { to: 'announce', prompt: 'queue-closed' },
        whenFull: { to: 'announce', prompt: 'all-busy' },
        whenWaitedTooLong: { to: 'announce', prompt: 'all-busy' },
        announcements: { everySeconds: 60, position: true, expectedWait: true },
        callbackAfterSeconds: null,
        lastAgent: null,
        accountManager: null,
        bypassTiers: [],
        wrapUp: {
          mode: 'timed',
          seconds: 90,
          extendBySeconds: 60,
          maxExtensions: 2,
          defaultDisposition: leaf(dispositions),
        },
        alerts: { waitingAbove: null, longestWaitAboveSeconds: null, serviceLevelBelowPercent: null },
      };
    case 'users':
      return {
        id: '',
        username: '',
        name: '',
        role: roles.find((role) => role.id === 'agent')?.id ?? roles[0]?.id ?? '',
        locale: 'en',
        orgUnit: orgUnits[0]?.id ?? null,
        agent: blankAgent('', capacities[0]?.id ?? '', configuration),
      };
    case 'trunks':
      return { id: '', name, host: '', port: 5060, transport: 'udp', username: null, password: null };
  }
}

type Agent = NonNullable<Entry<'users'>['agent']>;

export function blankAgent(id: string, capacity: string, configuration: Configuration): Agent {
  return {
    id,
    extension: freeExtension(configuration),
    team: null,
    capacity,
    skills: {},
    leftQueues: [],
    weight: 1,
    phone: { kind: 'desktop' },
  };
}

/** The number after the highest in use. */
function freeExtension({ users }: Configuration): string {
  const numbers = users.flatMap(({ agent }) => (agent && /^\d+$/.test(agent.extension) ? [Number(agent.extension)] : []));
  return numbers.length === 0 ? '6001' : String(Math.max(...numbers) + 1);
}

function leaf(dispositions: Configuration['dispositions']): string {
  return dispositions.find(({ code }) => !dispositions.some(({ parent }) => parent === code))?.code ?? '';
}
