import type { Diversion, QueueConfiguration } from '../../../shared/contracts/configuration.ts';
import { seconds } from '../../../shared/duration.ts';
import { asId, type QueueId } from '../../../shared/ids.ts';
import { parseSkillExpression, type SkillExpression, skillsOf } from '../../../shared/skill-expression.ts';
import type { Queue, QueueDiversion, Ring } from '../model.ts';

const ms = (value: number | null): number | null => (value === null ? null : seconds(value));

/** A queue as the router needs it. The configuration has been checked as a whole before; an expression that cannot be read asks for nobody. */
export function queueFrom(configuration: QueueConfiguration): Queue {
  const { wrapUp, announcements, overflow, lastAgent, accountManager } = configuration;
  const first: Ring = { afterMs: 0, needs: needsOf(configuration.needs) };
  const wider = configuration.rings.map(({ afterSeconds, needs }) => ({ afterMs: seconds(afterSeconds), needs: needsOf(needs) }));
  return {
    queueId: asId<QueueId>(configuration.id),
    name: configuration.name,
    channel: configuration.channel,
    rings: [first, ...wider.sort((a, b) => a.afterMs - b.afterMs)],
    skillNames: skillsOf(first.needs),
    strategy: configuration.strategy,
    ringTimeoutMs: seconds(configuration.ringSeconds),
    missesBeforeNotReady: configuration.missesBeforeNotReady,
    priority: configuration.priority,
    ageingMsPerPoint: ms(configuration.ageingSecondsPerPoint),
    serviceLevel: {
      targetPercent: configuration.serviceLevel.targetPercent,
      thresholdMs: seconds(configuration.serviceLevel.thresholdSeconds),
    },
    maxWaiting: configuration.maxWaiting,
    maxWaitMs: ms(configuration.maxWaitSeconds),
    overflow: overflow && { afterMs: seconds(overflow.afterSeconds), queueId: asId<QueueId>(overflow.queue) },
    whenClosed: diversionFrom(configuration.whenClosed),
    whenFull: diversionFrom(configuration.whenFull),
    whenWaitedTooLong: diversionFrom(configuration.whenWaitedTooLong),
    announcements: { everyMs: ms(announcements.everySeconds), position: announcements.position, expectedWait: announcements.expectedWait },
    callbackAfterMs: ms(configuration.callbackAfterSeconds),
    voicemailAfterMs: ms(configuration.voicemail?.offeredAfterSeconds ?? null),
    lastAgent: lastAgent && { waitMs: seconds(lastAgent.waitSeconds), withinDays: lastAgent.withinDays },
    accountManager: accountManager && { waitMs: seconds(accountManager.waitSeconds) },
    bypassTiers: configuration.bypassTiers,
    wrapUp: {
      mode: wrapUp.mode,
      limitMs: seconds(wrapUp.seconds),
      extendByMs: seconds(wrapUp.extendBySeconds),
      maxExtensions: wrapUp.maxExtensions,
      defaultDisposition: wrapUp.defaultDisposition,
    },
  };
}

/** A skill nobody can have: its name is not one that may be given. */
const nobody: SkillExpression = { kind: 'skill', skill: '', comparison: '>=', level: 1 };

function needsOf(text: string): SkillExpression {
  const parsed = parseSkillExpression(text);
  return parsed.ok ? parsed.expression : nobody;
}

function diversionFrom(diversion: Diversion): QueueDiversion {
  return diversion.to === 'queue' ? { to: 'queue', queueId: asId<QueueId>(diversion.queue) } : diversion;
}
