import { describe, expect, test } from 'vitest';
import { agentOf, type Reservation, type RouterEvent } from '../../../cti-bridge/acd/index.ts';
import type { Presence, WorkState } from '../../../shared/contracts/agent.ts';
import { type AgentId, asId } from '../../../shared/ids.ts';
import { mayStandTogether } from '../../../shared/states/agent.ts';
import { Floor } from './floor.ts';

/**
 * Every state an agent can be in, presence x work, x everything that can happen to them: where it leads; `-` is nothing at all. One agent,
 * one caller who is offered to nobody else, and a queue that takes an agent off after one miss.
 */

const lena = asId<AgentId>('lena');

interface Situation {
  readonly floor: Floor;
  /** The one the agent has, or had. */
  readonly offer: Reservation;
}

/** An agent with the offer of ann before them, and then what `more` does. */
function offered(more: (floor: Floor, offer: Reservation) => void = () => undefined): Situation {
  const floor = new Floor().queue('calls', { missesBeforeNotReady: 1 }).agent('lena');
  floor.caller('ann', 'calls');
  const offer = floor.offered();
  more(floor, offer);
  return { floor, offer };
}
const idle = (more: (floor: Floor) => void) =>
  offered((floor) => {
    floor.leaves('ann');
    more(floor);
  });
const engaged = (more: (floor: Floor) => void) =>
  offered((floor, offer) => {
    floor.accept(offer);
    more(floor);
  });
const wrapping = (more: (floor: Floor) => void) =>
  engaged((floor) => {
    floor.workEnds('lena', 'ann', true);
    more(floor);
  });

const supervising = (isSupervising: boolean): RouterEvent => ({ type: 'agent:supervising', agentId: lena, isSupervising });

const presences = ['available', 'notReady', 'loggedOut'] as const satisfies readonly Presence[];
const inWork = {
  idle,
  notReachable: (more) =>
    idle((floor) => {
      more(floor);
      floor.reachable('lena', false);
    }),
  supervising: (more) =>
    idle((floor) => {
      more(floor);
      floor.tell(supervising(true));
    }),
  reserved: (more) => offered(more),
  engaged,
  wrappingUp: wrapping,
} as const satisfies Record<WorkState, (more: (floor: Floor) => void) => Situation>;

/** The name of every state that may stand, and how to come to it. */
const states = (Object.keys(inWork) as WorkState[]).flatMap((work) =>
  presences
    .filter((presence) => mayStandTogether(presence, work))
    .map((presence) => ({
      name: `${presence} ${work}`,
      enter: () => inWork[work]((floor) => void (presence === 'available' || floor.presence('lena', presence))),
    })),
);

/** What somebody chooses or a line reports, and what happens to a piece of work. */
const news = {
  chooseAvailable: ({ floor }) => void floor.presence('lena', 'available'),
  chooseNotReady: ({ floor }) => void floor.presence('lena', 'notReady'),
  signOut: ({ floor }) => void floor.presence('lena', 'loggedOut'),
  isBack: ({ floor }) => void floor.reachable('lena', true),
  isLost: ({ floor }) => void floor.reachable('lena', false),
  supervise: ({ floor }) => void floor.tell(supervising(true)),
  superviseNoMore: ({ floor }) => void floor.tell(supervising(false)),
} as const satisfies Record<string, (situation: Situation) => void>;
const deeds = {
  accept: ({ floor, offer }) => void floor.accept(offer),
  reject: ({ floor, offer }) => void floor.fail(offer, 'rejected'),
  leaseEnds: ({ floor, offer }) => {
    floor.at = Math.max(floor.at, offer.expiresAt);
    floor.tick();
  },
  deviceFails: ({ floor, offer }) => void floor.fail(offer, 'deviceUnreachable'),
  callerLeaves: ({ floor }) => void floor.leaves('ann'),
  workEnds: ({ floor }) => void floor.workEnds('lena', 'ann'),
  workEndsWrapUp: ({ floor }) => void floor.workEnds('lena', 'ann', true),
  wrapUpEnds: ({ floor }) => void floor.wrapUpEnds('lena', 'ann'),
} as const satisfies Record<string, (situation: Situation) => void>;

const inputs = { ...news, ...deeds };
type Input = keyof typeof inputs;

function nameOf({ floor }: Situation): string {
  const { presence, workState } = floor.agentView('lena');
  return `${presence} ${workState}`;
}

