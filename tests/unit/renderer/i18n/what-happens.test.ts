import { describe, expect, it } from 'vitest';
import { en } from '../../../../renderer/i18n/en.ts';
import { zh } from '../../../../renderer/i18n/zh.ts';
import {
  askFailureSchema,
  dialledSchema,
  endedBySchema,
  partyViewSchema,
  supervisingSchema,
  unreachedSchema,
} from '../../../../shared/contracts/call.ts';
import { dialRefusals } from '../../../../shared/contracts/calling.ts';
import { callRefusals } from '../../../../shared/contracts/errors.ts';
import { reservationCauseSchema } from '../../../../shared/contracts/interaction.ts';
import { routingStepSchema } from '../../../../shared/contracts/queue.ts';

/** Whatever the contract can say of a call, by the beginning of the text that says it on the screen. */
const told: readonly (readonly [stem: string, codes: readonly string[]])[] = [
  ['board.step', routingStepSchema.shape.kind.options],
  ['board.cause', reservationCauseSchema.options],
  ['call.askFailed', askFailureSchema.options],
  ['call.line.ended', endedBySchema.options],
  ['call.party', partyViewSchema.shape.state.options],
  ['call.supervised', supervisingSchema.options],
  ['supervise.line', supervisingSchema.options],
  ['talk.dialled', dialledSchema.shape.progress.options],
  ['notice.unreached', unreachedSchema.options],
  ['dial.refused', dialRefusals],
  ['refused', callRefusals],
];

describe('what happens in calls', () => {
  it.each(told)('has words in both languages: %s', (stem, codes) => {
    const keys = codes.map((code) => `${stem}.${code}`);
    expect(keys.filter((key) => !(key in en))).toEqual([]);
    expect(keys.filter((key) => !(key in zh))).toEqual([]);
  });

  it('has no words for what cannot happen any more', () => {
    const stems = ['board.step', 'board.cause', 'dial.refused', 'talk.dialled', 'call.supervised'];
    const meant = new Set(told.flatMap(([stem, codes]) => codes.map((code) => `${stem}.${code}`)));
    const written = Object.keys(en).filter((key) => stems.some((stem) => key.startsWith(`${stem}.`)));
    expect(written.filter((key) => !meant.has(key))).toEqual(['board.step.somebody']);
  });
});
