import type { OutsideLeg, OutsideNumber } from '../../interactions/index.ts';
import type { StoryContext } from '../context.ts';
import type { DeedRun } from './deed-run.ts';

/** Calls a number into the call. Resolves with whoever answered; null when nobody did within that time. They hear nobody yet. */
export async function dialOutside(
  number: string,
  { ringMs, ...more }: { readonly ringMs: number } & Pick<OutsideNumber, 'userToUser'>,
  run: DeedRun,
  { ids, log, ivr }: StoryContext,
): Promise<OutsideLeg | null> {
  const { interaction, scope } = run;
  const { call, interactionId } = interaction;
  const way = ivr.wayTo(number, call);
  if (!way) {
    log.error('ivr:noWayOut', { interactionId, number });
    return null;
  }
  const leg = call.dial({ partyId: ids.next<string>(), ...way, ...more });
  scope.add(() => {
    if (run.transferredTo !== leg) leg.release('callerLeft');
  });
  const limit = scope.timer(ringMs, () => leg.release('noAnswer'));
  const outcome = await leg.outcome;
  void limit.dispose();
  if (outcome.kind === 'answered') return leg;
  log.info('ivr:outsideNotReached', { interactionId, why: outcome.failure });
  return null;
}

/** The caller and somebody outside hear each other, and nobody else; keys that the caller presses are for them, until `scope` ends. */
export function bringTogether({ interaction, scope }: Pick<DeedRun, 'interaction' | 'scope'>, leg: OutsideLeg): void {
  scope.add(interaction.call.onDigit(({ digit }) => leg.sendDigit(digit)));
  interaction.room.seat([
    ['customer', 'talk'],
    [leg, 'talk'],
  ]);
}