/** Where each leads; what is not written leads nowhere. */
const table: Readonly<Record<string, Partial<Record<Input, string>>>> = {
  'available idle': {
    chooseNotReady: 'notReady idle',
    signOut: 'loggedOut idle',
    isLost: 'available notReachable',
    supervise: 'available supervising',
  },
  'notReady idle': {
    chooseAvailable: 'available idle',
    signOut: 'loggedOut idle',
    isLost: 'notReady notReachable',
    supervise: 'notReady supervising',
  },
  'loggedOut idle': {
    chooseAvailable: 'available idle',
    chooseNotReady: 'notReady idle',
    isLost: 'loggedOut notReachable',
    supervise: 'loggedOut supervising',
  },
  'available notReachable': {
    chooseNotReady: 'notReady notReachable',
    signOut: 'loggedOut notReachable',
    isBack: 'available idle',
    supervise: 'available supervising',
  },
  'notReady notReachable': {
    chooseAvailable: 'available notReachable',
    signOut: 'loggedOut notReachable',
    isBack: 'notReady idle',
    supervise: 'notReady supervising',
  },
  'loggedOut notReachable': {
    chooseAvailable: 'available notReachable',
    chooseNotReady: 'notReady notReachable',
    isBack: 'loggedOut idle',
    supervise: 'loggedOut supervising',
  },
  'available supervising': {
    chooseNotReady: 'notReady supervising',
    signOut: 'loggedOut supervising',
    superviseNoMore: 'available idle',
  },
  'notReady supervising': {
    chooseAvailable: 'available supervising',
    signOut: 'loggedOut supervising',
    superviseNoMore: 'notReady idle',
  },
  'loggedOut supervising': {
    chooseAvailable: 'available supervising',
    chooseNotReady: 'notReady supervising',
    superviseNoMore: 'loggedOut idle',
  },
  'available reserved': {
    chooseNotReady: 'notReady reserved',
    signOut: 'loggedOut idle',
    isLost: 'available notReachable',
    accept: 'available engaged',
    reject: 'available idle',
    leaseEnds: 'notReady idle',
    deviceFails: 'notReady idle',
    callerLeaves: 'available idle',
  },
  'notReady reserved': {
    chooseAvailable: 'available reserved',
    signOut: 'loggedOut idle',
    isLost: 'notReady notReachable',
    accept: 'notReady engaged',
    reject: 'notReady idle',
    leaseEnds: 'notReady idle',
    deviceFails: 'notReady idle',
    callerLeaves: 'notReady idle',
  },
  'available engaged': {
    chooseNotReady: 'notReady engaged',
    signOut: 'loggedOut engaged',
    workEnds: 'available idle',
    workEndsWrapUp: 'available wrappingUp',
  },
  'notReady engaged': {
    chooseAvailable: 'available engaged',
    signOut: 'loggedOut engaged',
    workEnds: 'notReady idle',
    workEndsWrapUp: 'notReady wrappingUp',
  },
  'loggedOut engaged': {
    chooseAvailable: 'available engaged',
    chooseNotReady: 'notReady engaged',
    workEnds: 'loggedOut idle',
    workEndsWrapUp: 'loggedOut wrappingUp',
  },
  'available wrappingUp': { chooseNotReady: 'notReady wrappingUp', signOut: 'loggedOut wrappingUp', wrapUpEnds: 'available idle' },
  'notReady wrappingUp': { chooseAvailable: 'available wrappingUp', signOut: 'loggedOut wrappingUp', wrapUpEnds: 'notReady idle' },
  'loggedOut wrappingUp': { chooseAvailable: 'available wrappingUp', chooseNotReady: 'notReady wrappingUp', wrapUpEnds: 'loggedOut idle' },
};

describe('an agent', () => {
  test('can come to every pair of states that may stand together, and the table has each', () => {
    expect(states.map(({ enter }) => nameOf(enter()))).toEqual(states.map(({ name }) => name));
    expect(Object.keys(table).toSorted()).toEqual(states.map(({ name }) => name).toSorted());
  });

  test.each(states)('who is $name is led by everything that can happen where the table says', ({ name, enter }) => {
    const led = Object.entries(inputs).flatMap(([input, act]) => {
      const situation = enter();
      act(situation);
      const after = nameOf(situation);
      return after === name ? [] : [[input, after]];
    });
    expect(Object.fromEntries(led)).toEqual(table[name]);
  });

  test.each(states)('who is $name stays the very same when something happens to work that is not theirs now', ({ name, enter }) => {
    for (const [input, act] of Object.entries(deeds)) {
      if (table[name]?.[input as Input]) continue;
      const situation = enter();
      const before = agentOf(situation.floor.state, lena);
      act(situation);
      expect(agentOf(situation.floor.state, lena), input).toEqual(before);
      expect(
        situation.floor.decisions.filter(({ type }) => type !== 'refuseAcceptance' && type !== 'wakeAt'),
        input,
      ).toEqual([]);
    }
  });
});
