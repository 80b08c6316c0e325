import { describe, expect, it } from 'vitest';
import { emptyRouterState, lineOf, route } from '../../../cti-bridge/acd/index.ts';
import { setUpEvents } from '../../../cti-bridge/flows/set-up.ts';
import type { Configuration, UserConfiguration } from '../../../shared/contracts/configuration.ts';
import { asId, type QueueId } from '../../../shared/ids.ts';
import { queueOf, usualCapacity } from '../acd/floor.ts';

const user = (id: string, skills: Record<string, number>): UserConfiguration => ({
  id: `user-${id}`,
  username: id,
  name: id,
  role: 'agent',
  locale: 'en',
  orgUnit: 'ningbo',
  agent: { id, extension: '6012', team: null, capacity: 'usual', skills, leftQueues: [], weight: 1, phone: { kind: 'desktop' } },
});
const configuration = (change: Partial<Configuration> = {}): Configuration => ({
  version: 1,
  organisation: {
    name: { en: 'Northline', zh: '东海' },
    homeCountry: 'CN',
    timeZone: 'Asia/Shanghai',
    dialling: { outsidePrefix: null, areaCode: null },
  },
  orgUnits: [],
  teams: [],
  skills: [],
  capacities: [{ id: 'usual', name: { en: 'Usual', zh: '常规' }, channels: usualCapacity }],
  hours: [],
  queues: [queueOf('billing', { needs: 'billing' }), queueOf('sales')],
  reasons: [],
  dispositions: [],
  roles: [],
  users: [user('lena', { billing: 4 }), user('wei', { billing: 2 })],
  trunks: [],
  apiClients: [],
  retention: [],
  customFields: [],
  mailboxes: [],
  smsLines: [],
  chatSites: [],
  documentSources: [],
  messageRules: [],
  messageTemplates: [],
  surveys: [],
  ...change,
});
const told = (before: Configuration | null, after: Configuration) =>
  setUpEvents(before, after).map((event) =>
    `${event.type} ${'queue' in event ? event.queue.id : 'agentId' in event ? event.agentId : ''}`.trim(),
  );

describe('setting up the router', () => {
  it('tells everything at the start, queues first', () => {
    expect(told(null, configuration())).toEqual([
      'queue:configured billing',
      'queue:configured sales',
      'agent:configured lena',
      'agent:configured wei',
    ]);
  });

  it('tells only what differs afterwards', () => {
    const after = configuration({ users: [user('lena', { billing: 5 }), user('wei', { billing: 2 })] });
    expect(told(configuration(), after)).toEqual(['agent:configured lena']);
    expect(told(after, after)).toEqual([]);
  });

  it('tells everybody of a profile when the profile changes', () => {
    const capacities = [{ id: 'usual', name: { en: 'Usual', zh: '常规' }, channels: {} }];
    expect(told(configuration(), configuration({ capacities }))).toEqual(['agent:configured lena', 'agent:configured wei']);
  });

  it('removes what is gone, and gives who waits on to the queue they would have overflowed to', () => {
    const before = configuration({ queues: [queueOf('billing', { overflow: { afterSeconds: 60, queue: 'sales' } }), queueOf('sales')] });
    const after = configuration({ queues: [queueOf('sales')], users: [user('lena', { billing: 4 })] });
    expect(setUpEvents(before, after)).toEqual([
      { type: 'queue:removed', queueId: 'billing', to: 'sales' },
      { type: 'agent:removed', agentId: 'wei' },
    ]);
  });

  it('is what the router then works by', () => {
    let state = emptyRouterState;
    for (const event of setUpEvents(null, configuration())) state = route(state, event, 1).state;
    for (const event of setUpEvents(configuration(), configuration({ queues: [queueOf('sales')] }))) state = route(state, event, 2).state;
    expect(lineOf(state, asId<QueueId>('billing'))).toBeNull();
    expect(lineOf(state, asId<QueueId>('sales'))?.members?.size).toBe(2);
  });
});
