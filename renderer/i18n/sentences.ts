import type { ThingToKnow } from '../../shared/contracts/contact.ts';
import type { Disposition } from '../../shared/contracts/interaction.ts';
import type { IvrPathStep, ScreenPop } from '../../shared/contracts/screen-pop.ts';
import { type CodeFacts, localizedOf as localized, numberOf as number, textOf as text } from './facts.ts';
import type { Text } from './i18n.ts';
import type { TextKey, Translate } from './texts.ts';

/**
 * Codes with facts, as the bridge sends them, into sentences. Every code has a sentence that needs no facts, so that a fact which is
 * missing costs detail and never shows a hole. Those of the router are in `reasons.ts`.
 */
export interface PathSentence {
  readonly text: string;
  readonly pressed: string | null;
  readonly detail: string | null;
  readonly tone: 'plain' | 'good' | 'now' | 'missed';
}

export function pathSentence(words: Text, step: IvrPathStep): PathSentence {
  const { t } = words;
  const { facts } = step;
  const plain = (sentence: string, more: Partial<PathSentence> = {}): PathSentence => ({
    text: sentence,
    pressed: null,
    detail: null,
    tone: 'plain',
    ...more,
  });
  switch (step.code) {
    case 'dialled': {
      const dialled = text(facts, 'number');
      const line = localized(words, facts, 'line', 'name');
      if (dialled && line) return plain(t('path.dialled.line', { number: dialled, line }));
      return plain(dialled ? t('path.dialled.number', { number: dialled }) : t('path.dialled'));
    }
    case 'recognised': {
      const name = text(facts, 'name');
      const kind = text(facts, 'kind');
      if (kind === 'unknown' || kind === 'anonymous') return plain(t(`path.recognised.${kind}`), { tone: 'missed' });
      if (kind === 'candidates') return plain(t('path.recognised.candidates', { count: number(facts, 'count') ?? 2 }));
      return plain(name ? t('path.recognised.name', { name }) : t('path.recognised'), { tone: 'good' });
    }
    case 'language': {
      const code = text(facts, 'locale');
      if (code !== 'en' && code !== 'zh') return plain(t('path.language'));
      const language = t(`path.language.${code}`);
      return plain(text(facts, 'source') === 'record' ? t('path.language.record', { language }) : t('path.language.is', { language }));
    }
    case 'pressed': {
      const label = localized(words, facts, 'label');
      return plain(label ? t('path.pressed.label', { label }) : t('path.pressed'), { pressed: text(facts, 'key') });
    }
    case 'silent': {
      const attempt = number(facts, 'attempt');
      return plain(attempt === null ? t('path.silent') : t('path.silent.attempt', { attempt }), { tone: 'missed' });
    }
    case 'wrongKey':
      return plain(t('path.wrongKey'), { pressed: text(facts, 'key'), tone: 'missed' });
    case 'entered': {
      const label = localized(words, facts, 'label');
      return plain(label ? t('path.entered.label', { label }) : t('path.entered'));
    }
    case 'queued': {
      const queue = localized(words, facts, 'queue', 'name');
      const position = number(facts, 'position');
      return plain(queue ? t('path.queued.queue', { queue }) : t('path.queued'), {
        detail: position === null ? null : t('path.queued.position', { position }),
      });
    }
    case 'rings':
      return plain(t('path.rings'), { tone: 'now' });
  }
}

/** The steps worth telling: a language that was set only to be replaced before anything was said in it is left out. */
export function pathSteps(path: readonly IvrPathStep[]): readonly IvrPathStep[] {
  return path.filter((step, index) => step.code !== 'language' || path[index + 1]?.code !== 'language');
}

export interface KnowSentence {
  readonly title: string;
  readonly detail: string | null;
}

