import { type Check, checkReference, findCircle } from '../draft.ts';

/** Reasons that the system itself gives; an administrator's own have other names. */
const systemReasons = new Set(['signedIn', 'noAnswer', 'deviceUnreachable', 'wrapUpEnded']);

/** Capacity profiles, not-ready reasons and dispositions. */
export const checkSmallLists: Check = (draft, report) => {
  for (const { id, channels } of draft.capacities) {
    if (Object.values(channels).every(({ max }) => max === 0))
      report(`capacities/${id}/channels`, 'room for nothing', 'a max of 1 or more for one channel at least');
    for (const [channel, { interrupts }] of Object.entries(channels)) {
      if (interrupts.some((each) => each === channel))
        report(`capacities/${id}/channels/${channel}/interrupts`, channel, 'other channels than its own');
    }
  }
  for (const { id } of draft.reasons)
    if (systemReasons.has(id)) report(`reasons/${id}`, id, 'another id: the system gives this reason itself');

  const parents = new Map(draft.dispositions.map(({ code, parent }) => [code, parent]));
  for (const [code, parent] of parents) checkReference(draft, report, `dispositions/${code}/parent`, 'dispositions', parent);
  const circle = findCircle([...parents.keys()], (code) => {
    const parent = parents.get(code) ?? null;
    return parent === null ? [] : [parent];
  });
  if (circle) report(`dispositions/${circle[0]}/parent`, [...circle, circle[0]].join(' under '), 'a disposition that is not under itself');
};
