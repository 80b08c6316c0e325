import type { Reason } from '../../shared/contracts/queue.ts';
import { parseSkillExpression, type SkillExpression } from '../../shared/skill-expression.ts';
import { type CodeFacts, localizedOf, numberOf, textOf } from './facts.ts';
import type { Text } from './i18n.ts';
import type { TextKey } from './texts.ts';

/** To whom reasons are told. Without `about` they speak to the agent they are about ("You were free the longest"). */
export interface Voice {
  /** Of whom they are told; null is somebody whose name is not known. */
  readonly about?: string | null;
  /** What the organisation calls its skills, by id. */
  readonly skills?: ReadonlyMap<string, string>;
  /** What it calls its reasons for not being ready. */
  readonly reasons?: ReadonlyMap<string, string>;
}

interface Named {
  readonly id: string;
  readonly name: { readonly en: string; readonly zh: string };
}

/** The names that the organisation gave, in the reader's language; with nobody to tell of, the agent themselves is spoken to. */
export function voiceOf(
  { formats }: Text,
  { skills, reasons }: { readonly skills: readonly Named[]; readonly reasons: readonly Named[] },
): Voice {
  const named = (list: readonly Named[]) => new Map(list.map(({ id, name }) => [id, name[formats.language]]));
  return { skills: named(skills), reasons: named(reasons) };
}

export interface WhyParts {
  /** Says it. */
  readonly lead: string;
  /** Adds to it. */
  readonly more: string | null;
}

type PersonKey = Extract<TextKey, `they.${string}`> extends `they.${infer Stem}` ? Stem : never;

/** The reason as one sentence, or two. */
export function whySentence(words: Text, reason: Reason, voice: Voice = {}): string {
  const { lead, more } = whyParts(words, reason, voice);
  return more === null ? lead : `${lead}${words.formats.language === 'zh' ? '' : ' '}${more}`;
}

export function whyText(words: Text, why: readonly Reason[], voice: Voice = {}): string {
  if (why.length === 0) return personText(words, voice, 'none');
  return why.map((reason) => whySentence(words, reason, voice)).join(words.formats.language === 'zh' ? '' : ' ');
}

export function whyParts(words: Text, reason: Reason, voice: Voice = {}): WhyParts {
  const [lead = '', more] = sentence(words, reason, voice).split('|');
  return { lead, more: more === undefined || more === '' ? null : more };
}

/** The text about a person, in the voice it is told in. */
function personText({ t }: Text, voice: Voice, stem: PersonKey, facts: CodeFacts = {}): string {
  if (voice.about === undefined) return t(`why.${stem}`, facts);
  return t(`they.${stem}`, { ...facts, who: voice.about ?? t('why.somebody') });
}