export function knowSentence(words: Text, thing: ThingToKnow, now: number): KnowSentence {
  const { t, formats } = words;
  const { facts } = thing;
  const detail = localized(words, facts, 'subject', 'text');
  const caseNumber = text(facts, 'number', 'caseNumber');
  const moment = number(facts, 'dueAt');
  const by = moment === null ? null : formats.deadline(moment, now);
  const days = number(facts, 'inDays');
  const pick = (plain: TextKey, full: TextKey | null, values: CodeFacts = {}): KnowSentence => ({
    title: full ? t(full, values) : t(plain),
    detail,
  });
  switch (thing.code) {
    case 'promiseDue':
      return pick('know.promiseDue', by ? 'know.promiseDue.by' : null, { by: by ?? '' });
    case 'promiseOverdue':
      return pick('know.promiseOverdue', by ? 'know.promiseOverdue.by' : null, { by: by ?? '' });
    case 'complaintOpen':
      return pick('know.complaintOpen', caseNumber ? 'know.complaintOpen.number' : null, { number: caseNumber ?? '' });
    case 'caseOverdue':
      return pick('know.caseOverdue', caseNumber ? 'know.caseOverdue.number' : null, { number: caseNumber ?? '' });
    case 'contractEnding':
      return pick('know.contractEnding', days === null ? null : 'know.contractEnding.days', { count: days ?? 0 });
    case 'arrears': {
      const amount = number(facts, 'amount');
      const currency = text(facts, 'currency');
      return pick('know.arrears', amount !== null && currency ? 'know.arrears.amount' : null, {
        amount: amount !== null && currency ? formats.money(amount, currency) : '',
      });
    }
    case 'anniversary': {
      const label = localized(words, facts, 'label');
      if (!label || days === null) return { title: t('know.anniversary'), detail };
      return {
        title: days <= 0 ? t('know.anniversary.today', { label }) : t('know.anniversary.days', { label, count: days }),
        detail: null,
      };
    }
    case 'churnRisk': {
      const score = number(facts, 'risk');
      return pick('know.churnRisk', score === null ? null : 'know.churnRisk.score', { score: score ?? 0 });
    }
    case 'contractLevel': {
      const level = text(facts, 'level');
      return pick('know.contractLevel', level ? 'know.contractLevel.level' : null, { level: level ?? '' });
    }
    case 'unusedLines': {
      const count = number(facts, 'unused', 'count');
      return {
        title: count === null ? t('know.unusedLines') : t('know.unusedLines.count', { count }),
        detail: detail ?? text(facts, 'product'),
      };
    }
    case 'prefersChannel': {
      const channel = text(facts, 'channel');
      return { title: channel !== null && isChannel(channel) ? t(`know.prefersChannel.${channel}`) : t('know.prefersChannel'), detail };
    }
    case 'calledRecently': {
      const count = number(facts, 'count');
      return pick('know.calledRecently', count === null ? null : 'know.calledRecently.count', { count: count ?? 0 });
    }
  }
}

/** Who it is, in the words of a title: the name when it is sure, otherwise what is known instead. */
export function callerName(t: Translate, pop: ScreenPop): string {
  const { match, caller } = pop;
  // Who writes says who they are; who calls is told by their number.
  if (pop.written && match.kind !== 'certain') return caller.presentedName ?? caller.display;
  switch (match.kind) {
    case 'certain':
      return match.contact.name;
    case 'candidates':
      return caller.display;
    case 'unknown':
      return caller.number === null ? t('unknown.title') : caller.display;
    case 'anonymous':
      return t('anonymous.title');
  }
}

export function dispositionPath(language: 'en' | 'zh', dispositions: readonly Disposition[], code: string): readonly string[] {
  const chosen = dispositions.find((each) => each.code === code);
  if (!chosen) return [];
  return [...(chosen.parent === null ? [] : dispositionPath(language, dispositions, chosen.parent)), chosen.label[language]];
}

function isChannel(value: string): value is 'voice' | 'email' | 'sms' | 'chat' | 'document' {
  return ['voice', 'email', 'sms', 'chat', 'document'].includes(value);
}
