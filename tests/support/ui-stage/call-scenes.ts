import type { Desk } from '../../../renderer/app/desk.ts';
import type { NewNotice, Notice } from '../../../renderer/stores/index.ts';
import type { AgentView } from '../../../shared/contracts/agent.ts';
import { type CallView, type PartyView, unreachedSchema } from '../../../shared/contracts/call.ts';
import type { Colleague } from '../../../shared/contracts/call-features.ts';
import { dialRefusals } from '../../../shared/contracts/calling.ts';
import type { AssignedInteraction } from '../../../shared/contracts/interaction.ts';
import { pop, type StageLanguage } from './people.ts';
import type { ScriptedBridge } from './scripted-bridge.ts';

/** What is done with calls: given away, asked about, joined, recorded, two at once, called out. */
const scenes = [
  'transfer',
  'transfer-typed',
  'transfer-refused',
  'consult-rings',
  'consult',
  'conference',
  'ask-failed',
  'advising',
  'call-recorded',
  'call-recording-paused',
  'line-2-rings',
  'two-lines',
  'handed-over',
  'dialling',
  'parked',
  'not-dialled',
  'unreached',
] as const;
type CallScene = (typeof scenes)[number];

export const isCallScene = (scene: string): scene is CallScene => scenes.some((each) => each === scene);

