import { ArrowUp, Ban, Clock, Hourglass, Info, ListOrdered, type LucideIcon, Phone, Tag, UserRound, Users } from 'lucide-react';
import type { Reason, ReasonCode, RoutingStep } from '../../../shared/contracts/queue.ts';
import { type Text, useText, type Voice, whyParts, whySentence } from '../../i18n/index.ts';
import type { BoardState, WhyAnswer } from '../../stores/index.ts';
import { causeText, queueName, reasonNames, skillNames } from './words.ts';

const icons: Readonly<Partial<Record<ReasonCode, LucideIcon>>> = {
  itemRings: Phone,
  itemAssigned: UserRound,
  itemSnoozed: Clock,
  itemForCustomer: UserRound,
  positionInQueue: ListOrdered,
  outranked: ArrowUp,
  queueIsClosed: Ban,
  needsSkills: Tag,
  nobodyQualifies: Ban,
  nobodySignedIn: Users,
  qualifiedBusy: Users,
  likelyNext: Clock,
  widensAt: Users,
  waitsForPreferred: UserRound,
  restsAfterMiss: Clock,
  overflowsAt: Clock,
  givesUpAt: Hourglass,
  expectedWait: Hourglass,
  agentSignedOut: Ban,
  agentNotReady: Ban,
  agentNotReachable: Ban,
  agentRinging: Phone,
  agentEngaged: UserRound,
  agentWrappingUp: Clock,
  agentTakenOutOf: Ban,
  queueNeedsMore: Tag,
  queueHeldForOthers: UserRound,
  queueOthersFirst: ListOrdered,
  agentLastOffered: Clock,
};

/** The answer to "why?": what holds now in sentences, then what was decided so far. */
export function WhyList({
  answer,
  state,
  about,
}: {
  readonly answer: WhyAnswer;
  readonly state: BoardState;
  /** Of whom the reasons are told, where they are about a person. */
  readonly about: string | null;
}) {
  const text = useText();
  const { t, formats } = text;
  if (answer.phase === 'asking') return <p className="text-3">{t('board.why.asking')}</p>;
  if (answer.phase === 'failed')
    return (
      <p className="tone-broken" role="alert">
        {t('board.why.failed')} {t(`failure.${answer.code}`)}
      </p>
    );
  const { now, steps } = answer.why;
  const names = { skills: skillNames(state.names, text), reasons: reasonNames(state.names, text) };
  if (now.length === 0 && steps.length === 0) return <p className="text-3">{t('board.why.silent')}</p>;
  return (
    <>
      <ul className="why-list">
        {now.map((reason, index) => {
          const isOfferedWritten = reason.code === 'itemRings' && reason.facts.channel !== undefined;
          const Icon = isOfferedWritten ? UserRound : (icons[reason.code] ?? Info);
          const { lead, more } = whyParts(text, reason, { about, ...names });
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: reasons have no identity but their place.
            <li key={`${index}-${reason.code}`}>
              <Icon className="icon text-3" aria-hidden="true" />
              <span>
                <b>{lead}</b>
                {formats.language === 'zh' ? null : ' '}
                {more}
              </span>
            </li>
          );
        })}
      </ul>
      {steps.length > 0 ? <Steps steps={steps} state={state} names={names} /> : null}
    </>
  );
}

function Steps({ steps, state, names }: { readonly steps: readonly RoutingStep[]; readonly state: BoardState; readonly names: Voice }) {
  const text = useText();
  const { t, formats } = text;
  return (
    <>
      <h3 className="why-steps-title small text-2 strong">{t('board.steps')}</h3>
      <ol className="why-steps">
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added behind.
          <li key={`${index}-${step.at}`}>
            <span className="small text-3 figures">{formats.timeOfDay(step.at)}</span>
            <span>
              <span className="medium">{stepText(text, step, state)}</span>
              {step.cause === null ? null : <span className="why-step-reason small text-2">{causeText(text, step.cause)}</span>}
              {step.reasons.map((reason: Reason, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: reasons have no identity but their place.
                <span key={`${at}-${reason.code}`} className="why-step-reason small text-2">
                  {whySentence(text, reason, { about: step.agentName, ...names })}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function stepText(text: Text, step: RoutingStep, { board }: BoardState): string {
  const { t } = text;
  const agent = step.agentName ?? t('board.step.somebody');
  const queue = queueName(board, step.queueId, text);
  switch (step.kind) {
    case 'offered':
    case 'accepted':
    case 'withdrawn':
      return t(`board.step.${step.kind}`, { agent });
    case 'queued':
    case 'moved':
    case 'diverted':
    case 'returned':
      return t(`board.step.${step.kind}`, { queue });
    case 'widened':
    case 'gone':
      return t(`board.step.${step.kind}`);
  }
}