function sentence(words: Text, { code, facts }: Reason, voice: Voice): string {
  const { t, formats } = words;
  const person = (stem: PersonKey, values: CodeFacts = {}) => personText(words, voice, stem, values);
  const number = (name: string) => numberOf(facts, name);
  const time = (name: string) => {
    const ms = number(name);
    return ms === null ? null : formats.span(ms);
  };
  const queue = localizedOf(words, facts, 'queue', 'name');
  const agent = textOf(facts, 'agent', 'agentName');
  const expression = textOf(facts, 'needs');
  const needs = expression === null ? null : needsText(words, expression, voice.skills);
  /** Whether the search asks for nothing in particular: told by an empty expression, not by a missing one. */
  const isForAnybody = facts.needs === '';
  const ofAgents = number('ofAgents');
  // Written work is offered, it does not ring.
  const isWritten = textOf(facts, 'channel') !== null;

  switch (code) {
    case 'queueChosen':
      // No menu is before what was written.
      if (queue && isWritten) return t('why.queueChosen.written', { queue });
      return queue ? t('why.queueChosen.queue', { queue }) : t('why.queueChosen');
    case 'skillMatched': {
      const id = textOf(facts, 'skill');
      const skill = id === null ? null : skillName(words, id, voice.skills);
      const level = number('level');
      if (skill && level !== null) return person('skillMatched.level', { skill, level });
      return skill ? person('skillMatched.skill', { skill }) : person('skillMatched');
    }
    case 'priority': {
      const priority = number('priority');
      return priority === null ? t('why.priority') : t('why.priority.priority', { priority });
    }
    case 'aged': {
      const [priority, points, waited] = [number('priority'), number('points'), time('waitedMs')];
      if (priority === null || points === null || waited === null) return t('why.aged');
      return t('why.aged.points', { priority, points: Math.round(points), time: waited });
    }
    case 'bypass': {
      const tier = textOf(facts, 'tier');
      return isTier(tier) ? t('why.bypass.tier', { tier: t(`customer.tier.${tier}`) }) : t('why.bypass');
    }
    case 'returned':
      return t('why.returned');
    case 'waitedLongest': {
      const waited = time('waitedMs');
      const count = number('ofItems');
      if (waited === null) return t('why.waitedLongest');
      return count !== null && count > 1
        ? t('why.waitedLongest.of', { time: waited, count })
        : t('why.waitedLongest.time', { time: waited });
    }
    case 'ringWidened': {
      const after = time('afterMs');
      if (after === null) return t('why.ringWidened');
      if (isForAnybody) return t('why.ringWidened.anybody', { time: after });
      return needs ? t('why.ringWidened.needs', { time: after, needs }) : t('why.ringWidened');
    }
    case 'lastAgent':
    case 'accountManager':
    case 'agreed':
    case 'onlyAgentFree':
      return person(code);
    case 'longestIdle': {
      const idle = time('idleMs');
      if (idle === null) return person('longestIdle');
      return ofAgents !== null && ofAgents > 1
        ? person('longestIdle.of', { time: idle, count: ofAgents })
        : person('longestIdle.time', { time: idle });
    }
    case 'roundRobin':
      return ofAgents === null ? person('roundRobin') : person('roundRobin.of', { count: ofAgents });
    case 'leastBusy': {
      const load = number('load');
      return load === null || ofAgents === null ? person('leastBusy') : person('leastBusy.of', { load, count: ofAgents });
    }
    case 'bestSkill': {
      const score = number('score');
      return score === null || ofAgents === null ? person('bestSkill') : person('bestSkill.of', { score, count: ofAgents });
    }
    case 'ringAll':
      return ofAgents === null ? t('why.ringAll') : t('why.ringAll.of', { count: ofAgents });
    case 'weighted': {
      const weight = number('weight');
      return weight === null || ofAgents === null ? person('weighted') : person('weighted.of', { weight, count: ofAgents });
    }
    case 'returnedAfterNoAnswer': {
      const times = number('times');
      if (times !== null) return t('why.returnedAfterNoAnswer.times', { count: times });
      return agent ? t('why.returnedAfterNoAnswer.agent', { agent }) : t('why.returnedAfterNoAnswer');
    }
    case 'movedFrom':
      return queue ? t('why.movedFrom.queue', { queue }) : t('why.movedFrom');
    case 'queueClosed':
      return queue ? t('why.queueClosed.queue', { queue }) : t('why.queueClosed');
    case 'queueFull': {
      const [waiting, most] = [number('waiting'), number('most')];
      return queue && waiting !== null && most !== null ? t('why.queueFull.queue', { queue, waiting, most }) : t('why.queueFull');
    }
    case 'waitedTooLong': {
      const [waited, limit] = [time('waitedMs'), time('limitMs')];
      return queue && waited && limit ? t('why.waitedTooLong.queue', { queue, time: waited, limit }) : t('why.waitedTooLong');
    }
    case 'overflowed': {
      const after = time('afterMs');
      return queue && after ? t('why.overflowed.queue', { queue, time: after }) : t('why.overflowed');
    }
    case 'askedFor':
      return agent ? t('why.askedFor.agent', { agent }) : t('why.askedFor');
    case 'supervisorMoved':
      return t('why.supervisorMoved');
    case 'supervisorGave':
      return t('why.supervisorGave');

    case 'itemRings': {
      const left = time('leftMs');
      const stem = isWritten ? 'why.itemOffered' : 'why.itemRings';
      if (!agent) return t(stem);
      return left ? t(`${stem}.left`, { agent, time: left }) : t(`${stem}.agent`, { agent });
    }
    case 'itemSnoozed': {
      const left = time('leftMs');
      if (!agent) return t('why.itemSnoozed');
      return left ? t('why.itemSnoozed.left', { agent, time: left }) : t('why.itemSnoozed.agent', { agent });
    }
    case 'itemForCustomer':
      return agent ? t('why.itemForCustomer.agent', { agent }) : t('why.itemForCustomer');
    case 'itemAssigned':
      return agent ? t('why.itemAssigned.agent', { agent }) : t('why.itemAssigned');
    case 'itemUnknown':
      return t('why.itemUnknown');
    case 'positionInQueue': {
      const [position, count, waited] = [number('position'), number('ofItems'), time('waitedMs')];
      if (!queue || position === null || count === null || waited === null) return t('why.positionInQueue');
      return t('why.positionInQueue.of', { position, count, queue, time: waited });
    }
    case 'outranked': {
      const [count, priority, own, points] = [number('count'), number('priority'), number('ownPriority'), number('ownPoints')];
      if (count === null || priority === null || own === null) return t('why.outranked');
      if (points !== null && Math.round(points) > 0)
        return t('why.outranked.points', { count, priority: Math.round(priority), own, points: Math.round(points) });
      return t('why.outranked.by', { count, priority: Math.round(priority), own });
    }
    case 'queueIsClosed':
      return queue ? t('why.queueIsClosed.queue', { queue }) : t('why.queueIsClosed');
    case 'needsSkills': {
      const count = number('agents');
      if (count === null || (!needs && !isForAnybody)) return t('why.needsSkills');
      return needs ? t('why.needsSkills.who', { needs, count }) : t('why.needsSkills.anybody', { count });
    }
    case 'nobodyQualifies':
      return needs ? t('why.nobodyQualifies.needs', { needs }) : t('why.nobodyQualifies');
    case 'nobodySignedIn': {
      const count = number('agents');
      return count === null ? t('why.nobodySignedIn') : t('why.nobodySignedIn.of', { count });
    }
    case 'qualifiedBusy': {
      const list = busyKinds.flatMap((kind) => {
        const count = number(kind);
        return count === null || count === 0 ? [] : [t(`why.busy.${kind === 'ringing' && isWritten ? 'offered' : kind}`, { count })];
      });
      if (list.length === 0) return t('why.qualifiedBusy');
      return t('why.qualifiedBusy.list', { list: list.join(formats.language === 'zh' ? '，' : ', ') });
    }
    case 'likelyNext': {
      const [busy, usual] = [time('busyMs'), time('usualMs')];
      if (!agent || !busy) return t('why.likelyNext');
      return usual ? t('why.likelyNext.usual', { agent, time: busy, usual }) : t('why.likelyNext.agent', { agent, time: busy });
    }
    case 'widensAt': {
      const inTime = time('inMs');
      const [more, free] = [number('more'), number('free')];
      if (!inTime || (!needs && !isForAnybody)) return t('why.widensAt');
      const what = needs ? t('why.widensAt.needs', { time: inTime, needs }) : t('why.widensAt.anybody', { time: inTime });
      return more === null || free === null ? what : `${what}|${t('why.widensAt.more', { count: more, free })}`;
    }
    case 'waitsForPreferred': {
      const kind = textOf(facts, 'kind');
      const left = time('leftMs');
      if (!agent || !left || (kind !== 'lastAgent' && kind !== 'accountManager' && kind !== 'agreed')) return t('why.waitsForPreferred');
      return t(`why.waitsForPreferred.${kind}`, { agent, time: left });
    }
    case 'restsAfterMiss': {
      const [count, inTime] = [number('agents'), time('inMs')];
      return count !== null && inTime ? t('why.restsAfterMiss.again', { count, time: inTime }) : t('why.restsAfterMiss');
    }
    case 'overflowsAt': {
      const inTime = time('inMs');
      return queue && inTime ? t('why.overflowsAt.queue', { queue, time: inTime }) : t('why.overflowsAt');
    }
    case 'givesUpAt': {
      const inTime = time('inMs');
      return inTime ? t('why.givesUpAt.time', { time: inTime }) : t('why.givesUpAt');
    }
    case 'expectedWait': {
      const [wait, average, position, count] = [time('waitMs'), time('averageMs'), number('position'), number('agents')];
      if (!wait || !average || position === null || count === null || count === 0) return t('why.expectedWait');
      return t('why.expectedWait.formula', { time: wait, position, average, count });
    }

    case 'agentUnknown':
    case 'agentHasNoQueues':
      return person(code);
    case 'agentNotReady': {
      const reason = textOf(facts, 'reason');
      const said = reason ? person('agentNotReady.reason', { reason: reasonName(words, reason, voice.reasons) }) : person('agentNotReady');
      return withSince(words, said, time('sinceMs'));
    }
    case 'agentSignedOut':
    case 'agentNotReachable':
    case 'agentSupervising':
    case 'agentWrappingUp':
      return withSince(words, person(code), time('sinceMs'));
    case 'agentRinging':
      return withSince(words, person(isWritten ? 'agentOffered' : 'agentRinging'), time('sinceMs'));
    case 'agentEngaged': {
      const works = number('works');
      return withSince(words, works === null ? person('agentEngaged') : person('agentEngaged.works', { count: works }), time('sinceMs'));
    }
    case 'agentFull': {
      const load = number('load');
      return load === null ? person('agentFull') : `${person('agentFull')}|${t('why.agentFull.load', { load })}`;
    }
    case 'agentTakenOutOf':
      return queue ? person('agentTakenOutOf.queue', { queue }) : person('agentTakenOutOf');
    case 'queueHasNothing': {
      const count = number('queues');
      return count === null ? person('queueHasNothing') : person('queueHasNothing.count', { count });
    }
    case 'queueNeedsMore': {
      const waiting = number('waiting');
      const inMs = number('inMs');
      if (!queue || waiting === null || !needs) return t('why.queueNeedsMore');
      const said = t('why.queueNeedsMore.queue', { queue, count: waiting, needs });
      if (inMs === null) return said;
      return `${said}|${inMs < 0 ? t('why.queueNeedsMore.never') : t('why.queueNeedsMore.in', { time: formats.span(inMs) })}`;
    }
    case 'queueHeldForOthers': {
      const count = number('count');
      return queue && count !== null ? t('why.queueHeldForOthers.queue', { queue, count }) : t('why.queueHeldForOthers');
    }
    case 'queueOthersFirst': {
      const count = number('before');
      return queue && count !== null ? t('why.queueOthersFirst.queue', { queue, count }) : t('why.queueOthersFirst');
    }
    case 'agentLastOffered': {
      const ago = time('sinceMs');
      return ago ? person('agentLastOffered.ago', { time: ago }) : person('agentLastOffered');
    }
    default:
      // A newer bridge may know reasons that this desktop does not.
      return person('none');
  }
}