export function setCallScene(scene: CallScene, bridge: ScriptedBridge, desk: Desk, language: StageLanguage): void {
  const now = Date.now();
  const isEnglish = language === 'en';
  const names = isEnglish
    ? { dana: 'Dana Whitlock', sam: 'Sam Ito', joyce: 'Joyce Mbeki', tariq: 'Tariq Hassan', rupert: 'Rupert Lane' }
    : { dana: '孙立群', sam: '周晓', joyce: '欧阳静', tariq: '何安', rupert: '钱卫国' };
  const words = isEnglish
    ? {
        reason: 'Credit above my limit',
        note: 'Please approve the full credit of £1,284.00 and tell her it comes off the November bill.',
        draft: 'October bill: £1,284.00 roaming, three lines, Basel 9–11 Oct. The warning text was not sent.',
        ofStranger: 'Asks for the number of her last bill. Calls from a hotel.',
      }
    : {
        reason: '减免金额超出我的权限',
        note: '请审批全额减免 ¥11,284.00，并告知客户从 11 月账单扣除。',
        draft: '10 月国际漫游费，三条线路，未发送提醒短信。',
        ofStranger: '询问上期账单编号，用同事手机来电。',
      };

  const colleague = (agentId: string, name: string, mayBeAsked: boolean, state: Partial<AgentView>, level = 4): Colleague => ({
    agent: {
      ...{ agentId, name, extension: `60${20 + level}`, presence: 'available', notReadyReason: null, workState: 'idle' },
      since: now - level * 37_000,
      skills: [{ skill: 'billing', level }],
      ...state,
    },
    mayBeAsked,
  });
  bridge.answers['call:find-colleagues'] = ({ text }) => ({
    ok: true,
    value: {
      colleagues: /\d/.test(text)
        ? []
        : [
            colleague('dana', names.dana, true, {}, 5),
            colleague('sam', names.sam, true, {}),
            colleague('rupert', names.rupert, true, { presence: 'notReady', notReadyReason: 'meeting' }, 3),
            colleague('joyce', names.joyce, false, { workState: 'wrappingUp' }, 3),
            colleague('tariq', names.tariq, false, { workState: 'engaged' }),
          ],
    },
  });

  bridge.answers['customer:find-reachable'] = () => ({
    ok: true,
    value: {
      customers: isEnglish
        ? [
            {
              ...{ kind: 'person', id: 'c-7', name: 'Dan Ashworth', company: 'Harbour & Vale Freight' },
              numbers: [
                { number: '+447700900143', shown: '+44 7700 900143', kind: 'mobile', label: null },
                { number: '+442079460018', shown: '+44 20 7946 0018', kind: 'phone', label: 'Accounts desk' },
              ],
            },
            {
              ...{ kind: 'account', id: 'a-7', name: 'Dane & Sons', company: null },
              numbers: [{ number: '+442079460100', shown: '+44 20 7946 0100', kind: 'phone', label: 'Switchboard' }],
            },
          ]
        : [
            {
              ...{ kind: 'person', id: 'c-7', name: '孙立新', company: '海湾物流' },
              numbers: [
                { number: '+8613900004143', shown: '139 0000 4143', kind: 'mobile', label: null },
                { number: '+8657487001018', shown: '0574 8700 1018', kind: 'phone', label: '财务' },
              ],
            },
            {
              ...{ kind: 'account', id: 'a-7', name: '孙记五金', company: null },
              numbers: [{ number: '+8657487001100', shown: '0574 8700 1100', kind: 'phone', label: '总机' }],
            },
          ],
    },
  });
  bridge.answers['call:transfer'] = () => ({ ok: false, error: { code: 'conflict', message: 'not now', why: 'cannotBeAsked' } });

  const answeredAt = now - 402_000;
  const call = (change: Partial<CallView>, at = 1): CallView => ({
    ...{ interactionId: `i-${at}`, reservationId: `r-${at}`, state: 'talking', answeredAt, heldSince: null, endedAt: null, end: null },
    ...change,
  });
  const item = (change: Partial<CallView>, more: Partial<AssignedInteraction> = {}, at = 1): AssignedInteraction => ({
    interactionId: `i-${at}`,
    reservationId: `r-${at}`,
    state: 'assigned',
    pop: pop(at === 1 ? 'certain' : 'unknown', answeredAt, 78_000, language),
    call: call(change, at),
    wrapUp: null,
    draft: { interactionId: `i-${at}`, text: words.draft, revision: 1, savedAt: now - 20_000 },
    ...more,
  });
  const party = (partyId: string, name: string, state: PartyView['state'], purpose: PartyView['purpose'] = 'consult'): PartyView => ({
    ...{ partyId, kind: 'agent', name, agentId: partyId, state, purpose },
  });
  const transfer = { fromAgentId: 'sam', fromName: names.sam, kind: 'transfer' as const, ...words, at: now - 4_000 };
  const held = { state: 'held' as const, heldSince: now - 58_000 };
  const running = { recording: { state: 'running' as const, startedAt: now - 41_000, resumesAt: null } };
  const offer = (at: number) => ({
    ...{ reservationId: `r-${at}`, interactionId: `i-${at}`, channel: 'voice' as const, offeredAt: now - 3_000, ringsUntil: now + 17_500 },
    pop: { ...pop(at === 1 ? 'certain' : 'unknown', now, 71_000, language), interactionId: `i-${at}` },
  });

  const live: Readonly<Record<CallScene, readonly AssignedInteraction[]>> = {
    transfer: [item(running)],
    'transfer-typed': [item(running)],
    'transfer-refused': [item(running)],
    parked: [],
    'not-dialled': [],
    unreached: [],
    'consult-rings': [item({ ...held, ...running, parties: [party('dana', names.dana, 'ringing')] })],
    consult: [item({ ...held, parties: [party('dana', names.dana, 'aside')] })],
    conference: [
      item({
        parties: [party('dana', names.dana, 'talking'), party('sam', names.sam, 'talking')],
        supervisedBy: [{ name: names.rupert, how: 'monitor' }],
      }),
    ],
    'ask-failed': [item({ askFailed: { name: names.dana, purpose: 'transfer', cause: 'noAnswer' } })],
    advising: [
      item(
        { advising: { name: names.sam, withCustomer: false } },
        { pop: { ...item({}).pop, transfer: { ...transfer, kind: 'consult' } } },
      ),
    ],
    'call-recorded': [item(running)],
    'call-recording-paused': [item({ recording: { state: 'paused', startedAt: now - 64_000, resumesAt: now + 272_000 } })],
    'line-2-rings': [item(running)],
    'two-lines': [
      item({ ...held, answeredAt: answeredAt - 213_000 }),
      item(running, { draft: { interactionId: 'i-2', text: words.ofStranger, revision: 1, savedAt: now - 20_000 } }, 2),
    ],
    'handed-over': [],
    dialling: [item({ state: 'connecting', answeredAt: null, dialled: { progress: 'ringing', unreached: null } })],
  };
  const { agent } = bridge.snapshotNow;
  bridge.snapshotNow = {
    ...bridge.snapshotNow,
    agent: agent && {
      ...agent,
      workState: scene === 'handed-over' ? 'reserved' : live[scene].length === 0 ? 'idle' : 'engaged',
      since: answeredAt,
    },
    interactions: [...live[scene]],
    offers: scene === 'handed-over' ? [{ ...offer(1), pop: { ...offer(1).pop, transfer } }] : scene === 'line-2-rings' ? [offer(2)] : [],
  };
  setTimeout(() => {
    desk.stores.call.setState({ carried: live[scene].map(({ reservationId }) => reservationId) });
    for (const { interactionId } of live[scene]) bridge.push('call:quality', { interactionId, lossPercent: 0, jitterMs: 4, bars: 4 });
    if (scene === 'two-lines') desk.stores.view.setState({ selectedId: 'i-2' });
    if (scene.startsWith('transfer')) desk.stores.view.setState({ open: 'transfer' });
    if (scene === 'transfer-typed' || scene === 'transfer-refused') typeIntoTransfer(scene === 'transfer-refused');
    const customer = isEnglish ? 'Margaret Okafor' : '陈志远';
    const number = isEnglish ? '+442079460123' : '+8657487001234';
    // More at once than the desk ever says, to be looked at together.
    const said: readonly NewNotice[] =
      scene === 'parked'
        ? [{ kind: 'parked', name: customer, slot: '7' }]
        : scene === 'not-dialled'
          ? dialRefusals.map((why) => ({ kind: 'notDialled', number, why }))
          : scene === 'unreached'
            ? [...unreachedSchema.options, 'ownPhone' as const].map((why) => ({ kind: 'unreached', name: customer, why }))
            : [];
    desk.stores.notices.setState(said.map((notice, at) => ({ ...notice, id: at + 1 })) as Notice[], true);
  });
}

/** A number typed in full, and where it is asked for, the bridge's no to it. */
function typeIntoTransfer(isSent: boolean): void {
  const opening = setInterval(() => {
    const field = document.querySelector<HTMLInputElement>('.transfer-search input');
    if (!field) return;
    clearInterval(opening);
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, '02079460123');
    field.dispatchEvent(new Event('input', { bubbles: true }));
    if (isSent)
      setTimeout(
        () => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', ctrlKey: true, bubbles: true })),
        150,
      );
  }, 20);
}
