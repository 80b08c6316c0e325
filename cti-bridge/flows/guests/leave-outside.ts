import type { CallParty } from '../../interactions/index.ts';
import { recordContinued } from '../carry-on.ts';
import type { StoryContext } from '../context.ts';
import type { LiveInteraction } from '../live-interaction.ts';
import { endPause } from '../recording.ts';
import { recordEnd } from '../serve.ts';

/** The customer and somebody outside talk, without any of us: over when one of them hangs up. */
export async function leaveOutside(part: LiveInteraction, from: LiveInteraction, party: CallParty, context: StoryContext): Promise<void> {
  const { live } = context;
  live.add(part);
  endPause(part.call);
  try {
    await recordContinued(part, from, context);
    void party.gone.then(() => {
      if (!part.isHandedOn) part.call.hangUp('hungUp', 'system', 'caller');
    });
    const end = await part.call.ended;
    party.release('ended');
    await recordEnd(part, end, context);
  } finally {
    live.remove(part);
  }
}
