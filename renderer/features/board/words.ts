import { FileText, type LucideIcon, Mail, MessageSquare, PhoneIncoming, Smartphone } from 'lucide-react';
import type { AgentRow, Board, BoardAlert, BoardFormula, QueueRow } from '../../../shared/contracts/board.ts';
import type { QueueChannel } from '../../../shared/contracts/configuration.ts';
import { reservationCauseSchema } from '../../../shared/contracts/interaction.ts';
import { reasonName, skillName, type Text } from '../../i18n/index.ts';
import { type BoardNames, type FloorState, floorState } from '../../stores/index.ts';
import type { Tone } from '../../ui/index.ts';

/** What the board says, in the language of the screen. Names come from the organisation; where one is not known its id is shown. */
export const channelIcons: Readonly<Record<QueueChannel, LucideIcon>> = {
  voice: PhoneIncoming,
  email: Mail,
  sms: Smartphone,
  chat: MessageSquare,
  document: FileText,
};

export const floorTones: Readonly<Record<FloorState, Tone>> = {
  free: 'ready',
  ringing: 'waiting',
  engaged: 'talking',
  wrappingUp: 'finishing',
  supervising: 'away',
  notReady: 'away',
  notReachable: 'broken',
  signedOut: 'away',
};

export function nameIn(
  names: readonly { readonly id: string; readonly name: { readonly en: string; readonly zh: string } }[],
  id: string,
  { formats }: Text,
): string {
  return names.find((each) => each.id === id)?.name[formats.language] ?? id;
}

export function queueName(board: Board | null, queueId: string, { formats }: Text): string {
  return board?.queues.find((each) => each.queueId === queueId)?.name[formats.language] ?? queueId;
}

export function skillNames(names: BoardNames, { formats }: Text): ReadonlyMap<string, string> {
  return new Map(names.skills.map(({ id, name }) => [id, name[formats.language]]));
}

export function reasonNames(names: BoardNames, { formats }: Text): ReadonlyMap<string, string> {
  return new Map(names.reasons.map(({ id, name }) => [id, name[formats.language]]));
}

export function skillText(text: Text, names: BoardNames, skill: string): string {
  return skillName(text, skill, skillNames(names, text));
}

export function reasonText(text: Text, names: BoardNames, reason: NonNullable<AgentRow['notReadyReason']>): string {
  return reasonName(text, reason, reasonNames(names, text));
}

/** Offered to somebody, without a bell. */
export function isOfferedWritten({ channel, state }: AgentRow['works'][number]): boolean {
  return state === 'reserved' && channel !== 'voice';
}

/** How many do what: what is written does not ring. */
export function countKey(state: FloorState, isWritten: boolean) {
  return state === 'ringing' && isWritten ? 'board.count.offered' : (`board.count.${state}` as const);
}

/** What somebody does and where, in one line. */
export function doingText(text: Text, agent: AgentRow, board: Board, names: BoardNames): string {
  const { t } = text;
  const state = floorState(agent);
  if (state === 'notReady' && agent.notReadyReason)
    return `${t('board.floor.notReady')} · ${reasonText(text, names, agent.notReadyReason)}`;
  const [first] = agent.works;
  const isWritten = first !== undefined && first.channel !== 'voice';
  const what =
    isWritten && state === 'engaged'
      ? t('board.floor.engagedWritten', { count: agent.works.length })
      : t(agent.works.some(isOfferedWritten) && state === 'ringing' ? 'board.floor.offeredWritten' : `board.floor.${state}`);
  if (first && (state === 'ringing' || state === 'engaged' || state === 'wrappingUp'))
    return `${what} · ${queueName(board, first.queueId, text)}`;
  return what;
}

/** The short name of a column, and the whole one where the short one is letters only. */
export function formulaName({ t }: Text, formula: BoardFormula): string {
  switch (formula) {
    case 'waiting':
      return t('board.column.waiting');
    case 'longestWait':
      return t('board.column.longest');
    case 'abandoned':
    case 'averageAnswer':
    case 'averageHandling':
      return t(`board.name.${formula}`);
    case 'forCustomer':
    case 'snoozed':
      return t(`board.list.${formula}`);
    case 'serviceLevel':
    case 'answered':
    case 'diverted':
    case 'handling':
    case 'free':
    case 'satisfaction':
      return t(`board.column.${formula}`);
  }
}

