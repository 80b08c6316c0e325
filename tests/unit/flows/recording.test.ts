import { describe, expect, it } from 'vitest';
import { createListening } from '../../../cti-bridge/flows/listening.ts';
import { loadLeftRecordings } from '../../../cti-bridge/flows/recording.ts';
import type { FlowNode } from '../../../cti-bridge/ivr/index.ts';
import { countingIds, silentLog, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { asId, type ContactId, type InteractionId } from '../../../shared/ids.ts';
import { entranceOf, flowOf } from '../ivr/flows.ts';
import { callInQueue, callTalking, FakeRecording, lena, margaretsRecord, newHouse } from './fakes.ts';

const always = { mode: 'always', announcement: 'call-recorded' } as const;

/** A call Lena talks on, in a queue that is recorded like that. */
async function talking(
  as: NonNullable<ReturnType<typeof newHouse>['recordedQueue']['as']> = always,
  prepare = (_house: ReturnType<typeof newHouse>) => {},
) {
  const house = newHouse();
  house.recordedQueue.as = as;
  prepare(house);
  const parts = await callTalking(house);
  await house.clock.run(10);
  const view = () => house.desktops.of('call:changed', lena).at(-1)?.recording;
  return { house, ...parts, view, types: () => house.types().filter((type) => type.startsWith('recording:')) };
}

const knownWith = (recording: boolean) => (house: ReturnType<typeof newHouse>) => {
  const record = { ...margaretsRecord, consent: { ...margaretsRecord.consent, recording } };
  house.contacts.identify = async () => ({
    kind: 'certain',
    reason: 'numberOnFile',
    record,
    cards: { cardId: record.contactId, cardIds: [record.contactId] },
  });
};
const unknown = (house: ReturnType<typeof newHouse>) => {
  house.contacts.found = [];
};

describe('the recording of a call', () => {
  it('begins when an agent has the customer, after these were told, and ends with the call', async () => {
    const { house, call, story, view, types } = await talking();
    const told = call.heard.findIndex((sound) => sound.endsWith('/call-recorded'));
    expect(told).toBeGreaterThan(-1);
    expect(told).toBe(call.heard.length - 1);
    expect(call.heard.filter((sound) => sound.endsWith('/call-recorded'))).toHaveLength(1);
    expect(call.recordings.map(({ asked }) => asked)).toEqual([['started']]);
    expect(view()).toEqual({ state: 'running', startedAt: house.clock.now() - 20, resumesAt: null });
    call.hangUp('hungUp', 'caller', 'caller');
    await house.clock.run(10);
    expect(house.recordings.told).toEqual([expect.stringMatching(/^begin /), 'end 60000']);
    expect(types()).toEqual(['recording:started', 'recording:ended']);
    await house.clock.run(200_000);
    await story;
  });

  it('is none where the queue wants none', async () => {
    const { call, types } = await talking({ mode: 'off', announcement: 'call-recorded' });
    expect(call.recordings).toEqual([]);
    expect(call.heard).not.toContain('en/call-recorded');
    expect(types()).toEqual([]);
  });

  it.each([
    ['always', knownWith(true), 1],
    ['always', knownWith(false), 0],
    ['always', unknown, 1],
    ['onConsent', knownWith(true), 1],
    ['onConsent', knownWith(false), 0],
    ['onConsent', unknown, 0],
  ] as const)('obeys the customer: %s, case %#', async (mode, prepare, recordings) => {
    const { call, types } = await talking({ ...always, mode }, prepare);
    expect(call.recordings).toHaveLength(recordings);
    expect(call.heard.filter((sound) => sound.endsWith('/call-recorded'))).toHaveLength(recordings);
    expect(types()).toEqual([recordings === 1 ? 'recording:started' : 'recording:refused']);
  });

  it('is gone, with its sound, when the agent finds that it is somebody who forbids it', async () => {
    const { house, interactionId, types } = await talking(always, unknown);
    const forbidding = { ...margaretsRecord, consent: { ...margaretsRecord.consent, recording: false } };
    house.contacts.readRecord = async () => forbidding;
    const asker = { userId: lena as never, name: 'Lena', agentId: lena, may: () => true };
    await house.desk.chooseContact(asker, { interactionId, contactId: asId<ContactId>(forbidding.contactId) });
    await house.clock.run(10);
    expect(house.recordings.told.slice(1)).toEqual(['discard', 'remove']);
    expect(types()).toEqual(['recording:started', 'recording:discarded']);
  });

  it('is refused loudly when the store does not take it, and the call goes on', async () => {
    const { call, view, types } = await talking(always, ({ recordings }) => {
      recordings.failNext = true;
    });
    expect(call.recordings).toEqual([]);
    expect(call.end).toBeNull();
    expect(types()).toEqual(['recording:refused']);
    expect(view()).toEqual({ state: 'failed', startedAt: null, resumesAt: null });
  });

  it('is shown as failed when the disk fills up, keeps what there is, and the call goes on', async () => {
    const { house, call, view } = await talking();
    call.recordings[0]?.fail('diskFull');
    await house.clock.run(10);
    expect(view()).toEqual({ state: 'failed', startedAt: null, resumesAt: null });
    expect(house.recordings.told.at(-1)).toBe('end 10000');
    expect(call.end).toBeNull();
  });
});

describe('a pause', () => {
  it('silences the recording and masks the keys until the agent resumes it', async () => {
    const { house, call, interactionId, view } = await talking();
    const paused = await house.desk.pauseRecording(lena, { interactionId });
    expect(paused).toMatchObject({ ok: true, value: { recording: { state: 'paused', resumesAt: house.clock.now() + 300_000 } } });
    await house.desk.pauseRecording(lena, { interactionId });
    expect(call.recordings[0]?.asked).toEqual(['started', 'paused']);
    await house.clock.run(4_000);
    await house.desk.resumeRecording(lena, { interactionId });
    expect(view()).toEqual({ state: 'running', startedAt: house.clock.now() - 4_020, resumesAt: null });
    expect(call.recordings[0]?.asked).toEqual(['started', 'paused', 'resumed']);
    expect(call.masks).toEqual([true, false]);
    expect(house.recordings.told.slice(1)).toEqual(['paused at 20', 'resumed at 4020']);
  });

  it('ends by itself after five minutes', async () => {
    const { house, call, interactionId, types } = await talking();
    await house.desk.pauseRecording(lena, { interactionId });
    await house.clock.run(299_000);
    expect(call.recordings[0]?.asked.at(-1)).toBe('paused');
    await house.clock.run(1_500);
    expect(call.recordings[0]?.asked.at(-1)).toBe('resumed');
    expect(house.events.at(-1)).toMatchObject({ type: 'recording:resumed', agentId: null });
    expect(types()).toEqual(['recording:started', 'recording:paused', 'recording:resumed']);
  });

  it('is over for whoever goes on in a flow after the talk: what they are asked to say there is kept, and the flow masks for itself', async () => {
    const nodes: Record<string, FlowNode> = {
      words: { kind: 'record', prompts: ['how-was-it'], attribute: 'words', maxSeconds: 30, exits: { done: 'card', nothing: 'card' } },
      card: {
        ...{ kind: 'collect', prompts: [], onInvalid: null, attribute: 'card', minLength: 4, maxLength: 19, terminator: '#' },
        ...{ firstKeyMs: 5_000, betweenKeysMs: 5_000, masked: true, attempts: 1, exits: { done: 'bye', nothing: 'bye' } },
      },
      bye: { kind: 'hangUp', prompts: [], exits: {} },
    };
    const flow = flowOf(nodes, 'words', { flowId: 'afterwards' });
    const { house, call, leg, interactionId } = await talking(always, ({ ivr }) => {
      ivr.afterCall = entranceOf(flow);
    });
    await house.desk.pauseRecording(lena, { interactionId });
    leg.vanish('hungUp');
    await house.clock.run(10);
    expect(call.masks).toEqual([true, false]);
    expect(call.recordings.map(({ asked }) => asked)).toEqual([['started', 'paused', 'stopped'], ['started']]);
    call.press('#');
    await house.clock.run(10);
    // No recording runs where a card is typed, and its tones reach nobody.
    expect(call.recordings.map(({ asked }) => asked.at(-1))).toEqual(['stopped', 'stopped']);
    expect(call.masks).toEqual([true, false, true]);
    for (const key of '4242#') call.press(key);
    await house.clock.run(10);
    expect(call.masks).toEqual([true, false, true, false]);
    expect(call.end).toMatchObject({ reason: 'completedInIvr' });
  });

  it("is nobody else's to order, and means nothing where nothing is recorded", async () => {
    const { house, interactionId } = await talking({ mode: 'off', announcement: null });
    expect(await house.desk.pauseRecording(lena, { interactionId })).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await house.desk.pauseRecording('other' as never, { interactionId })).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });
});

