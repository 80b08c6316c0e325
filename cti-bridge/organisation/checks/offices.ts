import { type Check, checkReference, findCircle } from '../draft.ts';

const above = { headquarters: null, province: 'headquarters', city: 'province' } as const;

/** Cities under provinces under headquarters, and teams in offices that exist. */
export const checkOffices: Check = (draft, report) => {
  const byId = new Map(draft.orgUnits.map((unit) => [unit.id, unit]));
  const circle = findCircle([...byId.keys()], (id) => {
    const parent = byId.get(id)?.parent ?? null;
    return parent === null ? [] : [parent];
  });
  if (circle) report(`orgUnits/${circle[0]}/parent`, [...circle, circle[0]].join(' under '), 'an org unit that is not under itself');

  for (const { id, parent, tier } of draft.orgUnits) {
    const path = `orgUnits/${id}/parent`;
    checkReference(draft, report, path, 'orgUnits', parent);
    const wanted = above[tier];
    const parentTier = parent === null ? null : byId.get(parent)?.tier;
    if (parentTier === undefined || parentTier === wanted) continue;
    report(
      path,
      parent === null ? `nothing above ${tier}` : `${tier} under ${parentTier}`,
      wanted === null ? 'null: headquarters are under nobody' : `a ${wanted === 'province' ? 'province' : 'headquarters'} above a ${tier}`,
    );
  }
  for (const team of draft.teams) checkReference(draft, report, `teams/${team.id}/orgUnit`, 'orgUnits', team.orgUnit);
};
