import type { Desk } from '../../../renderer/app/desk.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import { stageBoard, stageContacts, stageWhyAgent, stageWhyItem } from './floor.ts';
import { stageConfiguration } from './organisation.ts';
import { keyAccount, type StageLanguage } from './people.ts';
import type { ScriptedBridge } from './scripted-bridge.ts';

/**
 * Pictures of the board: `board`, `board-contacts` (the list behind a number), `board-why` (a contact that waits), `board-agent`,
 * `board-skills`, `board-written` (what is put off), `board-writer` (who has written work), `board-written-contact`, `board-give`, `board-supervise` (in a call of somebody), `board-supervise-other`, `board-supervise-elsewhere`, `board-people`, `board-queues` (by queue), `board-quiet`, `board-empty`, `board-offline`, `wallboard`, `wallboard-many`,
 * and of an agent who gets nothing `why-nothing`.
 */
export const isBoardScene = (scene: string) => /^(board|wallboard|why-nothing)/.test(scene);

export function scriptFloor(
  bridge: ScriptedBridge,
  now: number,
  language: StageLanguage,
  change: (board: ReturnType<typeof stageBoard>) => ReturnType<typeof stageBoard> = (board) => board,
) {
  const board = change(stageBoard(now, language));
  bridge.answers['board:watch'] = () => ({ ok: true, value: board });
  bridge.answers['board:contacts'] = ({ queueId, figure }) => ({
    ok: true,
    value: { contacts: stageContacts(board, queueId, figure, language) },
  });
  bridge.answers['why:item'] = () => ({ ok: true, value: stageWhyItem(now, language) });
  bridge.answers['why:agent'] = () => ({ ok: true, value: stageWhyAgent() });
  bridge.answers['contact:read'] = () => ({ ok: true, value: keyAccount(now, language) });
  bridge.answers['configuration:read'] = () => ({
    ok: true,
    value: {
      revision: 3,
      configuration: {
        ...stageConfiguration(),
        skills: [
          { id: 'billing', name: { en: 'Billing', zh: '账务' } },
          { id: 'technical', name: { en: 'Fibre', zh: '宽带' } },
          { id: 'german', name: { en: 'German', zh: '宁波话' } },
          { id: 'sales', name: { en: 'Sales', zh: '销售' } },
        ],
        teams: [{ id: 'north', name: { en: 'North team', zh: '北区班组' }, orgUnit: 'ningbo' }],
        orgUnits: [{ id: 'ningbo', parent: null, tier: 'city', name: { en: 'Felixstowe', zh: '宁波分公司' } }],
      },
    },
  });
  return board;
}

export function setBoardScene(scene: string, bridge: ScriptedBridge, desk: Desk, language: StageLanguage): void {
  const now = bridge.snapshotNow.serverTime;
  const { agent } = bridge.snapshotNow;
  if (scene !== 'why-nothing') {
    const name = language === 'en' ? 'Dana Whitlock' : '方雅';
    const user = { ...bridge.snapshotNow.user, name, role: 'supervisor', rights: [...rightsOfRole.supervisor] };
    bridge.snapshotNow = {
      ...bridge.snapshotNow,
      user,
      agent: agent ? { ...agent, agentId: 'ag-7', name, presence: 'notReady', notReadyReason: 'signedIn' } : null,
    };
    if (bridge.loginOutcome.ok) bridge.loginOutcome = { ok: true, value: { ...bridge.loginOutcome.value, user } };
  }
  const board = scriptFloor(bridge, now, language, (whole) => {
    if (scene === 'board-quiet') return { ...whole, alerts: [], queues: whole.queues.slice(0, 2), agents: whole.agents.slice(5, 8) };
    if (scene === 'board-empty') return { ...whole, alerts: [], queues: [], agents: [] };
    if (scene === 'wallboard-many')
      return { ...whole, queues: [...whole.queues, ...whole.queues.map((row) => ({ ...row, queueId: `${row.queueId}-2`, alerts: [] }))] };
    return whole;
  });
  const { view } = desk.stores;
  // After the first snapshot, as a supervisor would.
  setTimeout(() => {
    if (scene === 'why-nothing') return view.setState({ open: 'why' });
    view.setState({ place: scene.startsWith('wallboard') ? 'wallboard' : 'board' });
    desk.board.open();
    setTimeout(() => {
      desk.board.choose({ scope: 'all' });
      const [waiting] = stageContacts(board, 'repairs', 'waiting', language);
      if (scene === 'board-contacts') desk.board.showContacts('repairs', 'answeredInTime', 'serviceLevel');
      if (scene === 'board-why') {
        desk.board.showContacts('repairs', 'waiting', 'waiting');
        if (waiting) desk.board.showContact(waiting);
      }
      if (scene === 'board-written') desk.board.showContacts('written', 'snoozed', 'snoozed');
      if (scene === 'board-writer') desk.board.showAgent('ag-15');
      if (scene === 'board-written-contact' || scene === 'board-give') {
        const [mail] = stageContacts(board, 'chat', 'waiting', language);
        desk.board.showContacts('chat', 'waiting', 'waiting');
        if (mail) desk.board.showContact(mail);
      }
      // Its button is all that opens it.
      if (scene === 'board-give')
        setTimeout(() => [...document.querySelectorAll('.board-deeds')].at(-1)?.querySelector('button')?.click(), 700);
      if (scene === 'board-agent' || scene === 'board-skills') desk.board.showAgent('ag-9');
      if (scene === 'board-skills') desk.board.editAgent(true);
      if (scene === 'board-people') desk.board.showPeople('billing');
      if (scene === 'board-queues') desk.board.choose({ grouping: 'queue' });
      if (scene === 'board-offline') bridge.loseConnection();
      if (scene.startsWith('board-supervise')) {
        const about = {
          agentName: language === 'en' ? 'Daniel Price' : '郑浩',
          queueName: { en: 'Repairs, fibre', zh: '宽带故障' },
          customer: language === 'en' ? 'Kestrel Housing' : '东禾物流',
        };
        if (bridge.snapshotNow.agent)
          bridge.push('agent:changed', { ...bridge.snapshotNow.agent, workState: 'supervising', since: now - 432_000 });
        const how = scene === 'board-supervise' ? 'monitor' : 'whisper';
        bridge.push('supervising:changed', { interactionId: 'i-1-0', how, reservationId: 'r-s', about });
        desk.setMuted(how === 'monitor');
        desk.board.showAgent(scene === 'board-supervise' ? 'ag-1' : 'ag-2');
        if (scene === 'board-supervise-elsewhere') view.setState({ place: 'customers' });
      }
    });
  });
}