describe('recordings that a killed bridge left', () => {
  it('are ended with what is on disk, unless somebody goes on with their call', async () => {
    const house = newHouse();
    const { recordings, clock } = house;
    const left = { interactionId: asId<InteractionId>('i-old'), agentId: lena, startedAt: 1 };
    await recordings.begin({ ...left, recordingId: 'r-1' });
    recordings.durationMs = async () => 4_000 as never;
    await loadLeftRecordings(house.context.recording, { log: house.context.log, scope: house.scope });
    await clock.run(59_000);
    expect(recordings.told).toHaveLength(1);
    await clock.run(2_000);
    expect(recordings.told.at(-1)).toBe('end 4000');
  });

  it('go on in the same file, paused if they were, and nobody is told again', async () => {
    const house = newHouse();
    house.recordedQueue.as = always;
    await house.ready(lena, '6012');
    const { call } = await callInQueue(house);
    const interaction = house.live.all()[0];
    if (!interaction) throw new Error('no interaction');
    const { interactionId } = interaction;
    house.recordings.durationMs = async () => 8_000 as never;
    house.context.recording.left.set(interactionId, {
      recordingId: 'r-9',
      interactionId,
      agentId: lena,
      startedAt: 1,
      durationMs: null,
      isPaused: true,
    });
    house.phones.last.answers();
    await house.clock.run(20);
    expect(call.recordings.map(({ recordingId, asked }) => [recordingId, asked])).toEqual([['r-9', ['started paused']]]);
    expect(call.masks).toEqual([true]);
    expect(interaction.callView?.recording?.startedAt).toBe(house.clock.now() - 20 - 8_000);
    expect(call.recordings[0]).toBeInstanceOf(FakeRecording);
  });
});

