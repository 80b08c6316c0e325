import type { Desk } from '../../../renderer/app/desk.ts';
import type { HelpCall } from '../../../shared/contracts/help.ts';
import type { OwnContact, OwnFigures } from '../../../shared/contracts/own-figures.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import { scriptFloor } from './board-scenes.ts';
import { pop, type StageLanguage } from './people.ts';
import type { ScriptedBridge } from './scripted-bridge.ts';

/** An agent who asks for help, the supervisors who see it, and an agent's own figures. */
const scenes = [
  'help-form',
  'help-asked',
  'help-coming',
  'help-board',
  'help-agent',
  'help-elsewhere',
  'figures-handled',
  'figures-level',
] as const;
type HelpScene = (typeof scenes)[number];

export const isHelpScene = (scene: string): scene is HelpScene => scenes.some((each) => each === scene);

const own: OwnFigures = {
  handled: 23,
  averageHandlingMs: 292_000,
  rating: { average: 4.58, count: 12 },
  queues: [
    { queueId: 'q-1', inTime: 111, of: 142, targetPercent: 80, thresholdMs: 20_000 },
    { queueId: 'q-2', inTime: 58, of: 61, targetPercent: 80, thresholdMs: 20_000 },
  ],
};

export function setHelpScene(scene: HelpScene, bridge: ScriptedBridge, desk: Desk, language: StageLanguage): void {
  const now = bridge.snapshotNow.serverTime;
  const say = (en: string, zh: string) => (language === 'en' ? en : zh);
  const { agent, user } = bridge.snapshotNow;
  const { stores } = desk;
  const isOfSupervisor = scene === 'help-board' || scene === 'help-agent' || scene === 'help-elsewhere';
  const call = (change: Partial<HelpCall>): HelpCall => ({
    ...{ interactionId: 'i-1', agentId: 'ag-1', agentName: say('Lena Hartmann', '林晓月') },
    ...{ queueName: { en: 'Key accounts, billing', zh: '大客户账务' }, channel: 'voice', askedAt: now - 42_000 },
    words: say('Approve a credit of £1,284.00, Harbour & Vale, C-20418', '请审批减免 ¥11,284.00，海湾物流，C-20418'),
    taken: null,
    ...change,
  });
  const coming = { userId: 'u-9', name: say('Dana Whitlock', '方雅'), at: now - 5_000 };

  if (isOfSupervisor) {
    const name = say('Dana Whitlock', '方雅');
    const board = scriptFloor(bridge, now, language);
    const idOf = (at: number) => board.agents[at]?.agentId ?? '';
    const nameAt = (at: number) => board.agents[at]?.name ?? '';
    bridge.snapshotNow = {
      ...bridge.snapshotNow,
      user: { ...user, userId: 'u-9', name, role: 'supervisor', rights: [...rightsOfRole.supervisor] },
      agent: agent && { ...agent, agentId: 'ag-7', name },
      help: [
        call({ agentId: idOf(1), agentName: nameAt(1) }),
        call({
          interactionId: 'i-2',
          agentId: idOf(4),
          agentName: nameAt(4),
          channel: 'chat',
          words: '',
          askedAt: now - 130_000,
          taken: coming,
        }),
      ],
    };
    if (scene === 'help-elsewhere') return click('.help-count');
    setTimeout(() => {
      desk.goTo('board');
      setTimeout(() => {
        desk.board.choose({ scope: 'all' });
        if (scene === 'help-agent') desk.board.showAgent(idOf(1));
      }, 50);
    }, 100);
    return;
  }

  if (scene.startsWith('figures')) {
    bridge.snapshotNow = { ...bridge.snapshotNow, today: own };
    const contact = (at: number, change: Partial<OwnContact>): OwnContact => ({
      ...{ interactionId: `i-${at}`, channel: 'voice', queueId: at % 3 === 2 ? 'q-2' : 'q-1', at: now - at * 540_000 },
      ...{ waitedMs: 9_000 + at * 2_100, handlingMs: null, level: null, isOwn: true, who: null, contactId: null },
      ...change,
    });
    const names = [say('Margaret Okafor', '王敏'), say('Brook Street Clinic', '西门诊所'), say('Tomasz Zielinski', '赵铁柱')];
    bridge.answers['figures:contacts'] = ({ figure }) => ({
      ok: true,
      value: {
        contacts: Array.from({ length: figure === 'handled' ? 23 : 203 }, (_, at) =>
          figure === 'handled'
            ? contact(at + 1, {
                ...{ handlingMs: 212_000 + at * 7_300, waitedMs: null, who: names[at % 3] ?? null, contactId: `c-${at}` },
                ...(at === 3 ? { queueId: null, who: null, contactId: null } : {}),
                ...(at % 4 === 1 ? { channel: 'chat' } : {}),
              })
            : contact(at + 1, {
                level: at % 7 === 3 ? 'gaveUp' : at % 5 === 4 ? 'late' : 'inTime',
                ...(at % 3 === 0 && at % 7 !== 3 ? { who: names[at % 3] ?? null, contactId: `c-${at}` } : { isOwn: false }),
              }),
        ),
      },
    });
    return click(`.own-figures > button:nth-of-type(${scene === 'figures-level' ? 3 : 1})`);
  }

  bridge.snapshotNow = {
    ...bridge.snapshotNow,
    today: own,
    agent: agent && { ...agent, workState: 'engaged', since: now - 402_000 },
    interactions: [
      {
        ...{ interactionId: 'i-1', reservationId: 'r-1', state: 'assigned', pop: pop('certain', now, 78_000, language) },
        call: {
          interactionId: 'i-1',
          reservationId: 'r-1',
          state: 'talking',
          answeredAt: now - 402_000,
          heldSince: null,
          endedAt: null,
          end: null,
        },
        ...{ wrapUp: null, draft: null },
      },
    ],
    help: scene === 'help-form' ? [] : [call({ taken: scene === 'help-coming' ? coming : null })],
  };
  setTimeout(() => {
    stores.call.setState({ carried: ['r-1'] });
    stores.view.setState({ open: 'help' });
  }, 150);
}

/** As soon as it is there. */
function click(selector: string): void {
  const control = document.querySelector<HTMLButtonElement>(selector);
  if (control) control.click();
  else setTimeout(() => click(selector), 50);
}
