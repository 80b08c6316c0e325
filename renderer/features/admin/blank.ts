import { plainTrunk } from '../../../shared/contracts/calling.ts';
import type { Configuration, QueueChannel, SectionName } from '../../../shared/contracts/configuration.ts';
import { plainQueue } from '../../../shared/contracts/plain-queue.ts';
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
        ...plainQueue,
        announcements: { everySeconds: 60, position: true, expectedWait: true },
        wrapUp: { ...plainQueue.wrapUp, extendBySeconds: 60, maxExtensions: 2, defaultDisposition: leaf(dispositions) },
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
      return { id: '', name, host: '', port: 5060, transport: 'udp', username: null, password: null, ...plainTrunk() };
    case 'apiClients':
      return {
        id: '',
        name,
        role: roles.find(({ rights }) => rights.includes('record:exchange'))?.id ?? '',
        orgUnit: null,
        secret: { env: '' },
      };
    case 'retention':
      return { id: '', name, silentForDays: 1_095, stages: ['lost'] };
    case 'customFields':
      return { id: '', name, on: 'person', kind: 'text', choices: [] };
    case 'mailboxes':
      return {
        id: '',
        name,
        address: '',
        sender: organisation.name,
        queue: queueOf('email', configuration),
        kind: 'mail',
        incoming: null,
        outgoing: null,
        signature: emptyText,
        autoReply: null,
      };
    case 'smsLines':
      return { id: '', name, number: '', queue: queueOf('sms', configuration), carrier: blankSmpp, stopped: emptyText, resumed: emptyText };
    case 'chatSites':
      return {
        id: '',
        name,
        title: organisation.name,
        welcome: emptyText,
        colour: '#2f5bd0',
        queue: queueOf('chat', configuration),
        asks: { name: true, email: false, phone: false, topic: false },
        allowedOrigins: [],
        files: true,
        rating: true,
      };
    case 'documentSources':
      return { id: '', name, kind: 'letter', queue: queueOf('document', configuration), folder: null };
    case 'messageRules':
      return {
        id: '',
        name,
        isOn: true,
        when: { channels: [], sources: [], from: [], words: [], languages: [], tiers: [] },
        then: { queue: null, needs: '', priority: null, answerWithinMinutes: null },
      };
    case 'messageTemplates':
      return { id: '', name, channels: ['email'], shortcut: '', subject: emptyText, text: emptyText };
    case 'surveys':
      return {
        ...{ id: '', name: emptyText, isOn: false, queues: [], mailbox: null, smsLine: null, address: null },
        by: { voice: 'none', email: 'none', sms: 'none', chat: 'none', document: 'none' },
        ...{ afterMinutes: 5, notAgainWithinDays: 30, subject: emptyText, question: emptyText, comment: emptyText, thanks: emptyText },
      };
  }
}

const emptyText = { en: '', zh: '' };

export const blankSmpp = {
  kind: 'smpp',
  host: '',
  port: 2_775,
  tls: false,
  systemId: '',
  password: { env: '' },
  systemType: '',
  window: 10,
  perSecond: 20,
} satisfies Entry<'smsLines'>['carrier'];

export const blankHttpCarrier = { kind: 'http', url: 'https://', secret: { env: '' } } satisfies Entry<'smsLines'>['carrier'];

const blankServer = { host: '', security: 'tls', username: '', password: { env: '' } } as const;
export const blankImap: Entry<'mailboxes'>['incoming'] = { ...blankServer, port: 993, folder: 'INBOX' };
export const blankSmtp: Entry<'mailboxes'>['outgoing'] = { ...blankServer, port: 465 };

/** Where there is a choice, the first one. */
function queueOf(channel: QueueChannel, { queues }: Configuration): string {
  return queues.find((queue) => queue.channel === channel)?.id ?? '';
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