describe('listening', () => {
  const asker = { userId: 'u' as never, name: 'Dana', agentId: null };
  const recording = {
    recordingId: 'r',
    interactionId: asId<InteractionId>('i'),
    agentId: lena,
    startedAt: 1,
    durationMs: 5,
    isPaused: false,
  };
  const listening = (
    customer: 'seen' | 'unseen' | 'unknown',
    sees: boolean,
    change: { readonly isMessage?: boolean; readonly isInHand?: boolean; readonly fails?: boolean } = {},
  ) => {
    const clock = new VirtualClock();
    const audited: unknown[] = [];
    const story = createListening({
      recordings: { find: async () => ({ recording: change.isMessage ? { ...recording, agentId: null } : recording, customer }) },
      files: { open: async () => ({ bytes: 1, read: async function* () {} }) },
      audit: {
        audit: async (entry) => {
          if (change.fails) throw new Error('disk full');
          audited.push(entry);
        },
      },
      scopeOf: () => ({ units: [] }),
      seesAgent: () => sees,
      hasInHand: () => change.isInHand === true,
      newToken: () => `token-${audited.length}`,
      clock,
      ids: countingIds(),
      log: silentLog,
    });
    return Object.assign(story, { clock, audited });
  };
  const mayAll = { ...asker, may: () => true };

  it.each([
    ['seen', false, true],
    ['unseen', true, false],
    ['unknown', true, true],
    ['unknown', false, false],
  ] as const)('to a customer %s, by somebody who sees the agent: %s, is allowed: %s', async (customer, sees, isAllowed) => {
    expect((await listening(customer, sees).open({ ...asker, may: () => true }, 'r')).ok).toBe(isAllowed);
    expect((await listening(customer, sees).open({ ...asker, may: () => false }, 'r')).ok).toBe(false);
  });

  it('is written down with who did it, once for all parts of it that are asked for, and again another time', async () => {
    const story = listening('seen', true);
    for (let part = 0; part < 3; part++) await story.open(mayAll, 'r');
    expect(await story['recording:open'](mayAll, { recordingId: 'r' })).toMatchObject({ ok: true });
    expect(story.audited).toEqual([
      expect.objectContaining({ kind: 'listening', subjectId: 'r', author: expect.objectContaining({ userId: 'u' }) }),
    ]);
    await story.clock.run(11 * 60_000);
    await story.open(mayAll, 'r');
    expect(story.audited).toHaveLength(2);
  });

  it('is refused when it cannot be written down', async () => {
    const story = listening('seen', true, { fails: true });
    for (const refused of [await story.open(mayAll, 'r'), await story['recording:open'](mayAll, { recordingId: 'r' })])
      expect(refused).toMatchObject({ ok: false, error: { code: 'storage_unavailable' } });
  });

  it('goes by a link that ends by itself, and that nobody gets who may not listen', async () => {
    const story = listening('seen', true);
    const opened = await story['recording:open'](mayAll, { recordingId: 'r' });
    const token = opened.ok ? (opened.value.path.split('/').at(-1) ?? '') : '';
    expect((await story.openLink(token)).ok).toBe(true);
    expect((await story.openLink('guessed')).ok).toBe(false);
    await story.clock.run(10 * 60_000 + 5);
    expect((await story.openLink(token)).ok).toBe(false);
    expect(await story['recording:open']({ ...asker, may: () => false }, { recordingId: 'r' })).toMatchObject({
      error: { code: 'not_found' },
    });
  });

  it('to a message is for whoever has it in hand, too, without the right to others', async () => {
    const agent = { ...asker, agentId: lena, may: () => false };
    expect((await listening('unknown', false, { isMessage: true, isInHand: true }).open(agent, 'r')).ok).toBe(true);
    expect((await listening('unknown', false, { isMessage: true }).open(agent, 'r')).ok).toBe(false);
    expect((await listening('unknown', false, { isInHand: true }).open(agent, 'r')).ok).toBe(false);
  });
});