const busyKinds = ['engaged', 'wrappingUp', 'ringing', 'full', 'notReady', 'notReachable', 'signedOut'] as const;

function withSince({ t }: Text, said: string, time: string | null): string {
  return time === null ? said : `${said}|${t('why.sinceThen', { time })}`;
}

/** A skill expression in words: `fibre >= 3 and german` is "Fibre 3 and German". Null when it cannot be read or asks for nothing. */
export function needsText(words: Text, expression: string, skills?: ReadonlyMap<string, string>): string | null {
  const parsed = parseSkillExpression(expression);
  return parsed.ok ? expressionText(words, parsed.expression, skills) : expression;
}

function expressionText(words: Text, expression: SkillExpression, skills: ReadonlyMap<string, string> | undefined): string | null {
  const { t } = words;
  switch (expression.kind) {
    case 'anybody':
      return null;
    case 'skill': {
      const skill = skillName(words, expression.skill, skills);
      const { level, comparison } = expression;
      if (comparison === '>=') return level === 1 ? skill : t('why.level', { skill, level });
      return comparison === '>' ? t('why.above', { skill, level }) : t('why.exactly', { skill, level });
    }
    default: {
      const parts = expression.parts.map((part) => {
        const inner = expressionText(words, part, skills) ?? '';
        return part.kind === 'any' && expression.kind === 'all' ? (words.formats.language === 'zh' ? `（${inner}）` : `(${inner})`) : inner;
      });
      return parts.join(` ${t(expression.kind === 'all' ? 'why.and' : 'why.or')} `);
    }
  }
}

/** What the organisation calls a skill; the usual ones have names of their own, and another one is shown as it is called. */
export function skillName({ t }: Text, skill: string, skills?: ReadonlyMap<string, string>): string {
  const named = skills?.get(skill);
  if (named !== undefined) return named;
  switch (skill) {
    case 'billing':
    case 'technical':
    case 'sales':
    case 'general':
      return t(`skill.${skill}`);
    default:
      return skill;
  }
}

/** What the organisation calls a reason for not being ready; those of the system have names of their own. */
export function reasonName({ t }: Text, reason: string, reasons?: ReadonlyMap<string, string>): string {
  const named = reasons?.get(reason);
  if (named !== undefined) return named;
  switch (reason) {
    case 'signedIn':
    case 'noAnswer':
    case 'deviceUnreachable':
    case 'wrapUpEnded':
      return t(`reason.${reason}`);
    default:
      return reason;
  }
}

function isTier(tier: string | null): tier is 'standard' | 'silver' | 'gold' | 'diamond' {
  return tier === 'standard' || tier === 'silver' || tier === 'gold' || tier === 'diamond';
}
