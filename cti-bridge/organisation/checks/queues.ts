import type { QueueConfiguration } from '../../../shared/contracts/configuration.ts';
import { parseSkillExpression, skillsOf } from '../../../shared/skill-expression.ts';
import { type Check, checkReference, type Draft, findCircle, type Report } from '../draft.ts';

/** Queues that can be served, and that hand over what they cannot keep to somebody who can. */
export const checkQueues: Check = (draft, report) => {
  const byId = new Map(draft.queues.map((queue) => [queue.id, queue]));
  const takes = new Set(
    draft.capacities.flatMap(({ channels }) => Object.entries(channels).flatMap(([channel, { max }]) => (max > 0 ? [channel] : []))),
  );
  const inner = new Set(draft.dispositions.map(({ parent }) => parent));

  for (const queue of draft.queues) {
    const path = `queues/${queue.id}`;
    checkNeeds(queue.needs, `${path}/needs`, draft, report);
    checkRings(queue, path, draft, report);
    checkReference(draft, report, `${path}/hours`, 'hours', queue.hours);
    if (draft.isWhole('capacities') && !takes.has(queue.channel))
      report(`${path}/channel`, queue.channel, `a channel that a capacity profile takes (${[...takes].join(', ') || 'none does'})`);

    for (const { field, to } of handOvers(queue)) {
      checkReference(draft, report, `${path}/${field}`, 'queues', to);
      const other = byId.get(to);
      if (other && other.channel !== queue.channel)
        report(`${path}/${field}`, `${to}, a queue of channel ${other.channel}`, `a queue of channel ${queue.channel}`);
    }
    if (queue.channel !== 'voice') {
      for (const field of ['whenClosed', 'whenFull', 'whenWaitedTooLong'] as const)
        if (queue[field].to === 'callback' || queue[field].to === 'voicemail')
          report(`${path}/${field}`, queue[field].to, `announce or queue: only callers can be called back`);
      if (queue.callbackAfterSeconds !== null)
        report(`${path}/callbackAfterSeconds`, String(queue.callbackAfterSeconds), 'null: only callers can be called back');
    }

    for (const field of ['whenClosed', 'whenFull', 'whenWaitedTooLong'] as const) {
      const diversion = queue[field];
      if (diversion.to !== 'announce' || !draft.announcements || draft.announcements.includes(diversion.prompt)) continue;
      const known = draft.announcements.join(', ');
      report(`${path}/${field}/prompt`, diversion.prompt, `a prompt that exists in every language: ${known || 'there is none'}`);
    }

    const greeting = queue.voicemail?.greeting ?? null;
    if (greeting !== null && draft.announcements && !draft.announcements.includes(greeting))
      report(
        `${path}/voicemail/greeting`,
        greeting,
        `a prompt that exists in every language: ${draft.announcements.join(', ') || 'there is none'}`,
      );

    const told = queue.recording?.announcement ?? null;
    if (told !== null && draft.announcements && !draft.announcements.includes(told))
      report(
        `${path}/recording/announcement`,
        told,
        `a prompt that exists in every language: ${draft.announcements.join(', ') || 'there is none'}`,
      );

    const afterCall = queue.afterCall ?? null;
    if (afterCall !== null && queue.channel !== 'voice') report(`${path}/afterCall`, afterCall, 'nothing: only callers go on in a flow');
    else if (afterCall !== null && draft.flows && !draft.flows.includes(afterCall))
      report(`${path}/afterCall`, afterCall, `a flow that is live: ${draft.flows.join(', ') || 'there is none'}`);

    const outcome = queue.wrapUp.defaultDisposition;
    checkReference(draft, report, `${path}/wrapUp/defaultDisposition`, 'dispositions', outcome);
    if (inner.has(outcome))
      report(`${path}/wrapUp/defaultDisposition`, `${outcome}, which has others below it`, 'a disposition that can be chosen');
  }

  const circle = findCircle([...byId.keys()], (id) => {
    const queue = byId.get(id);
    return queue ? handOvers(queue).map(({ to }) => to) : [];
  });
  const first = circle?.[0] === undefined ? undefined : byId.get(circle[0]);
  if (circle && first) {
    const over = handOvers(first).find(({ to }) => to === (circle[1] ?? circle[0]));
    report(
      `queues/${first.id}/${over?.field}`,
      circle.length === 1 ? `${first.id}, the queue itself` : [...circle, circle[0]].join(' to '),
      'queues that do not hand over to each other in a circle',
    );
  }
};

/** The other queues to which one hands over what it cannot keep. */
function handOvers(queue: QueueConfiguration): readonly { readonly field: string; readonly to: string }[] {
  const overflow = queue.overflow ? [{ field: 'overflow/queue', to: queue.overflow.queue }] : [];
  const diversions = (['whenClosed', 'whenFull', 'whenWaitedTooLong'] as const).flatMap((field) => {
    const diversion = queue[field];
    return diversion.to === 'queue' ? [{ field: `${field}/queue`, to: diversion.queue }] : [];
  });
  return [...overflow, ...diversions];
}

function checkRings({ rings }: QueueConfiguration, path: string, draft: Draft, report: Report): void {
  for (const [index, { afterSeconds, needs }] of rings.entries()) {
    checkNeeds(needs, `${path}/rings/${index}/needs`, draft, report);
    const earlier = rings[index - 1];
    if (earlier && afterSeconds <= earlier.afterSeconds)
      report(`${path}/rings/${index}/afterSeconds`, String(afterSeconds), `more than the ring before it, ${earlier.afterSeconds}`);
  }
}

/** A skill expression that can be read, of skills that exist. */
export function checkNeeds(text: string, path: string, draft: Draft, report: Report): void {
  const parsed = parseSkillExpression(text);
  if (!parsed.ok) {
    const { at, found, expected } = parsed.problem;
    return report(path, `${found} at character ${at + 1} of "${text}"`, expected);
  }
  for (const skill of skillsOf(parsed.expression)) checkReference(draft, report, path, 'skills', skill);
}