/** Of 5, with one decimal; how many answered is beside it. */
export function satisfactionText({ t, formats }: Text, { average }: QueueRow['satisfaction']): string {
  return average === null ? t('board.none') : formats.decimal(average);
}

/** How a number is made, for these queues. */
export function formulaText({ t, formats }: Text, formula: BoardFormula, rows: readonly QueueRow[]): string {
  const thresholds = new Set(rows.map(({ target }) => target.thresholdMs));
  const [only] = thresholds;
  const threshold = thresholds.size === 1 && only !== undefined ? formats.span(only) : t('board.formula.ownThreshold');
  const said = formula === 'serviceLevel' ? t('board.formula.serviceLevel', { threshold }) : t(`board.formula.${formula}`);
  const isShare = formula === 'serviceLevel' || formula === 'abandoned' || formula === 'averageAnswer' || formula === 'averageHandling';
  return isShare && rows.length > 1 ? `${said}${formats.language === 'zh' ? '' : ' '}${t('board.formula.sum')}` : said;
}

export interface AlertWords {
  readonly title: string;
  readonly detail: string;
}

/** An alert is told by its code and the board as it stands; facts only make it more exact. */
export function alertWords(text: Text, alert: BoardAlert, board: Board): AlertWords {
  const { t, formats } = text;
  const { code, subject, facts } = alert;
  const number = (...names: readonly string[]): number | null => {
    for (const name of names) {
      const value = facts[name];
      if (typeof value === 'number') return value;
    }
    return null;
  };
  const row = subject.kind === 'queue' ? board.queues.find(({ queueId }) => queueId === subject.queueId) : undefined;
  const agent = subject.kind === 'agent' ? board.agents.find(({ agentId }) => agentId === subject.agentId) : undefined;
  const name = row?.name[formats.language] ?? agent?.name ?? (subject.kind === 'queue' ? subject.queueId : subject.agentId);
  const queueDetail = row ? t('board.alert.queueText', { waiting: row.waiting, free: row.people.free, abandoned: row.abandoned }) : '';
  switch (code) {
    case 'waiting': {
      const limit = number('above', 'limit');
      return {
        title: limit === null ? t('board.alert.waiting', { name }) : t('board.alert.waitingAbove', { name, limit }),
        detail: queueDetail,
      };
    }
    case 'longestWait': {
      const limit = number('aboveMs', 'limitMs');
      return {
        title:
          limit === null ? t('board.alert.longestWait', { name }) : t('board.alert.longestWaitAbove', { name, limit: formats.span(limit) }),
        detail: queueDetail,
      };
    }
    case 'serviceLevel': {
      const limit = number('below', 'limit');
      return {
        title: limit === null ? t('board.alert.serviceLevel', { name }) : t('board.alert.serviceLevelBelow', { name, limit }),
        detail: queueDetail,
      };
    }
    case 'agentNotReachable':
      return { title: t('board.alert.agentNotReachable', { name }), detail: t('board.alert.notReachableText') };
    case 'agentMissedOffers':
      return { title: t('board.alert.agentMissedOffers', { name }), detail: missedText(text, facts.cause) };
    case 'longWork': {
      const worked = number('workedMs', 'forMs') ?? (agent?.works[0] ? board.at - agent.works[0].since : null);
      const usual = number('usualMs') || null;
      if (worked === null) return { title: t('board.alert.longWork', { name }), detail: '' };
      const time = formats.span(worked);
      return {
        title: t('board.alert.longWork', { name }),
        detail: usual === null ? t('board.alert.longText', { time }) : t('board.alert.longUsual', { time, usual: formats.span(usual) }),
      };
    }
  }
}

function missedText(text: Text, cause: string | number | undefined): string {
  const said = text.t('board.alert.missedText');
  return typeof cause === 'string' ? `${said}${text.formats.language === 'zh' ? '' : ' '}${causeText(text, cause)}` : said;
}

export function causeText({ t }: Text, cause: string): string {
  const known = reservationCauseSchema.options.find((each) => each === cause);
  return known ? t(`board.cause.${known}`) : cause;
}
