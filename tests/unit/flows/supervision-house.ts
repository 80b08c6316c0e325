import type { ParkedWork } from '../../../cti-bridge/flows/floor.ts';
import type { Administration, Asker } from '../../../cti-bridge/flows/ports.ts';
import { createSupervision, type GivenWork } from '../../../cti-bridge/flows/supervision.ts';
import { err, ok } from '../../../cti-bridge/kernel/index.ts';
import { type ContactName, Report } from '../../../cti-bridge/reporting/index.ts';
import type { Role } from '../../../shared/contracts/agent.ts';
import type { Board, BoardFigure } from '../../../shared/contracts/board.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { RoutingStep } from '../../../shared/contracts/queue.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import { type AgentId, asId, type UserId, type WorkItemId } from '../../../shared/ids.ts';
import { billing, lena, newHouse, wei } from './fakes.ts';

const name = { en: 'x', zh: 'x' };
const user = (id: string, orgUnit: string, agentId: AgentId | null): Configuration['users'][number] => ({
  id,
  username: id,
  name: id,
  role: 'agent',
  locale: 'en',
  orgUnit,
  agent: agentId && {
    id: agentId,
    extension: '100',
    team: null,
    capacity: 'calls',
    skills: { billing: 4 },
    leftQueues: [],
    weight: 1,
    phone: { kind: 'desktop' },
  },
});

/** Lena works in Ningbo and Wei in Leeds; Eva supervises the east, where Ningbo is; Adam administers. */
const organisation: Configuration = {
  version: 1,
  organisation: { name, homeCountry: 'CN', timeZone: 'Asia/Shanghai', dialling: { outsidePrefix: null, areaCode: null } },
  orgUnits: [
    { id: 'hq', parent: null, tier: 'headquarters', name },
    { id: 'east', parent: 'hq', tier: 'province', name },
    { id: 'ningbo', parent: 'east', tier: 'city', name },
    { id: 'leeds', parent: 'hq', tier: 'province', name },
  ],
  teams: [],
  skills: [{ id: 'billing', name }],
  capacities: [],
  hours: [],
  queues: [{ ...billing, alerts: { waitingAbove: 0, longestWaitAboveSeconds: null, serviceLevelBelowPercent: null } }],
  reasons: [{ id: 'meal', name }],
  dispositions: [],
  roles: [],
  users: [user('u-lena', 'ningbo', lena), user('u-wei', 'leeds', wei), user('u-eva', 'east', null), user('u-adam', 'leeds', null)],
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
};

const asker = (id: string, role: Role, agentId: AgentId | null = null): Asker => ({
  userId: asId<UserId>(id),
  name: id,
  agentId,
  may: (right) => rightsOfRole[role].includes(right),
});
export const eva = asker('u-eva', 'supervisor');
export const adam = asker('u-adam', 'administrator');
export const lenaAsks = asker('u-lena', 'agent', lena);

/** The stories and a supervision over them, an administration that keeps what it is given, names and steps a test may set. */
export function newSupervisedHouse() {
  const house = newHouse();
  const { clock, context, listeners } = house;
  const administered = { revision: 1, configuration: organisation, conflicts: 0, saves: [] as { by: string; note: string }[] };
  const kept = { names: [] as ContactName[], steps: [] as RoutingStep[], isBroken: false };
  const administration: Pick<Administration, 'read' | 'save'> = {
    read: async () => ok({ revision: administered.revision, configuration: administered.configuration, prompts: [], flows: [] }),
    save: async ({ userId }, { configuration, note, basedOn }) => {
      if (administered.conflicts-- > 0 || basedOn !== administered.revision) return err({ code: 'conflict', message: 'read again' });
      const wanted = configuration as Configuration;
      const unknown = wanted.users.flatMap(({ agent }) => Object.keys(agent?.skills ?? {})).filter((skill) => skill !== 'billing');
      if (unknown.length > 0)
        return ok({ saved: false, problems: unknown.map((found) => ({ path: 'users/u-lena/skills', found, expected: 'billing' })) });
      administered.configuration = wanted;
      administered.saves.push({ by: userId, note });
      return ok({ saved: true, revision: ++administered.revision });
    },
  };
  const broken = async <Value>(value: Value): Promise<Value> => {
    if (kept.isBroken) throw new Error('the disk is gone');
    return value;
  };
  /** Told to the stories of written work. */
  const prioritised: (readonly [string, number])[] = [];
  const given: (GivenWork & { readonly interactionId: string })[] = [];
  const parkedWork: ParkedWork[] = [];
  const supervision = createSupervision(context, {
    releaseWritten: async () => 'unknown',
    prioritiseWritten: async (workItemId, priority) => void prioritised.push([workItemId, priority]),
    giveWritten: async (interactionId, asked) => {
      given.push({ interactionId, ...asked });
      return ok({ workItemId: asId<WorkItemId>('w-mail') });
    },
    parkedWritten: () => parkedWork,
    report: new Report({ timeZone: 'Asia/Shanghai' }),
    decisions: { stepsOf: () => broken(kept.steps), ofAgent: () => broken(kept.steps) },
    names: { namesOf: () => broken(kept.names) },
    administration,
    configuration: () => administered.configuration,
  });
  listeners.push(supervision.listener);
  const boards: Board[] = [];
  return {
    ...house,
    prioritised,
    given,
    parkedWork,
    supervision,
    administered,
    kept,
    boards,
    watch: (as = eva) => supervision.watch(as, 'one', (board) => boards.push(board)),
    /** A second later, as the board is then. */
    async later(ms = 1_000): Promise<Board> {
      await clock.run(ms);
      const board = boards.at(-1);
      if (!board) throw new Error('No board was pushed');
      return board;
    },
    async list(figure: BoardFigure, as = eva) {
      const answer = await supervision.contacts(as, { queueId: 'billing', figure });
      if (!answer.ok) throw new Error(answer.error.code);
      return answer.value.contacts;
    },
  };
}
