import type { Desk } from '../../../renderer/app/desk.ts';
import { newFollowUp, type OwnWork } from '../../../renderer/stores/index.ts';
import type { ScheduledCallback } from '../../../shared/contracts/scheduled-callbacks.ts';
import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { pop, type StageLanguage } from './people.ts';
import type { ScriptedBridge } from './scripted-bridge.ts';
import { wrapUpOf } from './wrap-up.ts';

const scenes = [
  'promised-today',
  'promised-free',
  'what-next',
  'what-next-empty',
  'follow-up',
  'follow-up-doubt',
  'follow-up-standing',
  'agreed-ringing',
] as const;
type FollowUpScene = (typeof scenes)[number];

export const isFollowUpScene = (scene: string): scene is FollowUpScene => scenes.some((each) => each === scene);

const hour = 3_600_000;

/** What Lena owes to customers: one late, one in line, the rest of the day, and one that is not for today. */
export function ownWork(now: number, language: StageLanguage): OwnWork {
  const say = (en: string, zh: string) => (language === 'en' ? en : zh);
  const number = say('+447700900333', '+8613900003330');
  const callback = (id: string, name: string, text: string, at: number, more: Partial<ScheduledCallback> = {}): ScheduledCallback => ({
    ...{ callbackId: id, contactId: `person-${id}`, name, number, text, at, until: at + hour, queueId: 'billing' },
    ...{ ownerAgentId: 'ag-1', ownerName: null, state: 'agreed', madeBy: say('Lena Hartmann', '林晓月'), madeAt: now - 20 * hour },
    ...more,
  });
  const promise = (id: string, contactName: string, text: string, dueAt: number, contactId = `person-${id}`) => ({
    ...{ promiseId: id, contactId, contactName, text, dueAt, caseNumber: null, ownerAgentId: 'ag-1', ownerName: null },
    ...{ madeAt: now - 20 * hour, madeBy: 'Lena', keptAt: null },
  });
  return {
    callbacks: [
      callback('c-1', say('Kemp & Sons', '甬江五金'), say('Quote for 14 handsets', '14 部话机报价'), now + 40 * 60_000),
      callback('c-2', say('+44 7700 900333', '139 0000 3330'), say('Line went dead in the call', '通话中断'), now - 120_000, {
        contactId: null,
        state: 'inLine',
        until: now + hour,
      }),
      callback('c-3', say('Alder Hotels', '东湖酒店'), say('Not today', '不是今天'), now + 80 * hour),
    ],
    promises: [
      promise(
        'p-1',
        say('Brook Street Clinic', '西门诊所'),
        say('Second line for the reception, price in writing', '前台第二线路的书面报价'),
        now - 2 * hour,
      ),
      promise('p-2', say('Margaret Okafor', '陈志远'), say('Answer on the October bill', '答复 10 月账单'), now + 20 * 60_000, 'c-1'),
    ],
    tasks: [
      {
        ...{
          taskId: 't-1',
          contactId: 'person-t',
          accountId: null,
          title: say('Visit prep with Rupert Lane', '与何峰准备走访'),
          dueAt: now + hour,
        },
        ...{ ownerAgentId: 'ag-1', ownerName: null, madeBy: 'Lena', doneAt: null, customerName: say('Alder Hotels', '东湖酒店') },
      },
    ],
  };
}

export function setFollowUpScene(scene: FollowUpScene, bridge: ScriptedBridge, desk: Desk, language: StageLanguage): void {
  const now = Date.now();
  const { agent } = bridge.snapshotNow;
  if (!agent) return;
  const certain = pop('certain', now - 600_000, 78_000, language);
  const contactId = certain.match.kind === 'certain' ? certain.match.contact.contactId : null;
  const work = ownWork(now, language);
  const own: OwnWork = {
    ...work,
    promises: work.promises.map((each) => (each.promiseId === 'p-2' && contactId ? { ...each, contactId } : each)),
  };
  const summary =
    language === 'en'
      ? 'Roaming of £1,284.00 credited in full, on the November bill. She wants Europe in the renewal.'
      : '国际漫游费 ¥11,284.00 全额减免，从 11 月账单扣除。客户希望续约方案含欧洲漫游。';
  const isEmpty = scene === 'what-next-empty';
  bridge.answers['work:mine'] = () => ({ ok: true, value: isEmpty ? { promises: [], tasks: [], callbacks: [] } : own });
  const about = language === 'en' ? 'Renewal with Europe included' : '含欧洲漫游的续约方案';
  const popped: ScreenPop = {
    ...certain,
    agreed: { at: now + 26 * hour, about, by: language === 'en' ? 'Wei Chen' : '陈薇' },
  };
  if (scene === 'promised-free') return;
  if (scene === 'agreed-ringing') {
    bridge.snapshotNow = {
      ...bridge.snapshotNow,
      agent: { ...agent, workState: 'reserved' },
      offers: [
        { reservationId: 'r-1', interactionId: 'i-1', channel: 'voice', offeredAt: now - 3_000, ringsUntil: now + 17_500, pop: popped },
      ],
    };
    return;
  }
  const call = { interactionId: 'i-1', reservationId: 'r-1', answeredAt: now - 554_000, heldSince: null } as const;
  const isOver = scene !== 'promised-today';
  const end = { by: 'caller', reason: 'hungUp', fault: 'unknown' } as const;
  bridge.snapshotNow = {
    ...bridge.snapshotNow,
    agent: { ...agent, workState: isOver ? 'wrappingUp' : 'engaged', since: now - 402_000 },
    interactions: [
      {
        ...{ interactionId: 'i-1', reservationId: 'r-1', state: isOver ? 'wrapping' : 'assigned' },
        draft: scene === 'what-next' ? { interactionId: 'i-1', text: summary, revision: 1, savedAt: now - 20_000 } : null,
        pop:
          scene === 'what-next' || scene === 'promised-today'
            ? popped
            : isEmpty
              ? pop('unknown', now - 600_000, 78_000, language)
              : certain,
        call: isOver ? { ...call, state: 'ended', endedAt: now - 34_000, end } : { ...call, state: 'talking', endedAt: null, end: null },
        wrapUp: isOver ? wrapUpOf('timed', now) : null,
      },
    ],
  };
  if (!scene.startsWith('follow-up')) {
    const made = {
      kind: 'task',
      id: 't-9',
      text: language === 'en' ? 'Offer with Europe to Rupert Lane' : '向何峰提交欧洲方案',
      at: now + 50 * hour,
    } as const;
    if (scene === 'what-next') desk.stores.followUps.setState({ made: { 'i-1': [made] } });
    return;
  }
  const subject = {
    contactId,
    name: language === 'en' ? 'Margaret Okafor' : '陈志远',
    numbers: language === 'en' ? ['+447700900142', '+442079460958'] : ['+8613900004126', '+8657487000958'],
    interactionId: 'i-1',
  };
  const [standing = null] = own.callbacks;
  desk.stores.followUps.setState({
    form: {
      ...newFollowUp(subject, 'callback', now),
      text: about,
      doubts: scene === 'follow-up-doubt' ? ['queueClosed', 'notPreferred'] : [],
      standing: scene === 'follow-up-standing' ? standing : null,
    },
  });
}
