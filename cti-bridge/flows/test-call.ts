import type { Locale } from '../../shared/contracts/contact.ts';
import type { WireError } from '../../shared/contracts/errors.ts';
import { seconds } from '../../shared/duration.ts';
import type { OwnPhones } from '../interactions/index.ts';
import { err, ok } from '../kernel/index.ts';
import type { StoryContext } from './context.ts';
import type { CallFeatures } from './ports.ts';

/** A phone that answers by itself has answered by then, or never does. */
const ringLimitMs = seconds(15);
const echoMs = seconds(8);
const delayMs = seconds(1);

const shownAs: Readonly<Record<Locale, string>> = { en: 'Test call', zh: '测试通话' };
const notRegistered: WireError = { code: 'conflict', message: 'Your own phone is not registered, or cannot be rung now.' };
const inCall: WireError = { code: 'conflict', why: 'notNow', message: 'You are in a call, or one rings for you.' };

export interface TestCallParts {
  readonly phones: OwnPhones;
  /** Whose phone that is, signed in now; null when it is nobody's. */
  readonly ownerOf: (phone: string) => { readonly userId: string; readonly locale: Locale } | null;
}

/** Before a shift: the own phone is rung, and whoever speaks hears themselves. The way there and back is that of a call. */
export function createTestCall(context: StoryContext, { phones, ownerOf }: TestCallParts): Pick<CallFeatures, 'phone:test'> {
  const { agents, clock, ids, log } = context;
  const underTest = new Set<string>();

  return {
    async 'phone:test'(asker, { phone }) {
      const owner = ownerOf(phone);
      if (owner?.userId !== asker.userId || underTest.has(phone)) return err(notRegistered);
      const workState = asker.agentId === null ? null : agents.view(asker.agentId)?.workState;
      if (workState === 'reserved' || workState === 'engaged' || workState === 'supervising') return err(inCall);
      const reservationId = ids.next<string>();
      const call = phones.call({ username: phone, reservationId, shownAs: shownAs[owner.locale] });
      if (!call) return err(notRegistered);
      underTest.add(phone);
      const scope = context.scope.child(`test of ${phone}`);
      scope.add(() => void underTest.delete(phone));
      scope.add(() =>
        call.hangUp(context.scope.isEnded ? 'shutdown' : 'completedInIvr', 'system', context.scope.isEnded ? 'ours' : 'agent'),
      );
      scope.run(async () => {
        const ringing = clock.timer(ringLimitMs, () => call.hangUp('fault', 'system', 'upstream'));
        const isAnswered = await call.answer().finally(() => ringing.cancel());
        if (isAnswered) {
          const over = new AbortController();
          const limit = clock.timer(echoMs, () => over.abort());
          scope.add(() => limit.cancel());
          await call.play({ kind: 'echo', delayMs }, over.signal);
        }
        log.info('phone:tested', { by: asker.userId, isAnswered });
        await scope.end('test over');
      });
      return ok({ reservationId });
    },
  };
}
