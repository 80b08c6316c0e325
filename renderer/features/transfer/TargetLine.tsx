import { Building2, Hash, Phone, Rows3 } from 'lucide-react';
import type { AgentView } from '../../../shared/contracts/agent.ts';
import { notReadyReasonName, type Text, useText } from '../../i18n/index.ts';
import type { DeskState } from '../../stores/index.ts';
import { Avatar, classes, Dot, Kbd, Marked, type Tone } from '../../ui/index.ts';
import type { Target } from './targets.ts';

export interface TargetLineProps {
  readonly target: Target;
  readonly desk: DeskState;
  readonly typed: string;
  readonly now: number;
  readonly isAtHand: boolean;
  /** The key that chooses it; null from the tenth on. */
  readonly shortcut: string | null;
  onChoose(): void;
}

interface LineWords {
  readonly title: string;
  readonly detail: string;
  readonly state: string;
  readonly stateDetail: string;
  readonly tone: Tone | null;
}

export function TargetLine({ target, desk, typed, now, isAtHand, shortcut, onChoose }: TargetLineProps) {
  const text = useText();
  const words = wordsOf(text, target, desk, now);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which names the line at hand to screen readers.
    <div
      id={`target-${target.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={isAtHand}
      aria-disabled={!target.isOpen}
      className={classes('target', isAtHand && 'is-at-hand')}
      ref={(element) => {
        if (isAtHand) element?.scrollIntoView?.({ block: 'nearest' });
      }}
      onClick={onChoose}
    >
      <span className="target-sign">
        {target.kind === 'colleague' || (target.kind === 'customer' && target.customer.kind === 'person') ? (
          <>
            <Avatar name={words.title} />
            {words.tone ? <Dot tone={words.tone} /> : null}
          </>
        ) : (
          <span className="avatar" aria-hidden="true">
            {target.kind === 'queue' ? (
              <Rows3 className="icon" />
            ) : target.kind === 'customer' ? (
              <Building2 className="icon" />
            ) : target.isExtension ? (
              <Hash className="icon" />
            ) : (
              <Phone className="icon" />
            )}
          </span>
        )}
      </span>
      <span className="target-words">
        <span className="medium whole">
          <Marked text={words.title} typed={typed} />
        </span>
        <span className="small text-3 cut">{words.detail}</span>
      </span>
      <span className="target-words">
        <span className={classes('small medium cut', words.tone && `tone-${words.tone}`)}>{words.state}</span>
        <span className="small text-3 cut figures">{words.stateDetail}</span>
      </span>
      <span className="target-key">{shortcut ? <Kbd keys={shortcut} /> : null}</span>
    </div>
  );
}

function wordsOf(text: Text, target: Target, desk: DeskState, now: number): LineWords {
  const { t, formats } = text;
  switch (target.kind) {
    case 'colleague': {
      const { agent } = target.colleague;
      return { title: agent.name, detail: knows(text, agent, desk), ...stateOf(text, agent, desk, now) };
    }
    case 'queue': {
      const { name, waiting, longestWaitSince, agentsFree } = target.queue;
      return {
        title: name[formats.language],
        detail: t('transfer.free', { count: agentsFree }),
        state: waiting === 0 ? t('transfer.nobodyWaits') : t('transfer.waiting', { count: waiting }),
        stateDetail: longestWaitSince === null ? '' : t('transfer.longest', { clock: formats.clock(now - longestWaitSince) }),
        tone: null,
      };
    }
    case 'customer': {
      const { customer, at } = target;
      return {
        title: customer.name,
        detail: customer.company ?? t('transfer.outsideDetail'),
        state: at.shown,
        stateDetail: at.label ?? t(`transfer.kind.${at.kind}`),
        tone: null,
      };
    }
    case 'number':
      return {
        title: target.isExtension ? t('transfer.extension', { extension: target.number }) : target.number,
        detail: t(target.isExtension ? 'transfer.extensionDetail' : 'transfer.outsideDetail'),
        state: '',
        stateDetail: '',
        tone: null,
      };
  }
}

const skillsShown = 2;

/** The extension, and what they know best. */
function knows({ formats }: Text, { extension, skills }: AgentView, desk: DeskState): string {
  const names = skills.slice(0, skillsShown).map(({ skill, level }) => {
    const known = desk.skills.find(({ id }) => id === skill);
    return `${known ? known.name[formats.language] : skill} ${level}`;
  });
  return [extension, ...names].join(' · ');
}

/** All they have in hand, or are offered, is written. */
function isWriting({ room = [] }: AgentView): boolean {
  const inHand = room.filter((each) => each.inHand > 0);
  return inHand.length > 0 && inHand.every(({ channel }) => channel !== 'voice');
}

function stateOf(text: Text, agent: AgentView, desk: DeskState, now: number): Pick<LineWords, 'state' | 'stateDetail' | 'tone'> {
  const { t, formats } = text;
  const stateDetail = t('state.for', { clock: formats.clock(now - agent.since) });
  if (agent.presence === 'loggedOut') return { tone: 'away', state: t('state.loggedOut'), stateDetail: '' };
  switch (agent.workState) {
    case 'reserved':
      return { tone: 'waiting', state: t(isWriting(agent) ? 'state.offeredWritten' : 'state.ringing'), stateDetail };
    case 'engaged':
      return { tone: 'talking', state: t(isWriting(agent) ? 'state.engagedWritten' : 'state.engaged'), stateDetail };
    case 'wrappingUp':
      return { tone: 'finishing', state: t('state.wrappingUp'), stateDetail };
    case 'supervising':
      return { tone: 'away', state: t('state.supervising'), stateDetail };
    case 'notReachable':
      return { tone: 'broken', state: t('state.notReachable'), stateDetail };
    case 'idle':
      if (agent.presence === 'available') return { tone: 'ready', state: t('state.available'), stateDetail };
      return {
        tone: 'away',
        state: agent.notReadyReason ? notReadyReasonName(text, desk.reasons, agent.notReadyReason) : t('state.notReady'),
        stateDetail,
      };
  }
}
